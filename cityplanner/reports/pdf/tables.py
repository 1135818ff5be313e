"""Tables on paper: columns wide enough for their words, rows over pages with the head repeated, spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cityplanner.base.language import N_
from cityplanner.reports.blocks import Cell, Row, Table, as_cell, place, plain
from cityplanner.reports.charts.description import Tone
from cityplanner.reports.pdf import text
from cityplanner.reports.pdf.flow import Element
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.setting import Block, Setting, block
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.theme import TYPES

PAD_X = 6.0
PAD_Y = 4.6
WIDEST_MINIMUM = 0.42
SHORT = 18
"""Up to so many characters a cell is better not broken: a date, an amount, a code."""
YIELDING = 0.6
"""The share of its width that a column keeps when short cells of others ask for more."""
SMALL = 220.0
"""Tables and rows up to this height stay on one page."""
LEAST = 60.0
"""The height of a higher row that stands at least with the head."""
MOST_BOLD = 60
NOTHING = N_("Nothing recorded.")
Kind = Literal["head", "body", "total"]


@dataclass(slots=True, eq=False)
class Placed:
    """A cell in its column, its words and how many of its lines belong to this row's part."""

    column: int
    cell: Cell
    block: Block

    def height(self) -> float:
        """The height of its lines and padding."""
        return max(1, len(self.block.lines)) * self.block.kind.leading + 2 * PAD_Y


@dataclass(slots=True, eq=False)
class LaidRow:
    """One row: its cells, its node, its height once known."""

    kind: Kind
    cells: list[Placed]
    node: Node
    height: float = 0.0
    joined: bool = False
    continued: bool = False


class TableElement(Element):
    """A table, or what is left of it on the next page."""

    def __init__(self, setting: Setting, table: Table, node: Node) -> None:
        self.setting, self.table, self.node = setting, table, node
        self.before, self.after = 4.0, 15.0
        self.names = (table.id,) if table.id else ()
        self._bold_headers = all(
            len(plain(as_cell(row[0]).text)) <= MOST_BOLD for row in table.rows if row and table.row_headers
        )
        self.head = self._rows(table.head_rows(), "head", node.child("THead"))
        body: Sequence[Row] = table.rows
        if not body:
            nothing = table.empty or setting.language.text(NOTHING)
            body = [[Cell(nothing, columns=len(table.columns), align="start")]]
        self.rows = self._rows(body, "body", node.child("TBody"))
        if table.total:
            self.rows += self._rows([table.total], "total", node.child("TFoot"))
        self.first = True
        self._width = -1.0
        self._edges: list[float] = []

    # building

    def _rows(self, rows: Sequence[Row], kind: Kind, parent: Node) -> list[LaidRow]:
        found = []
        open_until = 0
        for number, cells in enumerate(place(rows, len(self.table.columns))):
            node = parent.child("TR")
            laid = LaidRow(kind, [self._cell(column, cell, kind, node) for column, cell in cells], node)
            laid.joined = number < open_until
            open_until = max([open_until, *(number + cell.rows for _column, cell in cells)])
            found.append(laid)
        return found

    def _cell(self, column: int, cell: Cell, kind: Kind, parent: Node) -> Placed:
        empty = kind == "body" and not self.table.rows
        header = not empty and (kind == "head" or cell.header or column < self.table.row_headers)
        node = parent.child("TH" if header else "TD")
        if header:
            node.describe("Table", Scope=cell.scope or ("Column" if kind == "head" else "Row"))
        if cell.columns > 1:
            node.describe("Table", ColSpan=cell.columns)
        if cell.rows > 1:
            node.describe("Table", RowSpan=cell.rows)
        own = TYPES["head" if kind == "head" else "cell"]
        tone: Tone = "quiet" if empty else "plain"
        bold = kind == "total" or (header and kind == "body" and self._bold_headers)
        return Placed(column, cell, block(self.setting, cell.text, own, node, tone, bold=bold))

    # measuring

    def _lay(self, width: float) -> None:
        if width == self._width:
            return
        self._width = width
        self._edges = self.columns(width)
        for rows in (self.head, self.rows):
            for row in rows:
                for placed in row.cells:
                    self._break(placed, rows is self.head)
            self._heights(rows)

    def _break(self, placed: Placed, head: bool) -> None:
        cell = placed.cell
        room = self._edges[placed.column + cell.columns] - self._edges[placed.column] - 2 * PAD_X
        align = cell.align or self.table.columns[placed.column].align
        if head:
            placed.block.clip(room, self.setting.right_to_left, align)
        else:
            placed.block.lines = text.lines(placed.block.spans, room, self.setting.right_to_left, align)

    def columns(self, width: float) -> list[float]:
        """The columns' edges: shares of the width as asked, but wide enough for longest words and short cells."""
        asked = [column.width for column in self.table.columns]
        wide = [width * share / sum(asked) for share in asked]
        least, ease = [0.0] * len(asked), [0.0] * len(asked)
        most = max(width * WIDEST_MINIMUM, width / len(asked))
        for row in (*self.head, *self.rows):
            for placed in row.cells:
                if placed.cell.columns == 1:
                    at = placed.column
                    least[at] = max(least[at], self._longest_word(placed, most, wide[at]))
                    ease[at] = max(ease[at], self._short_cell(placed, row.kind))
        edges = [0.0]
        for one in _shared_out(width, wide, least, ease):
            edges.append(edges[-1] + one)
        return edges

    def _longest_word(self, placed: Placed, most: float, asked: float) -> float:
        """The width below which a word of the cell would be broken; a word that must be broken anyway asks none."""
        longest = text.widest_word(placed.block.spans, self.setting.right_to_left) + 2 * PAD_X + 0.5
        return longest if longest <= most else min(most, asked)

    def _short_cell(self, placed: Placed, kind: Kind) -> float:
        """The width in which a date, an amount or a code stands on one line; 0 for longer texts and heads."""
        words = plain(placed.cell.text)
        if kind == "head" or len(words) > SHORT or not any(map(str.isdigit, words)):
            return 0.0
        return text.natural_width(placed.block.spans, self.setting.right_to_left) + 2 * PAD_X + 0.5

    @staticmethod
    def _heights(rows: Sequence[LaidRow]) -> None:
        """Row heights; what a cell over several rows needs more goes to the last of them."""
        for row in rows:
            singles = [placed.height() for placed in row.cells if placed.cell.rows == 1]
            row.height = max(singles, default=TYPES["cell"].leading + 2 * PAD_Y)
        for number, row in enumerate(rows):
            for placed in row.cells:
                spanned = rows[number : number + placed.cell.rows]
                missing = placed.height() - sum(one.height for one in spanned)
                if missing > 0:
                    spanned[-1].height += missing

    def _head_height(self) -> float:
        return sum(row.height for row in self.head)

    def height(self, width: float) -> float:
        """Head and rows."""
        self._lay(width)
        return self._head_height() + sum(row.height for row in self.rows)

    def start(self, width: float) -> float:
        """Head and first two rows (or three lines of a very high one); all of a small table."""
        if self._small(width):
            return self.height(width)
        first = self._group(0)
        second = self._group(first) if first < len(self.rows) else first
        for end in (second, first):
            rows = sum(row.height for row in self.rows[:end])
            if rows <= SMALL:
                return self._head_height() + rows
        return self._head_height() + LEAST

    def _small(self, width: float) -> bool:
        return self.first and self.height(width) <= SMALL

    def _group(self, start: int) -> int:
        """The end of the rows joined by spanning cells from `start` on."""
        end = start + 1
        while end < len(self.rows) and self.rows[end].joined:
            end += 1
        return end

    # splitting

    def split(self, width: float, room: float) -> tuple[Element, Element] | None:
        """Between rows not joined by a cell; inside a row only when no page could hold it."""
        if self._small(width):
            return None
        free = room - self._head_height()
        fits = 0
        while fits < len(self.rows):
            end = self._group(fits)
            height = sum(row.height for row in self.rows[fits:end])
            if height > free + 0.01:
                break
            free -= height
            fits = end
        if fits and not (fits == len(self.rows) - 1 and self.rows[fits].kind == "total" and fits > 1):
            return self._part(self.rows[:fits]), self._part(self.rows[fits:], rest=True)
        if fits > 1:
            return self._part(self.rows[: fits - 1]), self._part(self.rows[fits - 1 :], rest=True)
        return self._split_rows(room)

    def _split_rows(self, room: float) -> tuple[Element, Element] | None:
        """Cut the first row (or the first rows joined by a cell) where the page ends."""
        group = self.rows[: self._group(0)]
        if sum(row.height for row in group) <= SMALL:
            return None
        free = room - self._head_height()
        if len(group) > 1:
            self._raise_first(group)
            fits = 0
            while fits < len(group) and group[fits].height <= free:
                free -= group[fits].height
                fits += 1
            if 0 < fits < len(self.rows):
                return self._part(self.rows[:fits]), self._part(self.rows[fits:], rest=True)
        cut = _cut(group[0], free)
        if cut is None:
            return None
        return self._part([cut[0]]), self._part([cut[1], *self.rows[1:]], rest=True)

    @staticmethod
    def _raise_first(group: Sequence[LaidRow]) -> None:
        """Make each row hold all its own cells, so that rows can be parted."""
        for row in group:
            row.height = max((placed.height() for placed in row.cells), default=row.height)
            row.joined = False

    def _part(self, rows: list[LaidRow], *, rest: bool = False) -> TableElement:
        part = TableElement.__new__(TableElement)
        part.__dict__.update(self.__dict__)
        part.rows = rows
        if rest:
            part.first, part.names = False, ()
        return part

    # drawing

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """Head (decoration when repeated), rows, rules."""
        self._lay(width)
        for name in self.names:
            paper.anchor(name, top)
        y = top
        for row in self.head:
            self._draw_row(paper, row, x, y, width, decoration=not self.first)
            y -= row.height
        theme = self.setting.theme
        with paper.region(None):
            paper.line((x, y), (x + width, y), theme.strong_rule, 0.9)
        for number, row in enumerate(self.rows):
            if row.kind == "total":
                with paper.region(None):
                    paper.rectangle(x, y - row.height, width, row.height, theme.panel)
                    paper.line((x, y), (x + width, y), theme.strong_rule, 0.9)
            self._draw_row(paper, row, x, y, width)
            y -= row.height
            self._rule_below(paper, number, x, y)
        with paper.region(None):
            paper.line((x, y), (x + width, y), theme.rule, 0.5)

    def _rule_below(self, paper: Paper, number: int, x: float, y: float) -> None:
        """A thin rule under the row, left out where a cell goes on into the next."""
        if number + 1 >= len(self.rows) or self.rows[number + 1].kind == "total":
            return
        with paper.region(None):
            following = self.rows[number + 1]
            if not following.joined:
                paper.line((x, y), (x + self._edges[-1], y), self.setting.theme.rule, 0.5)
                return
            for placed in following.cells:
                left, right = self._sides(placed, self._edges[-1])
                paper.line((x + left, y), (x + right, y), self.setting.theme.rule, 0.5)

    def _spanned(self, row: LaidRow, placed: Placed) -> float:
        """The height of the head rows a cell spans."""
        first = self.head.index(row)
        return sum(one.height for one in self.head[first : first + placed.cell.rows])

    def _rule_under(self, paper: Paper, left: float, right: float, x: float, y: float) -> None:
        with paper.region(None):
            ends = (x + left + PAD_X, x + right - PAD_X)
            paper.line((ends[0], y), (ends[1], y), self.setting.theme.rule, 0.5)

    def _sides(self, placed: Placed, width: float) -> tuple[float, float]:
        left, right = self._edges[placed.column], self._edges[placed.column + placed.cell.columns]
        return (width - right, width - left) if self.setting.right_to_left else (left, right)

    def _draw_row(
        self, paper: Paper, row: LaidRow, x: float, y: float, width: float, *, decoration: bool = False
    ) -> None:
        if not decoration:
            row.node.attach()
        for placed in row.cells:
            if not decoration:
                placed.block.node.attach()
            left, right = self._sides(placed, width)
            top = y - PAD_Y
            if row.kind == "head":
                height = self._spanned(row, placed)
                top = y - height + placed.height() - PAD_Y
                if placed.cell.columns > 1:
                    self._rule_under(paper, left, right, x, y - height)
            placed.block.draw(paper, x + left + PAD_X, top, decoration=decoration)


def _shared_out(width: float, wide: list[float], least: list[float], ease: list[float]) -> list[float]:
    """The widths asked for, raised to what words need and, where room is left, to what short cells need."""
    if sum(least) >= width:
        return _capped(width, least)
    easy = [max(low, short) for low, short in zip(least, ease, strict=True)]
    giving = [max(one, YIELDING * ask) for one, ask in zip(easy, wide, strict=True)]
    return _widened(wide, easy if sum(giving) <= width else least)


def _capped(width: float, least: list[float]) -> list[float]:
    """Where not all words fit, the columns with the longest ones give; the others keep theirs whole."""
    left = width
    for count, one in zip(range(len(least), 0, -1), sorted(least), strict=True):
        if one * count >= left:
            return [min(low, left / count) for low in least]
        left -= one
    return least


def _widened(wide: list[float], least: list[float]) -> list[float]:
    """Widths raised to their least, the others giving in proportion to what they can spare."""
    missing = sum(max(0.0, low - one) for one, low in zip(wide, least, strict=True))
    spare = sum(max(0.0, one - low) for one, low in zip(wide, least, strict=True))
    if not missing or not spare:
        return wide
    share = missing / spare
    return [low if one < low else one - (one - low) * share for one, low in zip(wide, least, strict=True)]


def _cut(row: LaidRow, free: float) -> tuple[LaidRow, LaidRow] | None:
    """A row in two, line by line; None when not even two lines fit. The rest has two lines at least."""
    leading = max(placed.block.kind.leading for placed in row.cells)
    lines = max(len(placed.block.lines) for placed in row.cells)
    count = min(int((free - 2 * PAD_Y) // leading), lines - 2)
    if count < 2:
        return None
    halves = []
    for part in (slice(None, count), slice(count, None)):
        cells = [
            Placed(one.column, replace(one.cell, rows=1), _lines_of(one.block, part)) for one in row.cells
        ]
        half = LaidRow(row.kind, cells, row.node, joined=False)
        half.height = max(one.height() for one in cells)
        halves.append(half)
    return halves[0], halves[1]


def _lines_of(whole: Block, part: slice) -> Block:
    return Block(whole.words, whole.kind, whole.spans, whole.node, whole.nodes, whole.lines[part])
