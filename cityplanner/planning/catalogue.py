"""The shipped catalog: two roundtables with their sections, items and links, read from YAML.

Whoever edits the files is told every fault at once, each with its file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cityplanner.base import paths
from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.model.roundtable import ItemKind, LinkKind, SectionKind, Support, Theme
from cityplanner.planning.marked_yaml import Entry, Fault, Reading

INDEX = "catalogue.yaml"
LONGEST_TITLE = 70
SENTENCES = range(2, 5)
ACTIONS = range(2, 6)
INDICATORS = range(1, 3)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class CatalogueIndicator:
    """A suggested way to measure an item, and the unit it is counted in."""

    measure: str
    unit: str

    def __str__(self) -> str:
        return f"{self.measure} ({self.unit})"


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """One thing a roundtable recorded, with what an office can do about it."""

    uid: UUID
    number: int
    code: str
    title: str
    kind: ItemKind
    support: Support
    theme: Theme
    text: str
    actions: tuple[str, ...]
    indicators: tuple[CatalogueIndicator, ...]


@dataclass(frozen=True, slots=True)
class CatalogueSection:
    """A takeaway or a question of a roundtable; `prompt` is what the question asked."""

    uid: UUID
    number: int
    kind: SectionKind
    title: str
    prompt: str
    items: tuple[CatalogueItem, ...]


@dataclass(frozen=True, slots=True)
class CatalogueRoundtable:
    """A roundtable; `source` is the title of its published summary, dates are as exact as known."""

    uid: UUID
    number: int
    title: str
    host: str
    held_on: str
    published_on: str | None
    source: str
    scope: str
    participants: int
    sections: tuple[CatalogueSection, ...]


@dataclass(frozen=True, slots=True)
class CatalogueLink:
    """How one item relates to another: `from_code` repeats, evolves or is in tension with `to_code`."""

    from_code: str
    to_code: str
    kind: LinkKind
    note: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is shipped, under one version number."""

    version: int
    released: str
    roundtables: tuple[CatalogueRoundtable, ...]
    links: tuple[CatalogueLink, ...]

    @property
    def items(self) -> tuple[CatalogueItem, ...]:
        """All items, by roundtable and section."""
        return _items(self.roundtables)


class CatalogueError(UserError):
    """The catalog cannot be used; `faults` names everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        count = current().plural("The catalog has {n} fault:", "The catalog has {n} faults:", len(faults))
        super().__init__("\n".join([count, *map(str, faults)]), _("Mend the lines named and try again."))
        self.faults = faults


def read_catalogue(folder: Path | None = None) -> Catalogue:
    """Read the catalog of a folder, by default the shipped one.

    Raises `CatalogueError` with every fault found in its files.
    """
    reading = Reading(folder or paths.resources() / "catalogue")
    found = [_catalogue(index) for index in reading.file(INDEX)]
    if faults := reading.faults():
        raise CatalogueError(faults)
    return found[0]


def _catalogue(index: Entry) -> Catalogue:
    version, released = index.whole("version"), index.date("released")
    roundtables = tuple(_roundtable(entry) for entry in index.files("roundtables"))
    codes = {item.code for item in _items(roundtables)} if index.is_sound("roundtables") else None
    links = tuple(_link(entry, codes) for entry in index.files("links"))
    return Catalogue(version, released, roundtables, links)


def _items(roundtables: tuple[CatalogueRoundtable, ...]) -> tuple[CatalogueItem, ...]:
    return tuple(item for table in roundtables for section in table.sections for item in section.items)


def _roundtable(entry: Entry) -> CatalogueRoundtable:
    number = entry.whole("number")
    entry.once("number", f"R{number}")
    return CatalogueRoundtable(
        uid=entry.uid("uid"),
        number=number,
        title=_title(entry),
        host=entry.text("host"),
        held_on=entry.date("held_on"),
        published_on=entry.date("published_on") if "published_on" in entry else None,
        source=entry.text("source"),
        scope=entry.text("scope"),
        participants=entry.whole("participants"),
        sections=tuple(_section(section, f"R{number}") for section in entry.entries("sections")),
    )


def _section(entry: Entry, roundtable: str) -> CatalogueSection:
    kind, number = entry.choice("kind", SectionKind), entry.whole("number")
    code = f"{roundtable}-{kind[0].upper()}{number}"
    entry.once("number", code)
    sound = entry.is_sound("kind") and entry.is_sound("number")
    asks = kind is SectionKind.QUESTION or "prompt" in entry
    return CatalogueSection(
        uid=entry.uid("uid"),
        number=number,
        kind=kind,
        title=_title(entry),
        prompt=entry.text("prompt") if asks else "",
        items=tuple(_item(item, code if sound else "") for item in entry.entries("items")),
    )


def _item(entry: Entry, section: str) -> CatalogueItem:
    kind, number = entry.choice("kind", ItemKind), entry.whole("number")
    suggests = kind is ItemKind.RECOMMENDATION and entry.is_sound("kind")
    indicators = entry.entries("indicators") if suggests or "indicators" in entry else []
    item = CatalogueItem(
        uid=entry.uid("uid"),
        number=number,
        code=entry.text("code"),
        title=_title(entry),
        kind=kind,
        support=entry.choice("support", Support),
        theme=entry.choice("theme", Theme),
        text=entry.text("text"),
        actions=entry.texts("actions") if suggests or "actions" in entry else (),
        indicators=tuple(CatalogueIndicator(each.text("measure"), each.text("unit")) for each in indicators),
    )
    _check(entry, item, f"{section}-{number:02d}" if section else item.code)
    return item


def _check(entry: Entry, item: CatalogueItem, code: str) -> None:
    """Note what no key shows alone: numbers given twice, a code off its scheme, too little or too much."""
    entry.once("number", _("item {n}").format(n=item.number))
    entry.once("code", item.code)
    if entry.is_sound("number") and entry.is_sound("code") and item.code != code:
        entry.fault("code", _("the code must be {code} here").format(code=code))
    _count(entry, "text", len(_SENTENCE_END.findall(item.text)), SENTENCES)
    _count(entry, "actions", len(item.actions), ACTIONS)
    _count(entry, "indicators", len(item.indicators), INDICATORS)


def _count(entry: Entry, key: str, found: int, allowed: range) -> None:
    if entry.is_sound(key) and found not in allowed:
        text = _("“{key}” needs {least} to {most} {parts}, not {n}")
        parts = _("sentences") if key == "text" else _("entries")
        entry.fault(key, text.format(key=key, least=allowed[0], most=allowed[-1], parts=parts, n=found))


def _title(entry: Entry) -> str:
    title = entry.text("title")
    if len(title) > LONGEST_TITLE:
        text = _("“title” has {n} characters; shorten it to {most}")
        entry.fault("title", text.format(n=len(title), most=LONGEST_TITLE))
    return title


def _link(entry: Entry, codes: set[str] | None) -> CatalogueLink:
    """Read a link; its ends are looked up unless `codes` is None because not every file could be read."""
    link = CatalogueLink(
        from_code=entry.text("from"),
        to_code=entry.text("to"),
        kind=entry.choice("kind", LinkKind),
        note=entry.text("note"),
    )
    for key, code in (("from", link.from_code), ("to", link.to_code)):
        if codes is not None and entry.is_sound(key) and code not in codes:
            entry.fault(key, _("there is no item “{code}”").format(code=code))
    if link.from_code and link.from_code == link.to_code:
        entry.fault("to", _("an item cannot be linked to itself"))
    if entry.is_sound("to"):
        entry.once("from", f"{link.kind}: {', '.join(sorted((link.from_code, link.to_code)))}")
    return link
