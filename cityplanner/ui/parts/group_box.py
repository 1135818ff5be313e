"""The box that narrows a list to one of its groups; hidden while there are none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from cityplanner.base.language import _
from cityplanner.model.group import GroupOf
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups
from cityplanner.ui.context import Context
from cityplanner.ui.parts.plain import tool_tip

TABLE = "smart_group"


def read_groups(plan: Plan, of: GroupOf) -> list[tuple[int, str]]:
    """The ids and names of the groups over a noun."""
    with plan.reading() as session:
        return [(group.id, group.title) for group in groups.groups(session, of)]


class GroupBox(QComboBox):
    """All, or one group. It reads the groups itself, and again when they change."""

    chosen = Signal()
    """Another group is to be shown: the user's choice, or the one shown is gone."""

    def __init__(self, context: Context, of: GroupOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.of = of
        self._wanted = 0
        self.setAccessibleName(_("Group"))
        self.setToolTip(tool_tip(_("Show only the records of a group")))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.addItem(_("Group: all"), 0)
        self.hide()
        self.activated.connect(lambda: self.chosen.emit())
        context.changed.connect(self._hear)

    @property
    def group_id(self) -> int:
        """The group chosen, 0 for all."""
        return int(self.currentData() or 0)

    def choose(self, group_id: int) -> None:
        """Choose a group, as soon as it is known; 0 for all."""
        at = self.findData(group_id)
        self._wanted = 0 if at >= 0 else group_id
        if at != self.currentIndex():
            self.setCurrentIndex(max(at, 0))
            if at >= 0:
                self.chosen.emit()

    def read(self) -> None:
        """Read the groups anew."""
        plan, of = self.context.plan, self.of
        self.context.jobs.start(lambda _progress: read_groups(plan, of), self._show, owner=self)

    def _hear(self, change: object) -> None:
        if TABLE in getattr(change, "tables", frozenset()):
            self.read()

    def _show(self, known: list[tuple[int, str]]) -> None:
        before = self._wanted or self.group_id
        shown = self.group_id
        self.clear()
        self.addItem(_("Group: all"), 0)
        for number, title in known:
            self.addItem(title, number)
        self._wanted = 0
        self.setCurrentIndex(max(self.findData(before), 0))
        self.setVisible(bool(known))
        if self.group_id != shown:
            self.chosen.emit()
