"""What a briefing is made of: words, tables, figures; no millimetres, no fonts, no PDF.

Every text is plain text: nothing in it is mark-up. A block that would print badly or read wrongly
(a skipped heading level, a figure without words, an uneven table) can't be made: `BlockError`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from cityplanner.reports.charts.description import Chart, Tone
from cityplanner.reports.table_blocks import Align as Align
from cityplanner.reports.table_blocks import Cell as Cell
from cityplanner.reports.table_blocks import Column as Column
from cityplanner.reports.table_blocks import Row as Row
from cityplanner.reports.table_blocks import Scope as Scope
from cityplanner.reports.table_blocks import Table as Table
from cityplanner.reports.table_blocks import as_cell as as_cell
from cityplanner.reports.table_blocks import place as place
from cityplanner.reports.words import BlockError as BlockError
from cityplanner.reports.words import Run as Run
from cityplanner.reports.words import Text as Text
from cityplanner.reports.words import bold as bold
from cityplanner.reports.words import plain as plain
from cityplanner.reports.words import require
from cityplanner.reports.words import runs as runs

MOST_LEVELS = 5


@dataclass(frozen=True, slots=True)
class TitlePage:
    """A page of its own with title, office, date and classification of the briefing."""

    note: Text = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 5 (the briefing's title stands above them)."""

    level: int
    text: Text
    id: str = ""

    def __post_init__(self) -> None:
        require(1 <= self.level <= MOST_LEVELS, f"no heading of level {self.level}")
        require(bool(plain(self.text).strip()), "a heading needs words")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` opens a section in larger type, `small` is for remarks."""

    text: Text
    style: Literal["body", "lead", "small"] = "body"
    language: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list, and the list below it if any."""

    text: Text
    below: ListBlock | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list with bullets or numbers; lists nest through `ListItem.below`. An empty one prints nothing."""

    items: Sequence[ListItem | Text]
    ordered: bool = False
    start: int = 1

    def entries(self) -> tuple[ListItem, ...]:
        """The items, each as a `ListItem`."""
        return tuple(item if isinstance(item, ListItem) else ListItem(item) for item in self.items)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure worth a card: what it is, how much, and what to make of it."""

    label: str
    value: str
    note: str = ""
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        require(bool(self.label.strip()) and bool(self.value.strip()), "a fact needs a label and a value")


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """The few figures the reader must see, as cards side by side (`columns` 0: as many as fit)."""

    facts: Sequence[Fact]
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with the words that stand for it, and its numbers as a table below if wanted."""

    chart: Chart
    alt: str
    caption: Text = ""
    data: Table | None = None
    id: str = ""

    def __post_init__(self) -> None:
        require(bool(self.alt.strip()), "a figure needs a text that says what it shows")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG with the words that stand for it; it takes at most `width` (a share) of the text's width.

    Its words come from whoever keeps the picture, so the check at export asks for them; `name` is what that
    person knows it by.
    """

    data: bytes = field(repr=False)
    alt: str
    caption: Text = ""
    width: float = 1.0
    name: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        require(0 < self.width <= 1, "a picture takes a share of the width between 0 and 1")


@dataclass(frozen=True, slots=True)
class CallOut:
    """A boxed remark; its title says in words what its colour hints at."""

    kind: Literal["note", "good", "caution", "bad"]
    title: str
    text: Text = ""

    def __post_init__(self) -> None:
        require(bool(self.title.strip()), "a call-out needs a title")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from; `id` lets a run point here with `#id`."""

    text: Text
    id: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbered list of sources."""

    entries: Sequence[Source]

    def number(self, source_id: str) -> int:
        """The printed number of a source; raises `BlockError` for one that isn't listed."""
        for number, entry in enumerate(self.entries, 1):
            if entry.id == source_id:
                return number
        raise BlockError(f"no source {source_id!r}")


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: headings down to `depth`, with page numbers."""

    depth: int = 2
    title: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts on a new page."""


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks that stay on one page if one page can hold them."""

    blocks: Sequence[Block]


Block = (
    TitlePage
    | Heading
    | Paragraph
    | ListBlock
    | KeyFacts
    | Table
    | Figure
    | Picture
    | CallOut
    | Sources
    | Contents
    | PageBreak
    | KeepTogether
)


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole document; `date` also dates the file, `accent` (#rrggbb) is the office's own colour.

    Without a `TitlePage` block the title heads the first page. `note` is printed in the footer of every page,
    for example by whom and from what the briefing was made. `seal` is the office's own, a PNG or JPEG.
    """

    title: str
    blocks: Sequence[Block]
    date: datetime.date
    language: str = "en"
    subtitle: str = ""
    office: str = ""
    classification: str = ""
    author: str = ""
    subject: str = ""
    keywords: Sequence[str] = ()
    note: str = ""
    accent: str = ""
    date_text: str = field(default="")
    seal: bytes | None = field(default=None, repr=False)
    seal_alt: str = ""

    def __post_init__(self) -> None:
        require(bool(self.title.strip()), "a briefing needs a title")
        require(bool(self.language.strip()), "a briefing needs a language")
        _check_headings(self.blocks)
        _check_links(self.blocks)


def flatten(blocks: Sequence[Block]) -> Iterator[Block]:
    """All blocks in reading order, those kept together one by one."""
    for block in blocks:
        if isinstance(block, KeepTogether):
            yield from flatten(block.blocks)
        else:
            yield block


def lowered(blocks: Iterable[Block], levels: int = 1) -> Iterator[Block]:
    """The same blocks with their headings so many levels deeper, to stand below another heading."""
    for block in blocks:
        if isinstance(block, Heading):
            yield replace(block, level=block.level + levels)
        elif isinstance(block, KeepTogether):
            yield KeepTogether(tuple(lowered(block.blocks, levels)))
        else:
            yield block


def _check_headings(blocks: Sequence[Block]) -> None:
    level = 0
    for block in flatten(blocks):
        if isinstance(block, Heading):
            skipped = block.level > level + 1
            require(not skipped, f"“{plain(block.text)}” has level {block.level} right after level {level}")
            level = block.level
    for place_, block in enumerate(flatten(blocks)):
        require(place_ == 0 or not isinstance(block, TitlePage), "a title page comes first")


def _check_links(blocks: Sequence[Block]) -> None:
    names = [name for block in flatten(blocks) for name in ids(block) if name]
    twice = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
    require(not twice, f"used twice as an id: {', '.join(sorted(twice))}")
    known = set(names)
    for block in flatten(blocks):
        for run in block_runs(block):
            missing = run.link.startswith("#") and run.link[1:] not in known
            require(not missing, f"a link points to {run.link}, which isn't in the briefing")


def ids(block: Block) -> Iterator[str]:
    """The places in a block that a link may lead to; some are empty."""
    if isinstance(block, Heading | Paragraph | Table | Figure | Picture):
        yield block.id
        if isinstance(block, Figure) and block.data:
            yield block.data.id
    elif isinstance(block, ListBlock):
        for item in block.entries():
            yield item.id
            if item.below:
                yield from ids(item.below)
    elif isinstance(block, Sources):
        yield from (entry.id for entry in block.entries)


def block_runs(block: Block) -> Iterator[Run]:
    """Every run in a block that may carry a link, in reading order."""
    if isinstance(block, Heading | Paragraph | CallOut):
        yield from runs(block.text)
    elif isinstance(block, TitlePage):
        yield from runs(block.note)
    elif isinstance(block, ListBlock):
        for item in block.entries():
            yield from runs(item.text)
            yield from block_runs(item.below) if item.below else ()
    elif isinstance(block, Table):
        yield from runs(block.caption)
        for row in (*block.head_rows(), *block.rows, *([block.total] if block.total else [])):
            for cell in row:
                yield from runs(as_cell(cell).text)
    elif isinstance(block, Figure):
        yield from runs(block.caption)
        yield from block_runs(block.data) if block.data else ()
    elif isinstance(block, Picture):
        yield from runs(block.caption)
    elif isinstance(block, Sources):
        for entry in block.entries:
            yield from runs(entry.text)
