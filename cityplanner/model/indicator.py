"""Indicators of an initiative's result, and their measurements."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_
from cityplanner.model import field as f
from cityplanner.model.entity import Entity
from cityplanner.model.field import OnDelete


class IndicatorKind(StrEnum):
    """How measurements of an indicator are to be read."""

    CUMULATIVE = N_("cumulative")
    SNAPSHOT = N_("snapshot")
    PERCENTAGE = N_("percentage")
    PROCESS = N_("process")


class Indicator(Entity):
    """What shows that an initiative works."""

    __tablename__ = "indicator"
    __label__ = N_("indicator")
    __plural__ = N_("indicators")
    __order__ = ("initiative_id", "title")

    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    title: Mapped[str] = f.title(N_("Indicator"))
    kind: Mapped[IndicatorKind] = f.choice(N_("Kind"), IndicatorKind, IndicatorKind.CUMULATIVE, listed=True)
    unit: Mapped[str] = f.text(N_("Unit"), longest=60, listed=True)
    baseline: Mapped[Decimal | None] = f.number(N_("Baseline"), minimum=None, listed=True)
    baseline_on: Mapped[date | None] = f.date(N_("Baseline date"))
    target: Mapped[Decimal | None] = f.number(N_("Target"), minimum=None, listed=True)
    target_on: Mapped[date | None] = f.date(N_("Target date"), listed=True)
    note: Mapped[str] = f.long_text(N_("How it is measured"))


class Measurement(Entity):
    """A dated value of an indicator, and what proves it."""

    __tablename__ = "measurement"
    __label__ = N_("measurement")
    __plural__ = N_("measurements")
    __title__ = ("indicator_id", "measured_on")
    __order__ = ("-measured_on",)

    indicator_id: Mapped[int] = f.link("indicator", N_("Indicator"), on_delete=OnDelete.OWN, listed=True)
    measured_on: Mapped[date] = f.date(N_("Date"), required=True, listed=True)
    value: Mapped[Decimal] = f.number(N_("Value"), minimum=None, required=True, listed=True)
    group: Mapped[str] = f.text(
        N_("Group"),
        listed=True,
        help=N_("Whom the value counts, where it is broken down: youth, women, a district."),
    )
    verification: Mapped[str] = f.text(N_("Verification"), help=N_("Where the figure can be checked."))
    engagement_id: Mapped[int | None] = f.link(
        "engagement",
        N_("Engagement"),
        on_delete=OnDelete.CLEAR,
        listed=True,
        help=N_("Where the result was achieved."),
    )
