"""Whether a partner came about the same matter before, said while an engagement is entered; and who is at a partner."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cityplanner.base.language import current
from cityplanner.model.contact import Contact
from cityplanner.planning.visits import SPAN, Topic, repeated, words_of
from cityplanner.store.queries.titles import titles
from cityplanner.store.queries.visits import people_of, visits
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.candidates import Candidates, candidates
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.messages import announce

if TYPE_CHECKING:
    from cityplanner.store.plan_file import Plan

WAIT_MS = 250
MOST = 3


class EarlierVisits(QWidget):
    """Says in words which earlier engagements were about the same, the most alike; hidden where there are none."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, most: int = MOST) -> None:
        super().__init__(parent)
        self._context, self._most = context, most
        self._job: Job | None = None
        self._asked: tuple[Mapping[int, str], Topic, datetime] | None = None
        self.text = theme.text_label("", theme.Role.WARNING, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._read)
        self.hide()

    def look(
        self,
        partners: Mapping[int, str],
        said: str,
        sector: object,
        initiatives: frozenset[int],
        on: datetime,
        besides: int = 0,
    ) -> None:
        """Look for earlier engagements of these partners; `besides` is the one that is entered itself."""
        topic = Topic(said, str(sector) if sector else "", initiatives, " ".join(partners.values()), besides)
        if (partners, topic, on) != self._asked:
            self._asked = partners, topic, on
            self._timer.start()

    def _read(self) -> None:
        if self._job is not None:
            self._job.drop()
        if self._asked is None:
            return
        partners, topic, on = self._asked
        plan, most = self._context.plan, self._most

        def read(_progress: object) -> list[str]:
            if not partners:
                return []
            with plan.reading() as session:
                earlier = visits(session, list(partners), on - SPAN, on)
            found, say = repeated(topic, earlier), current()
            lines = [words_of(one, partners.get(one.visit.partner_id, ""), say) for one in found[:most]]
            more = len(found) - most
            further = say.plural("{n} further visit about this.", "{n} further visits about this.", more)
            return [*lines, further] if more > 0 else lines

        self._job = self._context.jobs.start(read, self._show, owner=self)

    def _show(self, lines: list[str]) -> None:
        self._job = None
        text = "\n".join(lines)
        if text != self.text.text():
            self.text.setText(text)
            if text:
                announce(self.text, text)
        self.setVisible(bool(text))


def people_at(plan: Plan, partners: list[int], text: str) -> Candidates:
    """The contacts that match `text`, those who are at these partners now before all others."""
    with plan.reading() as session:
        near = people_of(session, partners) if partners else []
        named = titles(session, Contact, near)
    found = dict(candidates(plan, Contact, text)) if text.strip() or not near else {}
    if not text.strip():
        return [(number, named[number]) for number in near] or list(found.items())
    first = [(number, title) for number, title in found.items() if number in named]
    return first + [(number, title) for number, title in found.items() if number not in named]
