"""Partners: the organizations an office keeps in touch with, consular posts and city networks among them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_
from cityplanner.model import field as f
from cityplanner.model.entity import Entity
from cityplanner.model.field import OnDelete


class PartnerKind(StrEnum):
    """What sort of organization a partner is."""

    CITY = N_("city")
    REGION = N_("region/state")
    GOVERNMENT = N_("national government")
    EMBASSY = N_("embassy/mission")
    CONSULATE = N_("career consulate")
    HONORARY = N_("honorary consulate")
    ASSOCIATION = N_("sister-city association")
    NETWORK = N_("city network")
    MULTILATERAL = N_("multilateral")
    DIASPORA = N_("diaspora/immigrant organisation")
    BUSINESS = N_("foreign business")
    TRADE = N_("trade body")
    PLATFORM = N_("e-commerce platform")
    UNIVERSITY = N_("university")
    CULTURE = N_("culture/sport/health body")
    FUNDER = N_("funder")
    FEDERAL = N_("federal office")
    DEPARTMENT = N_("city department")
    MEDIA = N_("media")


CONSULAR = (PartnerKind.CONSULATE, PartnerKind.HONORARY)


class Sensitivity(StrEnum):
    """Who may read it: public briefings leave out what is not public."""

    PUBLIC = N_("public")
    INTERNAL = N_("internal")
    CONFIDENTIAL = N_("confidential")


class HeadStatus(StrEnum):
    """Where a head of post stands."""

    DESIGNATE = N_("designate")
    RECOGNISED = N_("recognised")
    DEPARTED = N_("departed")


class ConsularRank(StrEnum):
    """The rank of a head of post; it comes first in the order of precedence."""

    CONSUL_GENERAL = N_("consul general")
    CONSUL = N_("consul")
    VICE_CONSUL = N_("vice consul")


_POST = f.when("kind", *CONSULAR)
_NETWORK = f.when("kind", PartnerKind.NETWORK)
_CONSULAR_GROUP = N_("Consular post")
_NETWORK_GROUP = N_("Network membership")
_CONTACT_GROUP = N_("Keeping in touch")


class Partner(Entity):
    """An organization: where it is, how often it should hear from the office, and what is peculiar to it."""

    __tablename__ = "partner"
    __label__ = N_("partner")
    __plural__ = N_("partners")
    __title__ = ("name",)
    __order__ = ("name",)

    name: Mapped[str] = f.title(N_("Name"))
    own_name: Mapped[str] = f.text(N_("Name in own script"), search=f.Search.NAME)
    kind: Mapped[PartnerKind] = f.choice(N_("Kind"), PartnerKind, PartnerKind.CITY, listed=True)
    country: Mapped[str | None] = f.country(N_("Country"), listed=True, index=True)
    city: Mapped[str] = f.text(N_("City"), listed=True)
    latitude: Mapped[Decimal | None] = f.number(N_("Latitude"), places=5, minimum=-90, maximum=90, unit="°")
    longitude: Mapped[Decimal | None] = f.number(
        N_("Longitude"), places=5, minimum=-180, maximum=180, unit="°"
    )
    zone: Mapped[str | None] = f.zone(N_("Time zone"))
    languages: Mapped[tuple[str, ...]] = f.languages(N_("Languages"))
    sensitivity: Mapped[Sensitivity] = f.choice(N_("Sensitivity"), Sensitivity, Sensitivity.PUBLIC)
    website: Mapped[str] = f.text(N_("Website"))
    tags: Mapped[tuple[str, ...]] = f.words(N_("Tags"))
    notes: Mapped[str] = f.long_text(N_("Notes"))

    keep_in_touch: Mapped[int | None] = f.integer(
        N_("Keep in touch every"), unit=N_("days"), minimum=1, maximum=3660, listed=True, group=_CONTACT_GROUP
    )
    contact_hours: Mapped[Decimal | None] = f.number(
        N_("One contact costs"), unit=N_("staff hours"), maximum=1000, group=_CONTACT_GROUP
    )

    sending_state: Mapped[str | None] = f.country(N_("Sending state"), when=_POST, group=_CONSULAR_GROUP)
    consular_district: Mapped[str] = f.text(N_("Consular district"), when=_POST, group=_CONSULAR_GROUP)
    head_id: Mapped[int | None] = f.link(
        "contact", N_("Head of post"), on_delete=OnDelete.CLEAR, when=_POST, group=_CONSULAR_GROUP
    )
    head_status: Mapped[HeadStatus | None] = f.choice(
        N_("Status of the head of post"), HeadStatus, when=_POST, group=_CONSULAR_GROUP
    )
    head_rank: Mapped[ConsularRank | None] = f.choice(
        N_("Rank"), ConsularRank, when=_POST, group=_CONSULAR_GROUP
    )
    rank_since: Mapped[date | None] = f.date(
        N_("Date of rank"), when=_POST, group=_CONSULAR_GROUP, help=N_("Decides precedence among equals.")
    )
    tenure_since: Mapped[date | None] = f.date(N_("In post since"), when=_POST, group=_CONSULAR_GROUP)
    rotation_on: Mapped[date | None] = f.date(N_("Rotation expected"), when=_POST, group=_CONSULAR_GROUP)

    dues: Mapped[int | None] = f.money(N_("Annual dues"), when=_NETWORK, group=_NETWORK_GROUP)
    network_role: Mapped[str] = f.text(N_("Our role"), when=_NETWORK, group=_NETWORK_GROUP)
    network_benefit: Mapped[str] = f.long_text(N_("Benefit received"), when=_NETWORK, group=_NETWORK_GROUP)
    network_hours: Mapped[Decimal | None] = f.number(
        N_("Staff hours a year"), unit=N_("hours"), when=_NETWORK, group=_NETWORK_GROUP
    )
