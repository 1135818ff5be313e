"""Priority-based budgeting: the office's weights for the criteria, and each initiative's scores."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete


class Criterion(StrEnum):
    """What an initiative is judged by, each from 0 to 4."""

    MANDATE = N_("mandate")
    RELIANCE = N_("reliance")
    RECOVERY = N_("cost recovery")
    DEMAND = N_("demand")
    POPULATION = N_("population served")
    FIT = N_("recommendation fit")
    BENEFIT = N_("mutual benefit")
    EQUITY = N_("equity")
    COST = N_("added cost")


BEST = 4


class CriterionWeight(Entity):
    """How much a criterion counts in this office."""

    __tablename__ = "criterion_weight"
    __label__ = N_("weight of a criterion")
    __plural__ = N_("weights of criteria")
    __title__ = ("criterion",)
    __unique__ = ("criterion",)

    criterion: Mapped[Criterion] = f.choice(N_("Criterion"), Criterion, Criterion.MANDATE, listed=True)
    weight: Mapped[int] = f.integer(N_("Weight"), maximum=10, required=True, listed=True)


class Score(Entity):
    """What an initiative scores on one criterion."""

    __tablename__ = "score"
    __label__ = N_("score")
    __plural__ = N_("scores")
    __title__ = ("initiative_id", "criterion")
    __unique__ = ("initiative_id", "criterion")

    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    criterion: Mapped[Criterion] = f.choice(N_("Criterion"), Criterion, Criterion.MANDATE, listed=True)
    value: Mapped[int] = f.integer(N_("Score"), maximum=BEST, required=True, listed=True)
    reason: Mapped[str] = f.text(N_("Reason"))

    def check(self) -> list[Problem]:
        """Recommendation fit follows from the links and is never typed."""
        found = super().check()
        if self.criterion == Criterion.FIT:
            found.append(
                self.problem(
                    "criterion",
                    _("recommendation fit is worked out from the contributions. Score another criterion."),
                )
            )
        return found
