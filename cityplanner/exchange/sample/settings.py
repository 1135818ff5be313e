"""How the sample's engagements took place: format, mode, hour, place and number of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from cityplanner.exchange.sample.data import Row, document
from cityplanner.exchange.sample.words import capital, is_clause
from cityplanner.model.engagement import Format, Mode
from cityplanner.model.partner import CONSULAR, PartnerKind, Sensitivity

K = TypeVar("K", Format, Mode)
HOME = "America/Los_Angeles"
_ABROAD: dict[Format, int] = {
    Format.MEETING: 30,
    Format.CONSULTATION: 14,
    Format.WORKSHOP: 15,
    Format.INBOUND: 14,
    Format.OUTBOUND: 5,
    Format.STUDY: 6,
    Format.SITE: 3,
    Format.CEREMONY: 2,
    Format.EXCHANGE: 9,
    Format.CONFERENCE: 4,
    Format.COURTESY: 4,
}
_AT_HOME: dict[Format, int] = {
    Format.MEETING: 48,
    Format.CONSULTATION: 18,
    Format.WORKSHOP: 14,
    Format.SITE: 11,
    Format.CEREMONY: 4,
}
_POST: dict[Format, int] = {
    Format.MEETING: 38,
    Format.CONSULTATION: 26,
    Format.COURTESY: 14,
    Format.BRIEFING: 10,
    Format.SITE: 6,
    Format.CEREMONY: 6,
}
_BY_KIND: dict[PartnerKind, dict[Format, int]] = {
    PartnerKind.NETWORK: {Format.MEETING: 30, Format.WORKSHOP: 25, Format.CONFERENCE: 30, Format.STUDY: 6},
    PartnerKind.MULTILATERAL: {Format.MEETING: 40, Format.CONSULTATION: 25, Format.CONFERENCE: 25},
    PartnerKind.MEDIA: {Format.PUBLICATION: 60, Format.MEETING: 40},
    PartnerKind.ASSOCIATION: {
        Format.MEETING: 50,
        Format.CEREMONY: 14,
        Format.WORKSHOP: 16,
        Format.EXCHANGE: 12,
    },
    **dict.fromkeys((*CONSULAR, PartnerKind.EMBASSY), _POST),
}
_TALKS = (
    Format.MEETING,
    Format.CONSULTATION,
    Format.WORKSHOP,
    Format.CONFERENCE,
    Format.COURTESY,
    Format.BRIEFING,
    Format.PUBLICATION,
)
_GUARDED: dict[Format, int] = {
    Format.MEETING: 55,
    Format.CONSULTATION: 25,
    Format.WORKSHOP: 18,
    Format.INBOUND: 2,
}
_TANGIBLE_THEMES = ("EMERGENCY", "LOCAL", "NETWORKS", "CULTURE")
_TANGIBLE_CODES = ("EQ-02", "EQ-03")
_FESTIVE_THEME, _FESTIVE_CODES = "CULTURE", ("NP-03", "LO-05", "EQ-02")
_JOURNEYS = (Format.OUTBOUND, Format.STUDY)
_PRESENT = (Format.INBOUND, Format.OUTBOUND, Format.STUDY, Format.EXCHANGE, Format.COURTESY)
_MODES: dict[bool, dict[Mode, int]] = {
    True: {Mode.VIRTUAL: 60, Mode.PHONE: 16, Mode.EMAIL: 9, Mode.IN_PERSON: 8, Mode.HYBRID: 7},
    False: {Mode.IN_PERSON: 62, Mode.VIRTUAL: 14, Mode.PHONE: 12, Mode.EMAIL: 5, Mode.HYBRID: 7},
}
_BIG: dict[Format, range] = {
    Format.WORKSHOP: range(9, 34),
    Format.CONFERENCE: range(30, 180),
    Format.CEREMONY: range(35, 220),
    Format.INBOUND: range(7, 24),
    Format.EXCHANGE: range(8, 26),
    Format.OUTBOUND: range(4, 12),
    Format.STUDY: range(4, 10),
    Format.BRIEFING: range(12, 46),
    Format.SITE: range(5, 16),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Format, mode, beginning (UTC), zone, length, place and people of one engagement."""

    format: Format
    mode: Mode
    starts_at: datetime
    zone: str
    minutes: int
    place: str
    in_person: int | None
    online: int | None


def is_abroad(row: Row) -> bool:
    """Whether a partner sits in another country."""
    return row["country"] != "US"


def choose(random: Random, row: Row, initiative: dict[str, Any] | None, subject: str, on: date) -> Setting:
    """A fitting setting for a talk with a partner about a subject on a day."""
    abroad = is_abroad(row)
    talk = is_clause(subject) or not _is_tangible(initiative)
    kind = _format(random, row, abroad, talk, _is_festive(initiative))
    mode = _mode(random, kind, abroad and kind is not Format.SITE, _is_guarded(row))
    away = kind in _JOURNEYS or (
        kind is Format.CONFERENCE and abroad and mode in (Mode.IN_PERSON, Mode.HYBRID)
    )
    zone = row["zone"] if away else HOME
    here, there = people(random, kind, mode)
    return Setting(
        format=kind,
        mode=mode,
        starts_at=begin(random, on, zone, abroad and mode is not Mode.IN_PERSON, row["zone"]),
        zone=zone,
        minutes=random.choice(document("phrases.yaml")["formats"][kind.name]["minutes"])
        if mode not in (Mode.PHONE, Mode.EMAIL)
        else random.choice((15, 20, 25, 30)),
        place=_place(random, row, kind, mode, away),
        in_person=here,
        online=there,
    )


def _is_guarded(row: Row) -> bool:
    """Whether a partner abroad is one that nobody travels to at present."""
    return is_abroad(row) and row["sensitivity"] != Sensitivity.PUBLIC


def _is_tangible(initiative: dict[str, Any] | None) -> bool:
    """Whether there is something to see or to do together; rules and figures can only be talked about."""
    return initiative is not None and (
        initiative["theme"] in _TANGIBLE_THEMES or initiative["code"] in _TANGIBLE_CODES
    )


def _is_festive(initiative: dict[str, Any] | None) -> bool:
    """Whether an initiative is one that people hold ceremonies for."""
    return initiative is not None and (
        initiative["theme"] == _FESTIVE_THEME or initiative["code"] in _FESTIVE_CODES
    )


def _format(random: Random, row: Row, abroad: bool, talk: bool, festive: bool) -> Format:
    weights = _BY_KIND.get(PartnerKind(row["kind"]), _ABROAD if abroad else _AT_HOME)
    if _is_guarded(row):
        weights = _GUARDED
    if not festive:
        weights = {kind: weight for kind, weight in weights.items() if kind is not Format.CEREMONY}
    if talk:
        weights = {kind: weight for kind, weight in weights.items() if kind in _TALKS}
    return _draw(random, weights)


def _mode(random: Random, kind: Format, abroad: bool, guarded: bool) -> Mode:
    if guarded and kind in _TALKS:
        return _draw(random, {Mode.VIRTUAL: 70, Mode.PHONE: 16, Mode.EMAIL: 14})
    if kind in _PRESENT:
        return Mode.IN_PERSON
    if kind is Format.PUBLICATION:
        return random.choice((Mode.EMAIL, Mode.PHONE, Mode.EMAIL))
    if kind in (Format.CEREMONY, Format.SITE):
        return random.choice((Mode.IN_PERSON, Mode.IN_PERSON, Mode.HYBRID))
    if kind in (Format.WORKSHOP, Format.CONFERENCE, Format.BRIEFING):
        weights = (
            {Mode.VIRTUAL: 55, Mode.HYBRID: 25, Mode.IN_PERSON: 20}
            if abroad
            else {Mode.IN_PERSON: 60, Mode.HYBRID: 22, Mode.VIRTUAL: 18}
        )
        return _draw(random, weights)
    return _draw(random, _MODES[abroad])


def _draw(random: Random, weights: Mapping[K, int]) -> K:
    return random.choices(list(weights), list(weights.values()))[0]


def people(random: Random, kind: Format, mode: Mode) -> tuple[int | None, int | None]:
    """How many took part in person and online."""
    total = random.choice(_BIG.get(kind, range(3, 9)))
    if mode is Mode.IN_PERSON:
        return total, None
    if mode is Mode.HYBRID:
        online = max(2, total // 3)
        return total, online
    if mode is Mode.VIRTUAL:
        return None, total
    return None, None


def begin(random: Random, on: date, zone: str, distant: bool, other: str) -> datetime:
    """The beginning in UTC: office hours in the zone; for a distant partner an hour that suits both sides."""
    hours: tuple[int, ...] = (9, 10, 11, 13, 14, 15)
    if distant and zone == HOME:
        offset = ZoneInfo(other).utcoffset(datetime.combine(on, time(12)))
        east = offset.total_seconds() / 3600 if offset else 0
        hours = (16, 17, 17) if east >= 5 else (7, 8, 8, 9) if east >= -1 else (9, 10, 11, 13)
    local = datetime.combine(on, time(random.choice(hours), random.choice((0, 0, 0, 15, 30))), ZoneInfo(zone))
    return local.astimezone(UTC)


def _place(random: Random, row: Row, kind: Format, mode: Mode, away: bool) -> str:
    phrases = document("phrases.yaml")
    if mode not in (Mode.IN_PERSON, Mode.HYBRID):
        return ""
    if away:
        return row["city"]
    if kind is Format.COURTESY:
        return str(phrases["parlor"])
    if kind in _TALKS and not is_abroad(row) and random.random() < 0.4:
        return capital(row["short"])
    return str(random.choice(phrases["rooms" if kind in _TALKS else "halls"]))
