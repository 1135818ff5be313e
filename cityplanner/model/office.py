"""The office whose plan this is."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_
from cityplanner.model import field as f
from cityplanner.model.entity import Entity


class Office(Entity):
    """The one office of a plan: its city, its money and its year."""

    __tablename__ = "office"
    __label__ = N_("office")
    __plural__ = N_("offices")
    __title__ = ("name",)

    name: Mapped[str] = f.title(N_("Office"), help=N_("The office's name as it stands on a briefing."))
    city: Mapped[str] = f.text(N_("City"), required=True)
    region: Mapped[str] = f.text(N_("State or region"))
    country: Mapped[str] = f.country(N_("Country"), required=True, help=N_("Two letters such as US."))
    population: Mapped[int | None] = f.integer(
        N_("Population"), help=N_("Decides from when web publications must be accessible by law.")
    )
    currency: Mapped[str] = f.currency(N_("Currency"), "USD", help=N_("All amounts in the plan are in it."))
    fiscal_year_start: Mapped[int] = f.integer(
        N_("Fiscal year begins in month"),
        minimum=1,
        maximum=12,
        required=True,
        default=7,
        help=N_("1 for January."),
    )
    languages: Mapped[tuple[str, ...]] = f.languages(
        N_("Languages"), help=N_("The languages the office works in.")
    )
    zone: Mapped[str] = f.zone(N_("Time zone"), required=True, help=N_("Such as America/Los_Angeles."))
    accent: Mapped[str | None] = f.colour(N_("Color"), help=N_("The color of headings in briefings."))
    address: Mapped[str] = f.long_text(N_("Address"), longest=500)
    website: Mapped[str] = f.text(N_("Website"))
