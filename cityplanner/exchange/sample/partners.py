"""The sample's partners, in the groups an office would enter them in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cityplanner.exchange.sample.data import Row, cents, day, table
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.contact import Contact
from cityplanner.model.partner import (
    CONSULAR,
    ConsularRank,
    HeadStatus,
    Partner,
    PartnerKind,
    Sensitivity,
)

GROUPS: dict[str, tuple[PartnerKind, ...]] = {
    "Enter sister and peer cities": (PartnerKind.CITY, PartnerKind.REGION),
    "Enter the consular corps": (*CONSULAR, PartnerKind.EMBASSY, PartnerKind.GOVERNMENT),
    "Enter associations and communities": (PartnerKind.ASSOCIATION, PartnerKind.DIASPORA),
    "Enter networks and multilateral bodies": (PartnerKind.NETWORK, PartnerKind.MULTILATERAL),
    "Enter firms and trade bodies": (PartnerKind.BUSINESS, PartnerKind.TRADE, PartnerKind.PLATFORM),
    "Enter universities, culture and funders": (
        PartnerKind.UNIVERSITY,
        PartnerKind.CULTURE,
        PartnerKind.FUNDER,
    ),
    "Enter departments, federal offices and media": (
        PartnerKind.FEDERAL,
        PartnerKind.DEPARTMENT,
        PartnerKind.MEDIA,
    ),
}


def rows() -> dict[str, Row]:
    """The rows of all partners by key."""
    return {row["key"]: row for row in table("partners.csv")}


def write(writer: Writer) -> None:
    """Enter all partners, one change for each group."""
    for label, kinds in GROUPS.items():
        with writer.plan.edit(label) as edit:
            group = [row for row in table("partners.csv") if PartnerKind(row["kind"]) in kinds]
            writer.keep(edit, [(row["key"], _partner(writer, row)) for row in group])


def _partner(writer: Writer, row: Row) -> Partner:
    partner = writer.new(
        Partner,
        name=row["name"],
        own_name=row["own_name"],
        kind=PartnerKind(row["kind"]),
        country=row["country"],
        city=row["city"],
        latitude=Decimal(row["latitude"]),
        longitude=Decimal(row["longitude"]),
        zone=row["zone"],
        languages=tuple(row["languages"].split()),
        sensitivity=Sensitivity(row["sensitivity"]),
        website=f"https://www.{row['key']}.example",
        tags=tuple(filter(None, row["tags"].split("/"))),
        notes=row["notes"],
        keep_in_touch=int(row["days"]),
        contact_hours=Decimal(row["hours"]),
    )
    _network(partner, row["key"])
    _post(partner, row["key"])
    return partner


def _network(partner: Partner, key: str) -> None:
    for row in table("networks.csv"):
        if row["key"] == key:
            partner.dues = cents(int(row["dues"]))
            partner.network_role = row["role"]
            partner.network_benefit = row["benefit"]
            partner.network_hours = Decimal(row["hours"])


def _post(partner: Partner, key: str) -> None:
    for row in table("posts.csv"):
        if row["key"] == key:
            partner.sending_state = row["sending_state"]
            partner.consular_district = row["district"]
            partner.head_status = HeadStatus(row["status"])
            partner.head_rank = ConsularRank(row["rank"])
            partner.rank_since = day(row["rank_since"])
            partner.tenure_since = day(row["tenure_since"])
            partner.rotation_on = day(row["rotation_on"])


def name_heads(writer: Writer, heads: Iterator[tuple[str, int]]) -> None:
    """Enter who heads each consular post, by partner key and contact id."""
    with writer.plan.edit("Name the heads of post") as edit:
        for key, contact in heads:
            partner = edit.get(Partner, writer.id(Partner, key))
            if partner is not None and edit.get(Contact, contact) is not None:
                partner.head_id = contact
