"""The log: engagements, who took part, and the commitments made there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete
from cityplanner.model.partner import Sensitivity
from cityplanner.model.steps import check_step


class Format(StrEnum):
    """What sort of encounter an engagement was."""

    COURTESY = N_("courtesy call")
    MEETING = N_("meeting")
    CONSULTATION = N_("consultation")
    INBOUND = N_("inbound delegation")
    OUTBOUND = N_("outbound mission")
    STUDY = N_("study tour")
    WORKSHOP = N_("workshop")
    CONFERENCE = N_("conference")
    SITE = N_("site visit")
    CEREMONY = N_("ceremony")
    SIGNING = N_("signing")
    EXCHANGE = N_("exchange")
    BRIEFING = N_("consular briefing")
    PUBLICATION = N_("publication")


class Mode(StrEnum):
    """How people met."""

    IN_PERSON = N_("in person")
    VIRTUAL = N_("virtual")
    HYBRID = N_("hybrid")
    PHONE = N_("phone")
    EMAIL = N_("e-mail")


class Sector(StrEnum):
    """The field of life an engagement belongs to."""

    ARTS = N_("arts & culture")
    BUSINESS = N_("business, trade & professional")
    YOUTH = N_("youth & education")
    HUMANITARIAN = N_("humanitarian")
    MUNICIPAL = N_("municipal/technical")
    SPORT = N_("sport")
    HEALTH = N_("health")
    ENERGY = N_("energy & environment")


class EngagementStatus(StrEnum):
    """How far a visit or meeting is, from the first request to the day it took place."""

    PLANNED = N_("planned")
    REQUESTED = N_("requested")
    APPROVED = N_("approved")
    DECLINED = N_("declined")
    COMPLETED = N_("completed")
    CANCELLED = N_("cancelled")


_S = EngagementStatus
NEXT: Mapping[EngagementStatus, tuple[EngagementStatus, ...]] = {
    _S.REQUESTED: (_S.APPROVED, _S.DECLINED, _S.CANCELLED),
    _S.APPROVED: (_S.PLANNED, _S.COMPLETED, _S.DECLINED, _S.CANCELLED),
    _S.PLANNED: (_S.COMPLETED, _S.CANCELLED, _S.REQUESTED),
    _S.COMPLETED: (_S.PLANNED, _S.CANCELLED),
    _S.DECLINED: (_S.REQUESTED,),
    _S.CANCELLED: (_S.PLANNED, _S.REQUESTED),
}
"""Which status may follow which; the likeliest first. What was completed goes back only to be put right."""

NOT_HELD = (EngagementStatus.REQUESTED, EngagementStatus.DECLINED, EngagementStatus.CANCELLED)
"""What never counts as contact, even when its day has passed."""


class Engagement(Entity):
    """One encounter with partners: when, with whom, to what end and with what result."""

    __tablename__ = "engagement"
    __label__ = N_("engagement")
    __plural__ = N_("engagements")
    __order__ = ("-starts_at",)

    title: Mapped[str] = f.title(N_("Title"))
    starts_at: Mapped[datetime] = f.moment(N_("When"), required=True, listed=True)
    minutes: Mapped[int | None] = f.integer(N_("Duration"), unit=N_("minutes"), maximum=60 * 24 * 60)
    zone: Mapped[str] = f.zone(N_("Time zone"), required=True)
    format: Mapped[Format] = f.choice(N_("Format"), Format, Format.MEETING, listed=True)
    mode: Mapped[Mode] = f.choice(N_("Mode"), Mode, Mode.IN_PERSON, listed=True)
    status: Mapped[EngagementStatus] = f.choice(
        N_("Status"), EngagementStatus, EngagementStatus.COMPLETED, listed=True
    )
    sector: Mapped[Sector | None] = f.choice(N_("Sector"), Sector, listed=True)
    place: Mapped[str] = f.text(N_("Place"), listed=True)
    in_person: Mapped[int | None] = f.integer(N_("Participants in person"))
    online: Mapped[int | None] = f.integer(N_("Participants online"))
    staff: Mapped[tuple[str, ...]] = f.words(N_("Staff"))
    sensitivity: Mapped[Sensitivity] = f.choice(N_("Sensitivity"), Sensitivity, Sensitivity.PUBLIC)
    purpose: Mapped[str] = f.long_text(N_("Purpose"))
    decisions: Mapped[str] = f.long_text(N_("Decisions"))
    result: Mapped[str] = f.long_text(N_("Result"))

    def check_change(self, before: Mapping[str, Any]) -> list[Problem]:
        """A status only follows one that leads to it."""
        return check_step(self, before, NEXT)


_kept = Engagement.__table__.c
Index("ix_engagement_starts_at_status", _kept.starts_at, _kept.status)  # those held are counted off it


class EngagementPartner(Entity):
    """A partner that took part in an engagement."""

    __tablename__ = "engagement_partner"
    __label__ = N_("partner at an engagement")
    __plural__ = N_("partners at engagements")
    __title__ = ("engagement_id", "partner_id")
    __unique__ = ("engagement_id", "partner_id")

    engagement_id: Mapped[int] = f.link("engagement", N_("Engagement"), on_delete=OnDelete.OWN, listed=True)
    partner_id: Mapped[int] = f.link("partner", N_("Partner"), on_delete=OnDelete.OWN, listed=True)


class EngagementContact(Entity):
    """A contact who took part in an engagement."""

    __tablename__ = "engagement_contact"
    __label__ = N_("contact at an engagement")
    __plural__ = N_("contacts at engagements")
    __title__ = ("engagement_id", "contact_id")
    __unique__ = ("engagement_id", "contact_id")

    engagement_id: Mapped[int] = f.link("engagement", N_("Engagement"), on_delete=OnDelete.OWN, listed=True)
    contact_id: Mapped[int] = f.link("contact", N_("Contact"), on_delete=OnDelete.OWN, listed=True)
    role: Mapped[str] = f.text(N_("Role"), listed=True)


class EngagementInitiative(Entity):
    """An initiative that an engagement served."""

    __tablename__ = "engagement_initiative"
    __label__ = N_("initiative of an engagement")
    __plural__ = N_("initiatives of engagements")
    __title__ = ("engagement_id", "initiative_id")
    __unique__ = ("engagement_id", "initiative_id")

    engagement_id: Mapped[int] = f.link("engagement", N_("Engagement"), on_delete=OnDelete.OWN, listed=True)
    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)


class Side(StrEnum):
    """Who made a promise."""

    OURS = N_("ours")
    THEIRS = N_("theirs")


class CommitmentStatus(StrEnum):
    """How far a commitment is; overdue is derived from the due date, never stored."""

    PENDING = N_("pending")
    PROGRESS = N_("in progress")
    COMPLETED = N_("completed")
    CANCELLED = N_("cancelled")

    @property
    def is_open(self) -> bool:
        """Whether something remains to be done."""
        return self in (CommitmentStatus.PENDING, CommitmentStatus.PROGRESS)


class Commitment(Entity):
    """A promise made between the office and a partner."""

    __tablename__ = "commitment"
    __label__ = N_("commitment")
    __plural__ = N_("commitments")
    __title__ = ("text",)
    __order__ = ("due_on",)

    text: Mapped[str] = f.title(N_("Commitment"))
    side: Mapped[Side] = f.choice(N_("Side"), Side, Side.OURS, listed=True)
    status: Mapped[CommitmentStatus] = f.choice(
        N_("Status"), CommitmentStatus, CommitmentStatus.PENDING, listed=True
    )
    due_on: Mapped[date | None] = f.date(N_("Due on"), listed=True)
    owner: Mapped[str] = f.text(N_("Owner"), listed=True)
    partner_id: Mapped[int] = f.link("partner", N_("Partner"), required=True, listed=True)
    contact_id: Mapped[int | None] = f.link("contact", N_("Contact"), on_delete=OnDelete.CLEAR)
    engagement_id: Mapped[int | None] = f.link(
        "engagement", N_("Engagement"), on_delete=OnDelete.CLEAR, listed=True
    )
    completed_on: Mapped[date | None] = f.date(N_("Completed on"))
    evidence: Mapped[str] = f.long_text(N_("Evidence"))

    def check(self) -> list[Problem]:
        """What is completed says when: a kept promise is proven by its date."""
        found = super().check()
        if self.status == CommitmentStatus.COMPLETED and self.completed_on is None:
            found.append(
                self.problem("completed_on", _("is missing. Say when the commitment was completed."))
            )
        return found

    def is_overdue(self, today: date) -> bool:
        """Whether it is still open after its due date."""
        return self.status.is_open and self.due_on is not None and self.due_on < today
