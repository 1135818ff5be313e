"""A line such as "call with Nagoya consul tomorrow 10:00, send MoU draft by Friday" taken apart, by rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from cityplanner.exchange.capture.clock import find_length, find_time
from cityplanner.exchange.capture.days import find_days
from cityplanner.model.engagement import Format, Mode, Side

_FORMATS: tuple[tuple[str, Format | None, Mode | None], ...] = (
    (r"courtesy call", Format.COURTESY, Mode.IN_PERSON),
    (r"video ?(?:call|conference)|virtual meeting|zoom|teams|webex|online", None, Mode.VIRTUAL),
    (r"phone ?call|(?:tele)?phone|called|rang|call", None, Mode.PHONE),
    (r"e-?mailed|e-?mail", None, Mode.EMAIL),
    (r"hybrid", None, Mode.HYBRID),
    (r"consular briefing|briefing", Format.BRIEFING, None),
    (r"study (?:tour|visit)", Format.STUDY, None),
    (r"site visit", Format.SITE, None),
    (r"(?:inbound )?delegation", Format.INBOUND, None),
    (r"(?:outbound |trade )?mission", Format.OUTBOUND, None),
    (r"workshop", Format.WORKSHOP, None),
    (r"conference|summit|forum", Format.CONFERENCE, None),
    (r"signing", Format.SIGNING, None),
    (r"ceremony|reception|gala", Format.CEREMONY, None),
    (r"consultation", Format.CONSULTATION, None),
    (r"exchange", Format.EXCHANGE, None),
    (r"meeting|meet|met|lunch|dinner|breakfast|coffee|appointment|visited|visit", Format.MEETING, None),
)
_SPOKEN = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kind, mode) for words, kind, mode in _FORMATS
)
_TO_DO = re.compile(
    r"^(?:(?P<theirs>they(?:['’]ll| will)?|he will|she will)\s+"
    r"|(?:we(?:['’]ll| will)?|i(?:['’]ll| will)?|to|please|must|need to)\s+)*"
    r"(?P<verb>send|prepare|draft|share|forward|invite|confirm|provide|follow[- ]up|review|deliver|submit|write|"
    r"ask|arrange|book|circulate|check|get|reply|schedule|translate|update|report|return|sign|finali[sz]e|"
    r"call back|respond|propose|organi[sz]e|introduce|offer|supply|set up|thank|draw up|answer|bring|pay|order|"
    r"nominate|name)\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r"\s*(?:;|\.\s+|\n|,\s*(?:and\s+)?(?:then\s+)?|\s+and then\s+|\s+then\s+)\s*", re.IGNORECASE
)
_AND_TO_DO = re.compile(
    r"\s+and\s+(?=(?:to\s+|we\s+|they\s+)?(?:send|prepare|share|confirm|invite|follow up|submit)\b)",
    re.IGNORECASE,
)
_EDGES = " ,;:.-–—"
_DANGLING = re.compile(r"\s+(?:at|on|by|from|for|until|and|due|in)$|^(?:at|on|and|by)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something to be done, by whom and until when."""

    text: str
    side: Side
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; `title` is empty where it tells of no encounter."""

    title: str = ""
    format: Format | None = None
    mode: Mode | None = None
    day: date | None = None
    time: time | None = None
    minutes: int | None = None
    promises: tuple[Promise, ...] = ()

    @property
    def tells_of_encounter(self) -> bool:
        """Whether a format or a way of meeting is named."""
        return self.format is not None or self.mode is not None


def read_line(text: str, today: date, *, day_first: bool = False) -> Line:
    """Take a line apart; days without a year are the next ones from `today` on."""
    told: list[str] = []
    promises: list[Promise] = []
    for clause in _clauses(text, today, day_first):
        if _TO_DO.match(clause) and not (not told and _spoken(clause) and not _is_plainly_to_do(clause)):
            promises.append(_promise(clause, today, day_first))
        else:
            told.append(clause)
    said = ", ".join(told)
    days, at = find_days(said, today, day_first=day_first), find_time(said)
    length = find_length(said)
    format, mode = _spoken(said) or (None, None)
    spans = [(day.start, day.end) for day in days[:1]]
    spans += [(at.start, at.end)] if at else []
    spans += [length[1:]] if length else []
    return Line(
        title=_without(said, spans),
        format=format,
        mode=mode,
        day=days[0].day if days else None,
        time=at.time if at else None,
        minutes=(at.minutes if at else None) or (length[0] if length else None),
        promises=tuple(promise for promise in promises if promise.text),
    )


def _clauses(text: str, today: date, day_first: bool) -> list[str]:
    """The parts of a line; a comma inside a date (`March 3, 2027`) parts nothing."""
    flat = text.strip()
    for day in reversed(find_days(flat, today, day_first=day_first)):
        inside = flat[day.start : day.end].replace(",", " ")
        flat = flat[: day.start] + inside + flat[day.end :]
    parts = [piece for clause in _CLAUSES.split(flat) for piece in _AND_TO_DO.split(clause)]
    return [part.strip(_EDGES) for part in parts if part.strip(_EDGES)]


def _is_plainly_to_do(clause: str) -> bool:
    """`Send an e-mail` is to be done although it names an e-mail."""
    return clause.split()[0].lower() in (
        "send",
        "prepare",
        "write",
        "confirm",
        "arrange",
        "schedule",
        "book",
        "set",
    )


def _promise(clause: str, today: date, day_first: bool) -> Promise:
    match = _TO_DO.match(clause)
    side = Side.THEIRS if match and match["theirs"] else Side.OURS
    at = match.start("verb") if match else 0
    days = find_days(clause, today, day_first=day_first)
    due = next((day for day in days if day.is_due), days[-1] if days else None)
    spans = [(due.start, due.end)] if due else []
    text = _without(clause[at:], [(start - at, end - at) for start, end in spans if start >= at])
    return Promise(text, side, due.day if due else None)


def _spoken(text: str) -> tuple[Format | None, Mode | None] | None:
    """The format and the mode that the words of a text name; None where they name neither."""
    formats = [kind for pattern, kind, _mode in _SPOKEN if kind and pattern.search(text)]
    modes = [mode for pattern, _kind, mode in _SPOKEN if mode and pattern.search(text)]
    if not formats and not modes:
        return None
    return (formats[0] if formats else None), (modes[0] if modes else None)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """A text without the stretches that were read as days and times, begun with a capital letter."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    text = re.sub(r"\s+", " ", text).strip(_EDGES)
    before = None
    while before != text:
        before, text = text, _DANGLING.sub("", text).strip(_EDGES)
    text = re.sub(r"\s+([,;])", r"\1", text)
    return text[:1].upper() + text[1:]
