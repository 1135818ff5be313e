"""The two ledgers: gifts between officials, and aid between cities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete


class Direction(StrEnum):
    """Which way a gift or aid went."""

    GIVEN = N_("given")
    RECEIVED = N_("received")


class Disposition(StrEnum):
    """What became of a gift."""

    PENDING = N_("pending")
    DISPLAYED = N_("displayed")
    STORED = N_("stored")
    DONATED = N_("donated")
    RETURNED = N_("returned")
    KEPT = N_("kept by official")
    CONSUMED = N_("consumed")


class Gift(Entity):
    """A gift to or from an official; gifts received carry disclosure deadlines."""

    __tablename__ = "gift"
    __label__ = N_("gift")
    __plural__ = N_("gifts")
    __title__ = ("description",)
    __order__ = ("-given_on",)

    description: Mapped[str] = f.title(N_("Description"))
    direction: Mapped[Direction] = f.choice(N_("Direction"), Direction, Direction.RECEIVED, listed=True)
    partner_id: Mapped[int] = f.link("partner", N_("Partner"), required=True, listed=True)
    donor: Mapped[str] = f.text(N_("Donor"))
    official: Mapped[str] = f.text(
        N_("Official"), listed=True, help=N_("Who received it, or gave it for us.")
    )
    value: Mapped[int | None] = f.money(N_("Value"), listed=True)
    given_on: Mapped[date] = f.date(N_("Date"), required=True, listed=True)
    disposition: Mapped[Disposition] = f.choice(N_("Disposition"), Disposition, Disposition.PENDING)
    disclosure_due_on: Mapped[date | None] = f.date(N_("Disclosure due on"), listed=True)
    disclosed_on: Mapped[date | None] = f.date(N_("Disclosed on"))
    engagement_id: Mapped[int | None] = f.link("engagement", N_("Engagement"), on_delete=OnDelete.CLEAR)


class AidStatus(StrEnum):
    """How far a delivery of aid is."""

    REQUESTED = N_("requested")
    OFFERED = N_("offered")
    AGREED = N_("agreed")
    SHIPPED = N_("shipped")
    RECEIVED = N_("received")
    DECLINED = N_("declined")


class Aid(Entity):
    """Help given or received, traced to the earlier help it answers."""

    __tablename__ = "aid"
    __label__ = N_("aid")
    __plural__ = N_("aid")
    __title__ = ("item",)
    __order__ = ("-occurred_on",)

    item: Mapped[str] = f.title(N_("Item"))
    direction: Mapped[Direction] = f.choice(N_("Direction"), Direction, Direction.RECEIVED, listed=True)
    status: Mapped[AidStatus] = f.choice(N_("Status"), AidStatus, AidStatus.OFFERED, listed=True)
    partner_id: Mapped[int] = f.link("partner", N_("Partner"), required=True, listed=True)
    quantity: Mapped[Decimal | None] = f.number(N_("Quantity"), listed=True)
    unit: Mapped[str] = f.text(N_("Unit"), longest=60, listed=True)
    value: Mapped[int | None] = f.money(N_("Value"), listed=True)
    occurred_on: Mapped[date] = f.date(N_("Date"), required=True, listed=True)
    engagement_id: Mapped[int | None] = f.link("engagement", N_("Engagement"), on_delete=OnDelete.CLEAR)
    answers_id: Mapped[int | None] = f.link(
        "aid", N_("In answer to"), on_delete=OnDelete.CLEAR, help=N_("The earlier aid that this one returns.")
    )
    notes: Mapped[str] = f.long_text(N_("Notes"))

    def check(self) -> list[Problem]:
        """Aid cannot answer itself."""
        found = super().check()
        if self.id is not None and self.answers_id == self.id:
            found.append(self.problem("answers_id", _("is this aid itself. Choose an earlier one.")))
        return found
