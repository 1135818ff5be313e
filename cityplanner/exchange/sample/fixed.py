"""Engagements of the sample that stand for themselves: briefings of the corps, joint days, missions, signings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cityplanner.exchange.sample import agreements
from cityplanner.exchange.sample.contacts import Held
from cityplanner.exchange.sample.data import FIRST_DAY, Row, document, initiatives
from cityplanner.exchange.sample.settings import HOME, Setting
from cityplanner.exchange.sample.story import Entry, secrecy
from cityplanner.model.engagement import Format, Mode, Sector
from cityplanner.model.partner import CONSULAR, PartnerKind

LIAISON = "Yusuf Abdikarim"
DIRECTOR = "Renata Holloway"
BRIEFING_HOUR = time(10, 0)
SIGNING_HOUR = time(11, 0)


def entries(rows: dict[str, Row], held: Sequence[Held]) -> list[Entry]:
    """All fixed engagements, in no order."""
    return [*_briefings(rows, held), *_others(rows, held), *_signings(rows, held)]


def _at(on: date, hour: time, zone: str) -> datetime:
    return datetime.combine(on, hour, ZoneInfo(zone)).astimezone(UTC)


def _present(held: Sequence[Held], partners: Sequence[str], on: date) -> tuple[Held, ...]:
    """The first contact of each partner who held a position on the day."""
    found = {}
    for key in partners:
        there = [one for one in held if one.partner == key and one.on(on)]
        if there:
            found[there[0].contact_id] = there[0]
    return tuple(found.values())


def _briefings(rows: dict[str, Row], held: Sequence[Held]) -> Iterator[Entry]:
    posts = [key for key, row in rows.items() if PartnerKind(row["kind"]) in CONSULAR]
    for number, (on, title, purpose, decisions, result) in enumerate(document("events.yaml")["briefings"]):
        silent = {
            key for key in posts if rows[key]["silent_since"] and on.isoformat() > rows[key]["silent_since"]
        }
        there = tuple(key for place, key in enumerate(posts) if key not in silent and (place + number) % 6)
        contacts = _present(held, there, on)
        yield Entry(
            on=on,
            title=title,
            setting=Setting(
                Format.BRIEFING,
                Mode.HYBRID if number % 3 == 0 else Mode.IN_PERSON,
                _at(on, BRIEFING_HOUR, HOME),
                HOME,
                90,
                "City Hall, room 310",
                len(there) + 6,
                4 if number % 3 == 0 else None,
            ),
            sector=Sector.MUNICIPAL,
            partners=there,
            initiatives=("LO-01",),
            contacts=contacts,
            staff=(LIAISON, "Celeste Navarro-Pike"),
            sensitivity=secrecy(rows, there),
            purpose=purpose,
            decisions=decisions,
            result=result,
            places={"subject": title.split(": ", 1)[1], "staff": "Abdikarim"},
        )


def _others(rows: dict[str, Row], held: Sequence[Held]) -> Iterator[Entry]:
    leads = {row["code"]: row for row in initiatives()}
    for event in document("events.yaml")["others"]:
        on, zone = event["day"], event.get("zone", HOME)
        first = leads[event["initiatives"][0]]
        there = tuple(event["partners"])
        yield Entry(
            on=on,
            title=event["title"],
            setting=Setting(
                Format[event["format"]],
                Mode[event["mode"]],
                _at(on, time.fromisoformat(event["at"]), zone),
                zone,
                event["minutes"],
                event["place"],
                event.get("in_person"),
                event.get("online"),
            ),
            sector=Sector[event.get("sector", first["sector"])],
            partners=there,
            initiatives=tuple(event["initiatives"]),
            contacts=_present(held, there, on),
            staff=(first["lead"],),
            sensitivity=secrecy(rows, there),
            purpose=event["purpose"],
            decisions=event["decisions"],
            result=event["result"],
            places={"staff": first["lead"].split()[-1]},
        )


def _signings(rows: dict[str, Row], held: Sequence[Held]) -> Iterator[Entry]:
    """A signing for each agreement whose full date lies in the log's years, and for each renewal."""
    for row in agreements.rows():
        signed = _signed(row)
        if signed is None:
            continue
        on, verb = signed
        there = tuple(row["with"])
        served = tuple(one["code"] for one in initiatives() if row["key"] in one["agreements"])[:1]
        contacts = _present(held, there, on)
        name = row["title"][:1].lower() + row["title"][1:]
        yield Entry(
            on=on,
            title=f"{verb} of the {name}",
            setting=Setting(
                Format.SIGNING,
                Mode.HYBRID,
                _at(on, SIGNING_HOUR, HOME),
                HOME,
                60,
                "City Hall, mayor's parlor",
                24,
                12,
            ),
            sector=Sector.MUNICIPAL,
            partners=there,
            initiatives=served,
            contacts=contacts,
            staff=(DIRECTOR, "Celeste Navarro-Pike"),
            sensitivity=secrecy(rows, there),
            purpose=f"Sign the {name}. {row['summary']}",
            decisions="Both sides name the person who answers for each deliverable.",
            result="Signed in two copies. The text is in the register of agreements.",
            places={"subject": f"the {name}", "staff": "Holloway"},
        )


def _signed(row: dict[str, Any]) -> tuple[date, str] | None:
    """When an agreement was signed or renewed within the log's years."""
    texts = ((row.get("signed"), "Signing"), (row.get("force"), "Renewal"))
    for text, verb in texts:
        if verb == "Renewal" and row["status"] != "RENEWED":
            continue
        if text and len(text) == 10 and date.fromisoformat(text) >= FIRST_DAY:
            return date.fromisoformat(text), verb
    return None
