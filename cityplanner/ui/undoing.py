"""Undo and redo of the open plan: what they would do, in words, and doing it off the GUI thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _
from cityplanner.ui.actions import Actions, escaped, with_keys
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import tool_tip
from cityplanner.ui.top_bar import TopBar

if TYPE_CHECKING:
    from cityplanner.store.plan_file import Plan
    from cityplanner.store.rows import Change

UNDO, REDO = N_("Undo {label}"), N_("Redo {label}")
PLAIN_UNDO, PLAIN_REDO = N_("&Undo"), N_("&Redo")


@dataclass(frozen=True, slots=True)
class Prospect:
    """What undo and redo would do, and when the plan was changed last."""

    undo: str | None
    redo: str | None
    changed_at: dt.datetime | None


class Undoing(QObject):
    """Keeps the two actions and the word "Saved" right while a plan is open."""

    def __init__(self, context: Context, actions: Actions, bar: TopBar) -> None:
        super().__init__(context)
        self._context = context
        self._actions = actions
        self._bar = bar
        self._asking: Job | None = None
        self._changed_at: dt.datetime | None = None
        context.changed.connect(self._changed)
        context.edits.lasting.connect(bar.show_saving)
        context.edits.settled.connect(self._show_saved)
        self.refresh()

    def undo(self) -> None:
        """Take the last change back."""
        self._play(self._context.plan.undo, _("Taken back: {label}"))

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._play(self._context.plan.redo, _("Made again: {label}"))

    def refresh(self) -> None:
        """Find out in the background what can be undone and redone."""
        if self._asking is not None:
            self._asking.drop()
        plan = self._context.plan
        self._asking = self._context.jobs.start(lambda _progress: _prospect(plan), self._show, owner=self)

    def _changed(self, change: Change) -> None:
        self._changed_at = change.made_at
        self._show_saved()
        self.refresh()

    def _show_saved(self) -> None:
        if not self._context.edits.busy:  # else it is not, until the last of them is
            self._bar.show_saved(self._changed_at, read_only=self._context.read_only)

    def _show(self, prospect: Prospect) -> None:
        self._asking = None
        self._word("undo", prospect.undo, PLAIN_UNDO, UNDO)
        self._word("redo", prospect.redo, PLAIN_REDO, REDO)
        self._changed_at = prospect.changed_at
        self._show_saved()

    def _word(self, name: str, label: str | None, plain: str, named: str) -> None:
        action = self._actions[name]
        action.setEnabled(label is not None)
        words = _(named).format(label=label)
        action.setText(escaped(words) if label else _(plain))
        action.setToolTip(tool_tip(with_keys(words if label else _(plain).replace("&", ""), action)))

    def _play(self, play: Callable[[], Change | None], said: str) -> None:
        for name in ("undo", "redo"):
            self._actions[name].setEnabled(False)
        self._context.edits.put(
            play, lambda change: self._played(change, said), failed=self._refused, owner=self
        )

    def _played(self, change: Change | None, said: str) -> None:
        if change is None:
            self.refresh()
        else:
            self._context.say(said.format(label=change.label))

    def _refused(self, error: UserError) -> None:
        self._context.say(str(error))
        self.refresh()


def _prospect(plan: Plan) -> Prospect:
    from cityplanner.store.queries.history import changed_at

    with plan.reading() as session:
        moment = changed_at(session)
    return Prospect(plan.undoable(), plan.redoable(), moment)
