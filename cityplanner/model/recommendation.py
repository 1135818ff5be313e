"""The office's answer to a recommendation."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete


class Response(StrEnum):
    """How far the office takes a recommendation up."""

    NONE = N_("none")
    NOTED = N_("noted")
    PARTLY = N_("supported in part")
    SUPPORTED = N_("supported")

    @property
    def counts(self) -> bool:
        """Whether the recommendation belongs to those whose coverage is measured."""
        return self in (Response.PARTLY, Response.SUPPORTED)


HEAVIEST = 5


class Answer(Entity):
    """What the office makes of a recommendation: response, weight, reason, owner and when to look again."""

    __tablename__ = "answer"
    __label__ = N_("answer")
    __plural__ = N_("answers")
    __title__ = ("source_item_id", "response")
    __unique__ = ("source_item_id",)
    __order__ = ("source_item_id",)

    source_item_id: Mapped[int] = f.link(
        "source_item", N_("Recommendation"), on_delete=OnDelete.OWN, listed=True, unique=True
    )
    response: Mapped[Response] = f.choice(N_("Response"), Response, Response.NOTED, listed=True)
    weight: Mapped[int | None] = f.integer(
        N_("Weight"),
        maximum=HEAVIEST,
        listed=True,
        help=N_("0 to 5: how much it counts in the office's coverage."),
    )
    rationale: Mapped[str] = f.long_text(N_("Rationale"))
    owner: Mapped[str] = f.text(N_("Owner"), listed=True)
    review_on: Mapped[date | None] = f.date(N_("Review on"), listed=True)

    def check(self) -> list[Problem]:
        """A supported recommendation needs a weight, or it would silently count for nothing."""
        found = super().check()
        if not found and Response(self.response).counts and self.weight is None:
            found.append(
                self.problem("weight", _("is missing. Give a supported recommendation a weight from 0 to 5."))
            )
        return found
