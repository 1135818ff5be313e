"""Text set in a briefing's type: paragraphs, headings, list items and boxed remarks as elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cityplanner.base.language import Language, language
from cityplanner.reports.blocks import Align, Run, Text, runs
from cityplanner.reports.charts.description import Tone
from cityplanner.reports.pdf import text
from cityplanner.reports.pdf.flow import Element
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.pdf.text import Line, Manner, Spans
from cityplanner.reports.theme import Colour, Theme, Type

CAP_HEIGHT = 0.714
MOST_LINES = 12


@dataclass(slots=True)
class Setting:
    """What all texts of a briefing share: colours, language, direction."""

    theme: Theme
    language: Language
    right_to_left: bool

    def manner(self, kind: Type, tone: Tone = "plain", *, bold: bool = False) -> Manner:
        """The base manner of a type."""
        colour = self.theme.tone(tone if tone != "plain" else kind.tone)
        return Manner(kind.size, kind.bold or bold, False, colour, self.language.tag)

    def spans(self, words: Text, kind: Type, tone: Tone = "plain", *, bold: bool = False) -> Spans:
        """A text as spans in a type."""
        return self.run_spans(runs(words), kind, tone, bold=bold)

    def run_spans(self, parts: Sequence[Run], kind: Type, tone: Tone, *, bold: bool) -> Spans:
        """The runs of a text as spans in a type."""
        return text.spans_of(parts, self.manner(kind, tone, bold=bold), self._colour)

    def _colour(self, run: Run, base: Colour) -> Colour:
        if run.link and run.tone == "plain":
            return self.theme.accent
        return base if run.tone == "plain" else self.theme.tone(run.tone)

    def lines(
        self,
        words: Text,
        kind: Type,
        width: float,
        align: Align = "start",
        tone: Tone = "plain",
        bold: bool = False,
    ) -> list[Line]:
        """A text in lines."""
        return text.lines(self.spans(words, kind, tone, bold=bold), width, self.right_to_left, align)

    def width(self, words: Text, kind: Type, *, bold: bool = False) -> float:
        """The width of a text on one line."""
        return text.natural_width(self.spans(words, kind, bold=bold), self.right_to_left)

    def shortened(self, words: str, kind: Type, width: float) -> list[Line]:
        """A text cut to one line, with an ellipsis where it was longer."""
        found = self.lines(words, kind, width)
        if len(found) < 2:
            return found
        kept = found[0].text.rstrip()
        while kept and self.width(kept + "…", kind) > width:
            kept = kept[:-1].rstrip()
        return self.lines(kept + "…", kind, width)[:1]


def base_line(kind: Type, top: float) -> float:
    """Where the first base line of a text starting at `top` lies: capitals stand mid-way in their line."""
    return top - (kind.leading + CAP_HEIGHT * kind.size) / 2


def run_nodes(words: Sequence[Run], node: Node, base: str) -> list[Node]:
    """The node of each run: links and other languages have their own below the paragraph's."""
    found = []
    for run in words:
        own = node
        if run.language and language(run.language).tag != base:
            own = own.child("Span", language=run.language)
        if run.link:
            own = own.child("Link")
        found.append(own)
    return found


@dataclass(slots=True, eq=False)
class Block:
    """Words with their nodes, set in a type; what paragraphs, cells and cards are drawn from."""

    words: tuple[Run, ...]
    kind: Type
    spans: Spans
    node: Node
    nodes: list[Node]
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words without their manners."""
        return "".join(run.text for run in self.words)

    def expect(self) -> None:
        """Tell each run's node its words."""
        for node in self.nodes:
            node.says = ""
        for run, node in zip(self.words, self.nodes, strict=True):
            node.says = (node.says or "") + text.cleaned(run.text)

    def clip(self, width: float, right_to_left: bool, align: Align = "start") -> None:
        """Break into lines, at most `MOST_LINES`: for places that can't go on on the next page."""
        self.lines = text.lines(self.spans, width, right_to_left, align)
        self.expect()
        if len(self.lines) > MOST_LINES:
            kept = "".join(line.text for line in self.lines[:MOST_LINES]).rstrip()[:-1]
            manner = self.spans[0].manner
            self.lines = text.lines([text.Span(f"{kept}…", manner)], width, right_to_left, align)[:MOST_LINES]
            for node in self.nodes:
                node.says = ""
            self.nodes[manner.part].says = "".join(line.text for line in self.lines)

    def draw(self, paper: Paper, x: float, top: float, *, decoration: bool = False) -> None:
        """Draw the lines; as decoration (a repeated table head) they belong to no node."""
        y = base_line(self.kind, top)
        linked = any(run.link for run in self.words)
        with paper.region(None if decoration else self.node):
            for line in self.lines:
                paper.write(line, x, y, None if decoration else self.nodes)
                if linked and not decoration:
                    self._link(paper, line, x, y)
                y -= self.kind.leading

    def _link(self, paper: Paper, line: Line, x: float, y: float) -> None:
        for number, run in enumerate(self.words):
            items = [item for item in line.items if item.manner.part == number] if run.link else []
            if items:
                left, right = min(item.x for item in items), max(item.x + item.width for item in items)
                box = (x + left, y - 0.3 * self.kind.size, x + right, y + self.kind.size)
                paper.link(box, run.link, text.single_line(run.text) or run.link, self.nodes[number])


def block(
    setting: Setting, words: Text, kind: Type, node: Node, tone: Tone = "plain", *, bold: bool = False
) -> Block:
    """Words ready to be broken into lines."""
    parts = runs(words)
    spans = setting.run_spans(parts, kind, tone, bold=bold)
    found = Block(parts, kind, spans, node, run_nodes(parts, node, setting.language.tag))
    found.expect()
    return found


Label = tuple[str, Node]


class TextElement(Element):
    """A paragraph, heading or list item."""

    def __init__(
        self,
        setting: Setting,
        words: Text,
        kind: Type,
        node: Node,
        *,
        align: Align = "start",
        tone: Tone = "plain",
    ) -> None:
        self.setting = setting
        self.kind = kind
        self.before, self.after = kind.before, kind.after
        self.align: Align = align
        self.block = block(setting, words, kind, node, tone)
        self.indent = 0.0
        self.label: Label | None = None
        self.label_gap = 6.0
        self.bookmark: tuple[str, int] | None = None
        self.whole = False
        self._width = -1.0
        self._fixed: list[Line] | None = None

    def lines(self, width: float) -> list[Line]:
        """The lines at a width."""
        if self._fixed is not None:
            return self._fixed
        if width != self._width:
            room = width - self.indent
            self.block.lines = text.lines(self.block.spans, room, self.setting.right_to_left, self.align)
            self._width = width
        return self.block.lines

    def height(self, width: float) -> float:
        """Lines times leading."""
        return len(self.lines(width)) * self.kind.leading

    def start(self, width: float) -> float:
        """Two lines, or all of three."""
        count = len(self.lines(width))
        return (count if count <= 3 or self.whole else 2) * self.kind.leading

    def split(self, width: float, room: float) -> tuple[Element, Element] | None:
        """Between lines, never leaving one alone."""
        found = self.lines(width)
        fits = min(int((room + 0.01) // self.kind.leading), len(found) - 2)
        if fits < 2 or (self.whole and len(found) <= MOST_LINES):
            return None
        return self._part(found[:fits], True), self._part(found[fits:], False)

    def _part(self, found: list[Line], first: bool) -> TextElement:
        part = TextElement.__new__(TextElement)
        part.__dict__.update(self.__dict__)
        part._fixed = found
        own = self.block
        part.block = Block(own.words, own.kind, own.spans, own.node, own.nodes, found)
        if first:
            part.keep = False
        else:
            part.label, part.bookmark, part.names = None, None, ()
        return part

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """The label, then the lines; named places and bookmarks are set at the top."""
        self.lines(width)
        for name in self.names:
            paper.anchor(name, top + 6)
        if self.bookmark and self.names:
            paper.bookmark(self.bookmark[0], self.bookmark[1], self.names[0], top + 6)
        right = self.setting.right_to_left
        if self.label:
            words, node = self.label
            room = self.indent - self.label_gap
            line = self.setting.lines(words, self.kind, room, "end", "accent")[0]
            node.says = words
            with paper.region(node):
                paper.write(line, x + (width - room if right else 0), base_line(self.kind, top))
        self.block.draw(paper, x if right else x + self.indent, top)


class Rule(Element):
    """A horizontal rule; a short thick one marks the office's colour."""

    def __init__(
        self, setting: Setting, length: float = 0.0, weight: float = 0.6, after: float = 14.0
    ) -> None:
        self.setting, self.length, self.weight = setting, length, weight
        self.before, self.after = 6.0, after

    def height(self, width: float) -> float:
        """Its weight."""
        return self.weight

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """Decoration, in the accent colour when short."""
        theme = self.setting.theme
        length = self.length or width
        left = x + width - length if self.setting.right_to_left else x
        with paper.region(None):
            paper.rectangle(
                left, top - self.weight, length, self.weight, theme.accent if self.length else theme.rule
            )


class Panel(Element):
    """Elements on a tinted ground with a bar in the tone's colour at their start."""

    PAD = 11.0
    BAR = 3.0

    def __init__(self, setting: Setting, children: Sequence[Element], tone: Tone) -> None:
        self.setting, self.children, self.tone = setting, list(children), tone
        self.before, self.after = 8.0, 14.0

    def _inner(self, width: float) -> float:
        return width - 2 * self.PAD - self.BAR - 3

    def height(self, width: float) -> float:
        """The children and the padding."""
        inner = self._inner(width)
        gaps = sum(child.after for child in self.children[:-1])
        return sum(child.height(inner) for child in self.children) + gaps + 2 * self.PAD - 3

    def start(self, width: float) -> float:
        """The title and the start of the text."""
        inner = self._inner(width)
        first = self.children[:1]
        start = sum(c.height(inner) + c.after for c in first) + sum(
            c.start(inner) for c in self.children[1:2]
        )
        return start + 2 * self.PAD - 3

    def split(self, width: float, room: float) -> tuple[Element, Element] | None:
        """Inside the child that no longer fits."""
        inner, free = self._inner(width), room - 2 * self.PAD + 3
        head: list[Element] = []
        for place, child in enumerate(self.children):
            height = child.height(inner)
            if height <= free:
                head.append(child)
                free -= height + child.after
                continue
            parts = child.split(inner, free)
            if parts is None:
                return None
            tail = [parts[1], *self.children[place + 1 :]]
            return Panel(self.setting, [*head, parts[0]], self.tone), Panel(self.setting, tail, self.tone)
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """Ground and bar as decoration, then the children."""
        theme, height, right = self.setting.theme, self.height(width), self.setting.right_to_left
        with paper.region(None):
            paper.rectangle(x, top - height, width, height, theme.tint(self.tone))
            bar = x + width - self.BAR if right else x
            paper.rectangle(bar, top - height, self.BAR, height, theme.tone(self.tone))
        inner = self._inner(width)
        left = x + self.PAD + (0 if right else self.BAR + 3)
        y = top - self.PAD + 1.5
        for child in self.children:
            child.draw(paper, left, y, inner)
            y -= child.height(inner) + child.after
