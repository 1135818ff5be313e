"""Agreements with partners, and what they promise to deliver."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete
from cityplanner.model.partner import Sensitivity
from cityplanner.model.steps import check_step


class AgreementType(StrEnum):
    """What sort of agreement it is."""

    SISTER = N_("sister city")
    FRIENDSHIP = N_("friendship city")
    MEMORANDUM = N_("memorandum of understanding")
    PROTOCOL = N_("protocol")
    INTENT = N_("letter of intent")
    DECLARATION = N_("joint declaration")
    TECHNICAL = N_("technical agreement")
    MEMBERSHIP = N_("network membership")


class AgreementStatus(StrEnum):
    """Where an agreement stands in its life."""

    PROPOSED = N_("proposed")
    INTERNAL = N_("internal review")
    EXTERNAL = N_("external review")
    NEGOTIATION = N_("negotiation")
    APPROVED = N_("council approved")
    SIGNED = N_("signed")
    ACTIVE = N_("active")
    DORMANT = N_("dormant")
    RENEWED = N_("renewed")
    SUSPENDED = N_("suspended")
    EXPIRED = N_("expired")
    TERMINATED = N_("terminated")


_S = AgreementStatus
NEXT: Mapping[AgreementStatus, tuple[AgreementStatus, ...]] = {
    _S.PROPOSED: (_S.INTERNAL, _S.EXTERNAL, _S.NEGOTIATION, _S.TERMINATED),
    _S.INTERNAL: (_S.PROPOSED, _S.EXTERNAL, _S.NEGOTIATION, _S.APPROVED, _S.TERMINATED),
    _S.EXTERNAL: (_S.INTERNAL, _S.NEGOTIATION, _S.APPROVED, _S.TERMINATED),
    _S.NEGOTIATION: (_S.INTERNAL, _S.EXTERNAL, _S.APPROVED, _S.SIGNED, _S.TERMINATED),
    _S.APPROVED: (_S.NEGOTIATION, _S.SIGNED, _S.TERMINATED),
    _S.SIGNED: (_S.ACTIVE, _S.SUSPENDED, _S.EXPIRED, _S.TERMINATED),
    _S.ACTIVE: (_S.RENEWED, _S.DORMANT, _S.SUSPENDED, _S.EXPIRED, _S.TERMINATED),
    _S.DORMANT: (_S.ACTIVE, _S.RENEWED, _S.SUSPENDED, _S.EXPIRED, _S.TERMINATED),
    _S.RENEWED: (_S.ACTIVE, _S.DORMANT, _S.SUSPENDED, _S.EXPIRED, _S.TERMINATED),
    _S.SUSPENDED: (_S.ACTIVE, _S.DORMANT, _S.EXPIRED, _S.TERMINATED),
    _S.EXPIRED: (_S.RENEWED, _S.NEGOTIATION),
    _S.TERMINATED: (_S.PROPOSED,),
}
"""Which status may follow which; the likeliest first. What has ended can be renewed or proposed anew."""

IN_FORCE = (AgreementStatus.SIGNED, AgreementStatus.ACTIVE, AgreementStatus.DORMANT, AgreementStatus.RENEWED)


class Agreement(Entity):
    """What two or more sides agreed; without an expiry it runs until one side ends it."""

    __tablename__ = "agreement"
    __label__ = N_("agreement")
    __plural__ = N_("agreements")
    __order__ = ("title",)

    title: Mapped[str] = f.title(N_("Title"))
    type: Mapped[AgreementType] = f.choice(N_("Type"), AgreementType, AgreementType.SISTER, listed=True)
    status: Mapped[AgreementStatus] = f.choice(
        N_("Status"), AgreementStatus, AgreementStatus.PROPOSED, listed=True
    )
    signed_on: Mapped[str | None] = f.partial_date(N_("Signed on"), listed=True, help=N_("A year is enough."))
    in_force_on: Mapped[str | None] = f.partial_date(N_("In force since"))
    expires_on: Mapped[date | None] = f.date(
        N_("Expires on"), listed=True, help=N_("Leave empty where the agreement is open-ended.")
    )
    notice_days: Mapped[int | None] = f.integer(N_("Notice period"), unit=N_("days"))
    resolution: Mapped[str] = f.text(N_("Council resolution"), help=N_("The number it was approved under."))
    our_signatory: Mapped[str] = f.text(N_("Signed for us by"))
    their_signatory: Mapped[str] = f.text(N_("Signed for them by"))
    sensitivity: Mapped[Sensitivity] = f.choice(N_("Sensitivity"), Sensitivity, Sensitivity.PUBLIC)
    summary: Mapped[str] = f.long_text(N_("Summary"))
    notes: Mapped[str] = f.long_text(N_("Notes"))

    def check(self) -> list[Problem]:
        """Dates follow each other."""
        found = super().check()
        if found:
            return found
        if self.expires_on and self.signed_on and self.expires_on.isoformat() < self.signed_on:
            found.append(self.problem("expires_on", _("is before the signing. Choose a later date.")))
        if self.in_force_on and self.signed_on and self.in_force_on < self.signed_on[: len(self.in_force_on)]:
            found.append(self.problem("in_force_on", _("is before the signing. Choose a later date.")))
        return found

    def check_change(self, before: Mapping[str, Any]) -> list[Problem]:
        """A status only follows one that leads to it."""
        return check_step(self, before, NEXT)


class AgreementStep(Entity):
    """A dated change of an agreement's status; written whenever the status changes."""

    __tablename__ = "agreement_step"
    __label__ = N_("step of an agreement")
    __plural__ = N_("steps of agreements")
    __title__ = ("agreement_id", "status")
    __order__ = ("-taken_on",)

    agreement_id: Mapped[int] = f.link("agreement", N_("Agreement"), on_delete=OnDelete.OWN, listed=True)
    status: Mapped[AgreementStatus] = f.choice(
        N_("Status"), AgreementStatus, AgreementStatus.PROPOSED, listed=True
    )
    taken_on: Mapped[date] = f.date(N_("Date"), required=True, listed=True)
    note: Mapped[str] = f.text(N_("Note"), listed=True)


class AgreementPartner(Entity):
    """A partner that is a side of an agreement."""

    __tablename__ = "agreement_partner"
    __label__ = N_("side of an agreement")
    __plural__ = N_("sides of agreements")
    __title__ = ("agreement_id", "partner_id")
    __unique__ = ("agreement_id", "partner_id")

    agreement_id: Mapped[int] = f.link("agreement", N_("Agreement"), on_delete=OnDelete.OWN, listed=True)
    partner_id: Mapped[int] = f.link("partner", N_("Partner"), on_delete=OnDelete.OWN, listed=True)


class DeliverableStatus(StrEnum):
    """How far a deliverable is."""

    PENDING = N_("pending")
    PROGRESS = N_("in progress")
    DELIVERED = N_("delivered")
    DROPPED = N_("dropped")


class Deliverable(Entity):
    """Something an agreement promises."""

    __tablename__ = "deliverable"
    __label__ = N_("deliverable")
    __plural__ = N_("deliverables")
    __order__ = ("due_on",)

    agreement_id: Mapped[int] = f.link("agreement", N_("Agreement"), on_delete=OnDelete.OWN, listed=True)
    title: Mapped[str] = f.title(N_("Deliverable"))
    status: Mapped[DeliverableStatus] = f.choice(
        N_("Status"), DeliverableStatus, DeliverableStatus.PENDING, listed=True
    )
    due_on: Mapped[date | None] = f.date(N_("Due on"), listed=True)
    delivered_on: Mapped[date | None] = f.date(N_("Delivered on"))
    evidence: Mapped[str] = f.long_text(N_("Evidence"))
