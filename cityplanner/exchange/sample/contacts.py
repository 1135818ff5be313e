"""The sample's contacts with their dated positions, and who stood where on a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from cityplanner.exchange.sample import partners
from cityplanner.exchange.sample.data import Row, day, table
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.addressing import addressed
from cityplanner.model.contact import Contact, Position
from cityplanner.model.partner import CONSULAR, Partner, PartnerKind

PLAIN_FORMS = frozenset({"Mr.", "Ms.", "Dr.", "Prof."})
_FOLDED = str.maketrans("đĐłŁøØıðÞþŞş", "dDlLoOidTtSs")
_DIAL = {
    "AE": "971", "AR": "54", "AU": "6135550", "BR": "55", "CA": "1604555", "CH": "41", "CL": "56", "CN": "86",
    "CO": "57", "DE": "493023125", "DK": "45", "EE": "372", "ES": "34", "ET": "251", "FI": "358", "GB": "442079460",
    "GH": "233", "GR": "30", "IE": "35320910", "IL": "972", "IN": "91", "IS": "354", "IT": "39", "JO": "962",
    "JP": "81", "KE": "254", "KR": "82", "LK": "94", "MA": "212", "MX": "52", "MY": "60", "NL": "31", "NO": "47",
    "NZ": "64", "PA": "507", "PE": "51", "PH": "63", "PL": "48", "PT": "351", "RW": "250", "SE": "468465004",
    "SG": "65", "SN": "221", "SV": "503", "TH": "66", "TW": "886", "UA": "380", "UY": "598", "VN": "84", "ZA": "27",
}  # fmt: skip
"""Dialing codes, with the range set aside for fiction where a country has one."""


@dataclass(frozen=True, slots=True)
class Held:
    """A position as the log needs it: who, where, from when to when, and how one speaks of the person."""

    contact_id: int
    partner: str
    spoken: str
    starts_on: date
    ends_on: date | None
    writable: bool

    def on(self, when: date) -> bool:
        """Whether the position was held on a day."""
        return self.starts_on <= when and (self.ends_on is None or when <= self.ends_on)


def write(writer: Writer) -> list[Held]:
    """Enter all contacts, then their positions; returns the positions for the log."""
    people: dict[str, list[Row]] = {}
    for row in table("contacts.csv"):
        people.setdefault(f"{row['given']} {row['family']}", []).append(row)
    known = partners.rows()
    with writer.plan.edit("Enter contacts") as edit:
        writer.keep(edit, [(name, _contact(writer, rows, known)) for name, rows in people.items()])
    with writer.plan.edit("Enter their positions") as edit:
        writer.insert(edit, [_position(writer, row, known) for row in table("contacts.csv")])
    partners.name_heads(writer, _heads(writer))
    return [_held(writer, row) for row in table("contacts.csv")]


def _heads(writer: Writer) -> Iterator[tuple[str, int]]:
    for row in table("contacts.csv"):
        if "head" in row["flags"]:
            yield row["key"], writer.id(Contact, f"{row['given']} {row['family']}")


def _contact(writer: Writer, rows: list[Row], known: dict[str, Row]) -> Contact:
    row, first = rows[-1], rows[0]
    return writer.new(
        Contact,
        given=row["given"],
        family=row["family"],
        own_name=row["own_name"],
        pronunciation=row["say"],
        address_form=row["form"],
        salutation=salutation(row["form"], row["family"]),
        email=address(row),
        other_emails=(address(first),) if first is not row else (),
        phone=phone(writer.random, _country(row, known)),
        country=_country(row, known),
        languages=tuple(row["languages"].split()),
        do_not_contact="dnc" in row["flags"],
        protocol=row["note"] if "dnc" not in row["flags"] else "",
        notes=row["note"] if "dnc" in row["flags"] else "",
    )


def _country(row: Row, known: dict[str, Row]) -> str:
    """Where a person is from: the sending state at a career post, else where the partner is."""
    if PartnerKind(known[row["key"]]["kind"]) is PartnerKind.CONSULATE:
        return next(post["sending_state"] for post in table("posts.csv") if post["key"] == row["key"])
    return known[row["key"]]["country"]


def _position(writer: Writer, row: Row, known: dict[str, Row]) -> Position:
    consular = PartnerKind(known[row["key"]]["kind"]) in CONSULAR
    rank = next((r for r in ("Consul General", "Vice Consul", "Consul") if r in row["title"]), "")
    return writer.new(
        Position,
        contact_id=writer.id(Contact, f"{row['given']} {row['family']}"),
        partner_id=writer.id(Partner, row["key"]),
        title=row["title"],
        rank=rank.lower() if consular else "",
        starts_on=day(row["since"]),
        ends_on=day(row["until"]),
        email=address(row),
        successor_id=_successor(writer, row),
    )


def _successor(writer: Writer, row: Row) -> int | None:
    """Who holds the same title at the same partner after a position ended."""
    for other in table("contacts.csv"):
        same = other["key"] == row["key"] and other["title"] == row["title"]
        if same and row["until"] and other["since"] >= row["until"]:
            return writer.id(Contact, f"{other['given']} {other['family']}")
    return None


def _held(writer: Writer, row: Row) -> Held:
    return Held(
        contact_id=writer.id(Contact, f"{row['given']} {row['family']}"),
        partner=row["key"],
        spoken=spoken(row["form"], row["family"]),
        starts_on=date.fromisoformat(row["since"]),
        ends_on=day(row["until"]),
        writable="dnc" not in row["flags"],
    )


def spoken(form: str, family: str) -> str:
    """How a note speaks of a person: `Ms. Nishide`, `Consul General Asakura`, `Mayor Morishita`."""
    title = form if form in PLAIN_FORMS else form.removeprefix("Mr. ").removeprefix("Madam ")
    return f"{title} {family}"


def salutation(form: str, family: str) -> str:
    """How a letter begins: `Dear Ms. Nishide:`, `Dear Mr. Mayor:`, `Dear Consul General Asakura:`."""
    return f"Dear {addressed(form, family)}:"


def address(row: Row) -> str:
    """An e-mail address below the domain that is set aside for examples."""
    given, family = (_ascii(row[name]) for name in ("given", "family"))
    return f"{given}.{family}@{row['key']}.example"


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_FOLDED))
    return "".join(letter for letter in plain.lower() if letter.isascii() and letter.isalnum())


def phone(random: Random, country: str) -> str:
    """A number in E.164, in a range set aside for fiction where there is one."""
    if country == "US":
        return f"+1{random.choice(('253', '360', '564'))}55501{random.randrange(100):02d}"
    code = _DIAL[country]
    if len(code) > 3:
        return f"+{code}{random.randrange(10**3 if code == '493023125' else 10**4):04d}"[:15]
    return f"+{code}5550{random.randrange(10**5):05d}"
