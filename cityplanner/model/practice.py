"""Practices learned from peers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_
from cityplanner.model import field as f
from cityplanner.model.entity import Entity
from cityplanner.model.field import OnDelete


class PracticeStatus(StrEnum):
    """How far a practice has come into use."""

    NOTED = N_("noted")
    ADAPTED = N_("adapted")
    ADOPTED = N_("adopted")


class Practice(Entity):
    """Something a peer does well, and what the office made of it."""

    __tablename__ = "practice"
    __label__ = N_("practice")
    __plural__ = N_("practices")
    __title__ = ("topic",)
    __order__ = ("-noted_on",)

    topic: Mapped[str] = f.title(N_("Topic"))
    partner_id: Mapped[int] = f.link("partner", N_("Learned from"), required=True, listed=True)
    status: Mapped[PracticeStatus] = f.choice(N_("Status"), PracticeStatus, PracticeStatus.NOTED, listed=True)
    noted_on: Mapped[date] = f.date(N_("Noted on"), required=True, listed=True)
    summary: Mapped[str] = f.long_text(N_("What they do"))
    adapted: Mapped[str] = f.long_text(N_("What was adapted"))
    source_item_id: Mapped[int | None] = f.link("source_item", N_("Source item"), on_delete=OnDelete.CLEAR)
    engagement_id: Mapped[int | None] = f.link("engagement", N_("Engagement"), on_delete=OnDelete.CLEAR)
    initiative_id: Mapped[int | None] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.CLEAR)
