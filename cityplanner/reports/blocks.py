"""What a briefing is made of: words, tables, figures; no millimetres, no fonts, no PDF.

Every text is plain text: nothing in it is mark-up. A block that would print badly or read wrongly
(a skipped heading level, a figure without words, an uneven table) can't be made: `BlockError`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cityplanner.reports.charts import Chart, Tone
from cityplanner.reports.words import BlockError as BlockError
from cityplanner.reports.words import Run as Run
from cityplanner.reports.words import Text as Text
from cityplanner.reports.words import bold as bold
from cityplanner.reports.words import plain as plain
from cityplanner.reports.words import require
from cityplanner.reports.words import runs as runs

Align = Literal["start", "center", "end"]
Scope = Literal["Row", "Column", "Both"]
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
class Column:
    """A table column: its heading, relative width, and `end` alignment for numbers."""

    heading: Text
    width: float = 1.0
    align: Align = "start"

    def __post_init__(self) -> None:
        require(self.width > 0, "a column needs a width above nought")


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that needs more than its words: spans, a header's scope, an alignment of its own."""

    text: Text
    columns: int = 1
    rows: int = 1
    header: bool = False
    scope: Scope | None = None
    align: Align | None = None

    def __post_init__(self) -> None:
        require(self.columns >= 1 and self.rows >= 1, "a cell spans at least one row and column")


Row = Sequence[Cell | Text]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that knows its header cells.

    Without `head` the columns' headings make the one head row. The first `row_headers` cells of each row
    are headers too. A cell spanning rows leaves its place out of the rows below. Without rows `empty` is
    printed instead.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: Text = ""
    head: Sequence[Row] = ()
    row_headers: int = 0
    total: Row | None = None
    empty: Text = ""
    id: str = ""

    def __post_init__(self) -> None:
        require(bool(self.columns), "a table needs columns")
        require(0 <= self.row_headers <= len(self.columns), "more row headers than columns")
        headings = [plain(c.heading).strip() for c in self.columns]
        require(bool(self.head) or all(headings), "each column needs a heading")
        for part, name in (
            (self.head, "head"),
            (self.rows, "body"),
            ([self.total] if self.total else [], "total"),
        ):
            place(part, len(self.columns), name)

    def head_rows(self) -> Sequence[Row]:
        """The rows repeated at the top of every page."""
        return self.head or [[Cell(column.heading) for column in self.columns]]


def as_cell(value: Cell | Text) -> Cell:
    """A cell from whatever a row may hold."""
    return value if isinstance(value, Cell) else Cell(value)


def place(rows: Sequence[Row], width: int, name: str = "table") -> list[list[tuple[int, Cell]]]:
    """Each row's own cells with their column, spans resolved; raises `BlockError` when uneven."""
    open_until = [0] * width
    placed: list[list[tuple[int, Cell]]] = []
    for number, row in enumerate(rows):
        column, cells = 0, []
        for cell in map(as_cell, row):
            while column < width and open_until[column] > number:
                column += 1
            end = column + cell.columns
            taken = end > width or any(open_until[c] > number for c in range(column, end))
            require(not taken, f"row {number + 1} of the {name} has too many cells for {width} columns")
            require(
                number + cell.rows <= len(rows),
                f"a cell in row {number + 1} of the {name} spans past its end",
            )
            open_until[column:end] = [number + cell.rows] * cell.columns
            cells.append((column, cell))
            column = end
        missing = sum(until <= number for until in open_until)
        require(
            not missing, f"row {number + 1} of the {name} has {missing} cells too few for {width} columns"
        )
        placed.append(cells)
    return placed


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
    ids = [name for block in flatten(blocks) for name in _ids(block) if name]
    twice = {name for name in ids if ids.count(name) > 1} if len(set(ids)) < len(ids) else set()
    require(not twice, f"used twice as an id: {', '.join(sorted(twice))}")
    known = set(ids)
    for block in flatten(blocks):
        for run in block_runs(block):
            missing = run.link.startswith("#") and run.link[1:] not in known
            require(not missing, f"a link points to {run.link}, which isn't in the briefing")


def _ids(block: Block) -> Iterator[str]:
    if isinstance(block, Heading | Paragraph | Table | Figure | Picture):
        yield block.id
    elif isinstance(block, ListBlock):
        for item in block.entries():
            yield item.id
            if item.below:
                yield from _ids(item.below)
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
