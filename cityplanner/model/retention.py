"""Legal holds and retention rules: what must not go, and what may go when it has been kept long enough.

Nothing goes by itself: a rule only puts records on a list that a person reviews. A hold that is not released
blocks the erasure of a person, every rule, and the pruning of the history, for all that it covers.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem


class LegalHold(Entity):
    """An order to keep records for a proceeding or an audit, from a day until it is released.

    It covers the records it links to with all that belongs to them; one without a link covers the whole office.
    What it links to cannot be deleted while it stands (see `OnDelete.KEEP`).
    """

    __tablename__ = "legal_hold"
    __label__ = N_("legal hold")
    __plural__ = N_("legal holds")
    __title__ = ("title",)
    __order__ = ("-since",)

    title: Mapped[str] = f.title(N_("Matter"), help=N_("Such as the case, the audit or the request."))
    since: Mapped[date] = f.date(N_("Since"), required=True, listed=True)
    released_on: Mapped[date | None] = f.date(
        N_("Released on"), listed=True, help=N_("Empty as long as the hold stands.")
    )
    ordered_by: Mapped[str] = f.text(N_("Ordered by"), listed=True)
    contact_id: Mapped[int | None] = f.link("contact", N_("Contact"), listed=True)
    partner_id: Mapped[int | None] = f.link("partner", N_("Partner"), listed=True)
    agreement_id: Mapped[int | None] = f.link("agreement", N_("Agreement"))
    engagement_id: Mapped[int | None] = f.link("engagement", N_("Engagement"))
    reason: Mapped[str] = f.long_text(N_("Reason"))

    @property
    def stands(self) -> bool:
        """Whether the hold has not been released."""
        return self.released_on is None

    @property
    def covers_all(self) -> bool:
        """Whether it holds the whole office's records."""
        return not any((self.contact_id, self.partner_id, self.agreement_id, self.engagement_id))

    def check(self) -> list[Problem]:
        """A hold is released after it begins."""
        found = super().check()
        if self.since and self.released_on and self.released_on < self.since:
            found.append(
                self.problem("released_on", _("is before the hold began. Choose that day or a later one."))
            )
        return found


class RecordSeries(StrEnum):
    """What a retention rule is about; the history of changes is a series of its own."""

    CONTACTS = N_("contacts")
    PARTNERS = N_("partners")
    AGREEMENTS = N_("agreements")
    ENGAGEMENTS = N_("engagements")
    COMMITMENTS = N_("commitments")
    GIFTS = N_("gifts")
    AID = N_("aid")
    HISTORY = N_("history of changes")


class CountedFrom(StrEnum):
    """From when the years of a retention rule are counted."""

    OWN_DATE = N_("date of the record")
    LAST_CONTACT = N_("last contact")
    LAST_CHANGE = N_("last change")


class RetentionAction(StrEnum):
    """What is done, after the review, with what has been kept long enough."""

    DELETE = N_("delete")
    ANONYMIZE = N_("remove personal data")


class RetentionRule(Entity):
    """How long the records of one series are kept, and what is done with them after a review."""

    __tablename__ = "retention_rule"
    __label__ = N_("retention rule")
    __plural__ = N_("retention rules")
    __title__ = ("title",)
    __order__ = ("series",)

    title: Mapped[str] = f.title(N_("Rule"))
    series: Mapped[RecordSeries] = f.choice(
        N_("Record series"), RecordSeries, RecordSeries.ENGAGEMENTS, listed=True
    )
    years: Mapped[int] = f.integer(N_("Keep for"), unit=N_("years"), minimum=1, required=True, listed=True)
    counted_from: Mapped[CountedFrom] = f.choice(
        N_("Counted from"), CountedFrom, CountedFrom.OWN_DATE, listed=True
    )
    action: Mapped[RetentionAction] = f.choice(
        N_("Then"), RetentionAction, RetentionAction.DELETE, listed=True
    )
    authority: Mapped[str] = f.text(N_("Authority"), help=N_("Such as the records schedule and its number."))
    reviewed_on: Mapped[date | None] = f.date(N_("Last reviewed on"), listed=True)
    notes: Mapped[str] = f.long_text(N_("Notes"))
