"""Budget scenarios: what happens to funds and staff in a year, and the service level of each initiative."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete
from cityplanner.model.fund import FIRST_YEAR, LAST_YEAR

WORKING_DAYS = 260
"""Paid days of a full-time year, the base of furlough."""


class ScenarioKind(StrEnum):
    """What a scenario is for."""

    ADOPTED = N_("adopted")
    CURRENT = N_("current service level")
    REDUCTION = N_("reduction")
    GROWTH = N_("growth")
    CONTINGENCY = N_("contingency")


class Scenario(Entity):
    """One way a fiscal year may go. An adopted scenario is locked."""

    __tablename__ = "scenario"
    __label__ = N_("scenario")
    __plural__ = N_("scenarios")
    __order__ = ("fiscal_year", "title")

    title: Mapped[str] = f.title(N_("Name"), unique=True)
    kind: Mapped[ScenarioKind] = f.choice(N_("Kind"), ScenarioKind, ScenarioKind.REDUCTION, listed=True)
    fiscal_year: Mapped[int] = f.integer(
        N_("Fiscal year"),
        minimum=FIRST_YEAR,
        maximum=LAST_YEAR,
        required=True,
        listed=True,
        help=N_("The year it ends in."),
    )
    furlough_days: Mapped[int | None] = f.integer(
        N_("Furlough"), unit=N_("days per person"), maximum=WORKING_DAYS, listed=True
    )
    cost_growth: Mapped[Decimal | None] = f.number(
        N_("Cost growth"), unit="%", minimum=-100, maximum=1000, listed=True
    )
    adopted_at: Mapped[datetime | None] = f.moment(N_("Adopted"), listed=True, derived=True)
    adopted_by: Mapped[str] = f.text(N_("Adopted by"), derived=True)
    notes: Mapped[str] = f.long_text(N_("Notes"))

    @property
    def is_locked(self) -> bool:
        """Whether it was adopted and can no longer change."""
        return self.adopted_at is not None


class FundChange(Entity):
    """What a scenario does to a fund: by per cent, or to an amount."""

    __tablename__ = "fund_change"
    __label__ = N_("change to a fund")
    __plural__ = N_("changes to funds")
    __title__ = ("scenario_id", "fund_id")
    __unique__ = ("scenario_id", "fund_id")

    scenario_id: Mapped[int] = f.link("scenario", N_("Scenario"), on_delete=OnDelete.OWN, listed=True)
    fund_id: Mapped[int] = f.link("fund", N_("Fund"), on_delete=OnDelete.OWN, listed=True)
    percent: Mapped[Decimal | None] = f.number(N_("By"), unit="%", minimum=-100, maximum=1000, listed=True)
    amount: Mapped[int | None] = f.money(
        N_("By amount"), minimum=None, listed=True, help=N_("Negative for a cut.")
    )

    def check(self) -> list[Problem]:
        """Either a percentage or an amount, not both."""
        found = super().check()
        if (self.percent is None) == (self.amount is None):
            found.append(self.problem("percent", _("give either a percentage or an amount.")))
        return found


class FrozenPosition(Entity):
    """A staff position that a scenario leaves unfilled and unpaid."""

    __tablename__ = "frozen_position"
    __label__ = N_("frozen position")
    __plural__ = N_("frozen positions")
    __title__ = ("scenario_id", "staff_position_id")
    __unique__ = ("scenario_id", "staff_position_id")

    scenario_id: Mapped[int] = f.link("scenario", N_("Scenario"), on_delete=OnDelete.OWN, listed=True)
    staff_position_id: Mapped[int] = f.link(
        "staff_position", N_("Staff position"), on_delete=OnDelete.OWN, listed=True
    )


class Decision(Entity):
    """The service level a scenario gives an initiative."""

    __tablename__ = "decision"
    __label__ = N_("decision")
    __plural__ = N_("decisions")
    __title__ = ("scenario_id", "service_level_id")
    __unique__ = ("scenario_id", "initiative_id")

    scenario_id: Mapped[int] = f.link("scenario", N_("Scenario"), on_delete=OnDelete.OWN, listed=True)
    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    service_level_id: Mapped[int] = f.link(
        "service_level", N_("Service level"), on_delete=OnDelete.OWN, listed=True
    )
    note: Mapped[str] = f.text(N_("Note"), listed=True)
