"""What is said while an engagement's form is filled: its time by other clocks, and earlier visits about the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cityplanner.base.errors import UserError
from cityplanner.model.engagement import EngagementStatus
from cityplanner.store.queries.visits import initiatives_of, partners_at
from cityplanner.ui.context import Context
from cityplanner.ui.parts.earlier_visits import EarlierVisits
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.local_times import ClocksBelow
from cityplanner.ui.parts.record_form import RecordForm

if TYPE_CHECKING:
    from cityplanner.store.plan_file import Plan

AHEAD = (EngagementStatus.REQUESTED, EngagementStatus.APPROVED, EngagementStatus.PLANNED)
TABLES = frozenset({"engagement_partner", "engagement_initiative", "partner"})


@dataclass(frozen=True, slots=True)
class Around:
    """Who takes part in an engagement and what it serves."""

    partners: Mapping[int, str] = field(default_factory=dict)
    initiatives: frozenset[int] = frozenset()


class EngagementNotes(QObject):
    """Follows what stands in the form; a new engagement has no partners before it is saved.

    Earlier visits are told of while it can still be decided whether this one takes place.
    """

    def __init__(self, context: Context, form: RecordForm) -> None:
        super().__init__(form)
        self._context, self._form = context, form
        self._id: int | None = None
        self._job: Job | None = None
        self._around = Around()
        self.clocks = ClocksBelow(context, form.form.row("starts_at"), form.form.row("zone").editor.value)
        self.earlier = EarlierVisits(context, form, most=1)
        form.add_notice(self.earlier)
        form.form.edited.connect(self._look)
        context.changed.connect(self._hear)

    def show_record(self, record_id: int | None, _title: str = "") -> None:
        """Say it for the engagement that the form shows."""
        self._id = record_id
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None
        if self._id is None:
            self._take(Around())
            return
        plan, record_id = self._context.plan, self._id
        self._job = self._context.jobs.start(
            lambda _progress: around(plan, record_id), self._take, owner=self
        )

    def _take(self, found: Around) -> None:
        self._job, self._around = None, found
        self._look()

    def _look(self) -> None:
        self.clocks.look(self._around.partners)
        rows = self._form.form
        try:
            on, sector, status = (rows.row(name).editor.value() for name in ("starts_at", "sector", "status"))
        except UserError:
            return
        if isinstance(on, datetime):
            said = " ".join(rows.row(name).editor.typed() for name in ("title", "purpose"))
            found = self._around
            partners = found.partners if status in AHEAD else {}
            self.earlier.look(partners, said, sector, found.initiatives, on, self._id or 0)

    def _hear(self, change: object) -> None:
        if TABLES & getattr(change, "tables", frozenset()):
            self._read()


def around(plan: Plan, record_id: int) -> Around:
    """Read who takes part in an engagement and what it serves."""
    with plan.reading() as session:
        served = initiatives_of(session, [record_id]).get(record_id, set())
        return Around(partners_at(session, record_id), frozenset(served))
