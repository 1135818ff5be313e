"""Writes a scenario's changes in a worker, one after the other, however fast somebody moves the levers."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from cityplanner.base.errors import UserError
from cityplanner.planning.facts import OfficeFacts, ScenarioFact
from cityplanner.planning.keeping import save_changes
from cityplanner.ui.context import Context

REST_MS = 700
"""A lever that rests so long is saved: what it passed on the way is not worth an undo step each."""


Step = tuple[ScenarioFact, ScenarioFact]
"""A scenario before and after."""


class Writing(QObject):
    """Holds the scenario as it is on the screen and as it is in the plan, and brings the second to the first."""

    saved = Signal()
    """A change was written, or refused: what is in the plan may be read again."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._office = OfficeFacts()
        self._kept: ScenarioFact | None = None
        self.draft: ScenarioFact | None = None
        self._flying: ScenarioFact | None = None
        self._waiting: list[Step] = []
        self._ahead: dict[int, ScenarioFact] = {}
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.flush)
        context.closing.connect(self._close)

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way to the plan."""
        return self._flying is None and not self._waiting

    @property
    def clean(self) -> bool:
        """Whether the plan holds what is on the screen."""
        return self.idle and self._kept == self.draft

    def newest(self, scenario: ScenarioFact) -> ScenarioFact:
        """A scenario that was read, or what was written of it since."""
        return self._ahead.get(scenario.id, scenario)

    def caught_up(self) -> None:
        """The plan was read again."""
        if self.idle:
            self._ahead.clear()

    def take(self, office: OfficeFacts, scenario: ScenarioFact | None) -> None:
        """Begin with a scenario as it is in the plan; what was moved in the one before is still written."""
        self._rest.stop()
        step = self._step()
        if step is not None and scenario is not None and step[1].id != scenario.id:
            self._waiting.append(step)
            self._ahead[step[1].id] = step[1]
        self._office, self._kept, self.draft = office, scenario, scenario

    def hold(self, scenario: ScenarioFact, *, at_once: bool) -> None:
        """The scenario changed on the screen; it is written at once, or when the levers rest."""
        self.draft = scenario
        if at_once:
            self._rest.stop()
            self.flush()
        else:
            self._rest.start()

    def flush(self) -> None:
        """Write what is not in the plan yet; one step after the other."""
        self._rest.stop()
        step = self._waiting.pop(0) if self._waiting and self._flying is None else self._step()
        if self._flying is not None or step is None:
            return
        before, after = step
        self._flying = self._ahead[after.id] = after
        plan, office = self._context.plan, self._office
        self._context.edits.put(
            lambda: save_changes(plan, office, before, after),
            lambda _done: self._written(after),
            owner=self,
            failed=self._refused,
        )

    def _step(self) -> Step | None:
        """From what is in the plan, or on its way there, to what is on the screen."""
        flying = self._flying
        same = flying is not None and self.draft is not None and flying.id == self.draft.id
        before = flying if same else self._kept
        if before is None or self.draft is None or before == self.draft:
            return None
        return before, self.draft

    def _written(self, now: ScenarioFact) -> None:
        self._flying = None
        if self._kept is not None and self._kept.id == now.id:
            self._kept = now
        if self._waiting or not self._rest.isActive():
            self.flush()
        self.saved.emit()

    def _refused(self, error: UserError) -> None:
        self._flying = None
        self._waiting.clear()
        self._ahead.clear()
        self.draft = self._kept
        self._context.say(str(error))
        self.saved.emit()

    def _close(self) -> None:
        """The plan closes: what was moved last is written now."""
        self._rest.stop()
        last = self._step()
        steps = [*self._waiting, *([last] if last is not None else [])]
        self._waiting.clear()
        self.draft = self._kept
        for before, after in steps:
            save_changes(self._context.plan, self._office, before, after)
