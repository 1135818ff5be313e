"""A partner's engagements, newest first, under their years; older pages are read when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.model.engagement import EngagementStatus
from cityplanner.model.wording import choice_label
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import timeline
from cityplanner.store.queries.timeline import PAGE, Encounter
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.local_times import local_times
from cityplanner.ui.parts.two_lines import Row, TwoLines

ICONS = {
    "courtesy call": "heart-handshake",
    "meeting": "users",
    "consultation": "messages-square",
    "inbound delegation": "plane-landing",
    "outbound mission": "plane-takeoff",
    "study tour": "graduation-cap",
    "workshop": "presentation",
    "conference": "megaphone",
    "site visit": "map-pin",
    "ceremony": "party-popper",
    "signing": "pen-line",
    "exchange": "repeat",
    "consular briefing": "landmark",
    "publication": "book-open",
}
OTHER = "calendar-days"
FIRST = 12
"""How many engagements are shown at first; a reader hands over one more where there are older ones."""


class TimelineView(QWidget):
    """Enter or a click on an engagement opens it; the button below reads the next fifty."""

    opened = Signal(str, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._partner = 0
        self._zone: str | None = None
        self._last: Encounter | None = None
        self._year = 0
        self._job: Job | None = None
        self.list = TwoLines(_("Timeline"))
        self.list.opened.connect(self.opened)
        self._none = theme.text_label(_("No engagement is logged yet."), theme.Role.MUTED, wrap=True)
        self.older = QPushButton(_("Show older engagements"))
        self.older.clicked.connect(self.show_older)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        for widget in (self.list, self._none, self.older):
            column.addWidget(widget)

    def show_page(self, partner_id: int, zone: str | None, first: Sequence[Encounter]) -> None:
        """Begin with the newest page of a partner, whose own time zone is `zone`."""
        self._drop()
        self._partner, self._zone = partner_id, zone
        self._year, self._last = 0, None
        self.list.clear()
        self._add(first, FIRST)
        self.list.setVisible(bool(first))
        self._none.setVisible(not first)

    def show_older(self) -> None:
        """Read the next page in a worker and add it below."""
        if self._last is None or self._job is not None:
            return
        plan, partner, before = self._context.plan, self._partner, (self._last.starts_at, self._last.id)
        self._job = self._context.jobs.start(
            lambda _progress: read_page(plan, partner, before), self._take, owner=self
        )

    def _take(self, page: Sequence[Encounter]) -> None:
        self._job = None
        first = self.list.count()
        self._add(page, PAGE)
        if self.older.isHidden() and self.list.count() > first:
            # The button that had the focus is gone: go on where it led to.
            self.list.setCurrentRow(first)
            self.list.setFocus()

    def _add(self, found: Sequence[Encounter], limit: int) -> None:
        page = found[:limit]
        rows: list[Row] = []
        office = self._context.zone
        for one in page:
            year = one.starts_at.astimezone(ZoneInfo(office)).year
            if year != self._year:
                rows.append(Row(str(year), "", "", "", 0))
                self._year = year
            rows.append(row_of(one, office, self._zone))
        self.list.add_rows(rows)
        self._last = page[-1] if page else self._last
        self.older.setVisible(len(found) > limit)

    def _drop(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None


def read_page(plan: Plan, partner_id: int, before: timeline.Place) -> list[Encounter]:
    """The next older page of a partner's timeline, and one more where it goes on."""
    with plan.reading() as session:
        return timeline.timeline(session, partner_id, before, PAGE + 1)


def row_of(one: Encounter, office: str, there: str | None) -> Row:
    """An engagement in two lines: what it was, then when, in which form and with what result."""
    form = f"{choice_label(one.format)}, {_(one.mode)}"
    held = one.status == EngagementStatus.COMPLETED
    result = " ".join(one.result.split())
    words = (local_times(one.starts_at, office, there), form, "" if held else _(one.status), result)
    icon = ICONS.get(one.format, OTHER)
    return Row(one.title, " · ".join(filter(None, words)), icon, "engagement", one.id)
