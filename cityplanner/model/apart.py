"""Pairs that look alike and are not the same: what the search for duplicates was told, and does not ask again."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete


class PartnerApart(Entity):
    """Two partners that look alike and are two."""

    __tablename__ = "partner_apart"
    __label__ = N_("pair of different partners")
    __plural__ = N_("pairs of different partners")
    __title__ = ("first_id", "second_id")
    __unique__ = ("first_id", "second_id")

    first_id: Mapped[int] = f.link("partner", N_("Partner"), on_delete=OnDelete.OWN, listed=True)
    second_id: Mapped[int] = f.link("partner", N_("Not the same as"), on_delete=OnDelete.OWN, listed=True)

    def check(self) -> list[Problem]:
        """Nothing differs from itself."""
        found = super().check()
        if self.first_id is not None and self.first_id == self.second_id:
            found.append(self.problem("second_id", _("is the partner itself. Choose another.")))
        return found


class ContactApart(Entity):
    """Two contacts that look alike and are two."""

    __tablename__ = "contact_apart"
    __label__ = N_("pair of different contacts")
    __plural__ = N_("pairs of different contacts")
    __title__ = ("first_id", "second_id")
    __unique__ = ("first_id", "second_id")

    first_id: Mapped[int] = f.link("contact", N_("Contact"), on_delete=OnDelete.OWN, listed=True)
    second_id: Mapped[int] = f.link("contact", N_("Not the same as"), on_delete=OnDelete.OWN, listed=True)

    def check(self) -> list[Problem]:
        """Nobody differs from themselves."""
        found = super().check()
        if self.first_id is not None and self.first_id == self.second_id:
            found.append(self.problem("second_id", _("is the contact itself. Choose another.")))
        return found
