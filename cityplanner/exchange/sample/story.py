"""What the sample's engagements were about and what is noted of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from cityplanner.exchange.sample.contacts import Held
from cityplanner.exchange.sample.data import Row, document
from cityplanner.exchange.sample.schedule import Meeting, workday
from cityplanner.exchange.sample.settings import Setting, choose, is_abroad
from cityplanner.exchange.sample.words import Decks, day_words, fill, month_words
from cityplanner.model.engagement import Format, Mode, Sector
from cityplanner.model.partner import PartnerKind, Sensitivity

FEW = ("four", "five", "six", "seven", "eight")
MORE = ("nine", "ten", "eleven", "twelve")
GENERAL = "general"
NOTED = (Mode.PHONE, Mode.EMAIL)
_BY_MODE = {Mode.PHONE: "calls", Mode.EMAIL: "letters"}
_CALLS = (Format.MEETING, Format.CONSULTATION)
_OF_RESIDENTS = (PartnerKind.ASSOCIATION, PartnerKind.DIASPORA, PartnerKind.CULTURE)
_SECRECY = (Sensitivity.PUBLIC, Sensitivity.INTERNAL, Sensitivity.CONFIDENTIAL)
Places = dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One engagement as it goes into the log; `places` are the words it was told with."""

    on: date
    title: str
    setting: Setting
    sector: Sector | None
    partners: tuple[str, ...]
    initiatives: tuple[str, ...]
    contacts: tuple[Held, ...]
    staff: tuple[str, ...]
    sensitivity: Sensitivity
    purpose: str
    decisions: str
    result: str
    places: Places
    id: int = 0

    @property
    def starts_at(self) -> datetime:
        """When it began."""
        return self.setting.starts_at

    def numbered(self, number: int) -> Entry:
        """The same entry under its id in the plan."""
        return replace(self, id=number)


def secrecy(rows: dict[str, Row], partners: Sequence[str]) -> Sensitivity:
    """The strictest sensitivity among the partners."""
    found = [Sensitivity(rows[key]["sensitivity"]) for key in partners]
    return max(found, key=_SECRECY.index)


class Storyteller:
    """Tells one engagement after the other, and remembers what was said of a subject before."""

    def __init__(self, random: Random, rows: dict[str, Row], held: Sequence[Held]) -> None:
        self._random = random
        self._rows = rows
        self._held = held
        self._decks = Decks(random)
        self._told: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], date] = {}
        self._resulted: set[tuple[str, str]] = set()
        self._titles: set[str] = set()

    def tell(self, meeting: Meeting) -> Entry:
        """The log entry of a meeting."""
        row = self._rows[meeting.partners[0]]
        code = meeting.initiative["code"] if meeting.initiative else row["key"]
        subject, decision, result = self._subject(code, meeting.on, is_abroad(row))
        setting = choose(self._random, row, meeting.initiative, subject, meeting.on)
        contacts = self._contacts(meeting, setting)
        staff = self._staff(meeting, setting)
        places = self._places(meeting, row, subject, contacts, staff[0], code)
        fresh, due = self._spent(code, subject, result)
        self._last[code, subject] = self._last[code, row["key"]] = meeting.on
        return Entry(
            on=meeting.on,
            title=self._title(setting, places, meeting.on),
            setting=setting,
            sector=Sector[meeting.initiative["sector"]] if meeting.initiative else Sector.MUNICIPAL,
            partners=meeting.partners,
            initiatives=(code,) if meeting.initiative else (),
            contacts=contacts,
            staff=staff,
            sensitivity=secrecy(self._rows, meeting.partners),
            purpose=self._purpose(setting.format, places, row["key"]),
            decisions=self._decisions(setting, places, row, decision if fresh else ""),
            result=self._result(setting, places, row, result if due else ""),
            places=places,
        )

    def _subject(self, code: str, on: date, abroad: bool) -> tuple[str, str, str]:
        """The subject of an initiative that was talked about least, its decision, and its result if it has one."""
        subjects = document("subjects.yaml")
        timely = [
            one for one in map(_timed, subjects.get(code, subjects[GENERAL])) if one[3].get("since", on) <= on
        ]
        fitting = [one for one in timely if not (abroad and one[3].get("local"))] or timely
        known = [
            (subject, decision, result if times.get("result", on) <= on else "")
            for subject, decision, result, times in fitting
        ]
        least = min(self._told[code, one[0]] for one in known)
        return self._random.choice([one for one in known if self._told[code, one[0]] == least])

    def _spent(self, code: str, subject: str, result: str) -> tuple[bool, bool]:
        """Whether the subject's own decision, and its own result, are to be told now; each is told once."""
        fresh = self._told[code, subject] == 0
        due = not fresh and bool(result) and (code, subject) not in self._resulted
        self._told[code, subject] += 1
        if due:
            self._resulted.add((code, subject))
        return fresh, due

    def _contacts(self, meeting: Meeting, setting: Setting) -> tuple[Held, ...]:
        found: list[Held] = []
        for key in meeting.partners:
            there = [one for one in self._held if one.partner == key and one.on(meeting.on)]
            most = 1 if setting.mode in NOTED else 2 if key == meeting.partners[0] else 1
            found += self._random.sample(there, min(len(there), most))
        return tuple({one.contact_id: one for one in found}.values())

    def _staff(self, meeting: Meeting, setting: Setting) -> tuple[str, ...]:
        names = [one["who"] for one in document("budget.yaml")["staff"] if "who" in one]
        lead = meeting.initiative["lead"] if meeting.initiative else names[1]
        if setting.mode in NOTED or self._random.random() < 0.55:
            return (lead,)
        return (lead, self._random.choice([name for name in names if name != lead]))

    def _places(
        self,
        meeting: Meeting,
        row: Row,
        subject: str,
        contacts: Sequence[Held],
        lead: str,
        code: str,
    ) -> Places:
        coming = workday(meeting.on + timedelta(days=self._random.randrange(12, 60)))
        later = meeting.on + timedelta(days=self._random.randrange(60, 130))
        sector = meeting.initiative["sector"] if meeting.initiative else Sector.MUNICIPAL.name
        departments = [one for one in document("phrases.yaml")["departments"][sector] if one != row["short"]]
        previous = self._last.get((code, subject)) or self._last.get((code, row["key"]))
        known: dict[str, Any] = {
            "subject": subject,
            "partner": row["short"],
            "who": next((one.spoken for one in contacts if one.partner == row["key"]), None),
            "staff": lead.split()[-1],
            "initiative": f"“{meeting.initiative['title']}”" if meeting.initiative else None,
            "previous": day_words(previous, meeting.on) if previous and previous < meeting.on else None,
            "coming": day_words(coming, meeting.on),
            "month": month_words(later).split()[0],
            "place": row["city"],
            "department": self._random.choice(departments),
            "n": self._random.choice(FEW),
            "n2": self._random.choice(MORE),
        }
        return {name: text for name, text in known.items() if text is not None}

    def _title(self, setting: Setting, places: Places, on: date) -> str:
        phrases = document("phrases.yaml")
        patterns = phrases["formats"][setting.format.name]["titles"]
        if setting.format in _CALLS:
            patterns = phrases[_BY_MODE[setting.mode]] if setting.mode in NOTED else patterns
        name = f"{setting.format} {setting.mode in NOTED} {setting.mode}"
        title = fill(self._decks.draw(name, "title", patterns, places), places)
        if title in self._titles:
            title = f"{title}, {month_words(on)}"
        self._titles.add(title)
        return title

    def _purpose(self, kind: Format, places: Places, holder: str) -> str:
        patterns = document("phrases.yaml")["formats"][kind.name]["purposes"]
        told = [fill(self._decks.draw(holder, f"purpose {kind.name}", patterns, places), places)]
        if self._random.random() < 0.7:
            told.append(self._draw(holder, ["reasons"], places))
        return " ".join(told)

    def _decisions(self, setting: Setting, places: Places, row: Row, decision: str) -> str:
        told = [decision] if decision else []
        chance = self._random.random()
        wanted = 0 if setting.mode in NOTED and chance < 0.4 else 1 if chance < 0.6 else 2
        while len(told) < wanted:
            told.append(self._draw(row["key"], _pools("decisions", setting, row), places))
        return " ".join(told)

    def _result(self, setting: Setting, places: Places, row: Row, result: str) -> str:
        told = [result] if result else [self._draw(row["key"], _pools("results", setting, row), places)]
        if result and self._random.random() < 0.3:
            told.append(self._draw(row["key"], _pools("results", setting, row), places))
        return " ".join(told)

    def _draw(self, holder: str, names: Sequence[str], places: Places) -> str:
        patterns = [one for name in names for one in document("phrases.yaml")[name]]
        return fill(self._decks.draw(holder, " ".join(names), patterns, places), places)


def _pools(name: str, setting: Setting, row: Row) -> list[str]:
    """Which patterns fit: some only where people sat together, some only where residents did."""
    live = setting.mode not in NOTED
    people = live and PartnerKind(row["kind"]) in _OF_RESIDENTS
    wanted = {name: True, f"{name}_live": live, f"{name}_people": people}
    return [pool for pool, fits in wanted.items() if fits and pool in document("phrases.yaml")]


def _timed(one: list[Any]) -> tuple[str, str, str, dict[str, Any]]:
    """A subject with its decision and result, from when on they can be told, and whether it is a local matter."""
    subject, decision, result, *times = one
    return subject, decision, result, times[0] if times else {}
