"""Title page and table of contents as elements."""

from __future__ import annotations

from cityplanner.reports.blocks import Briefing, Text, plain
from cityplanner.reports.pdf.flow import Element
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.picture_element import place_picture, seal_size
from cityplanner.reports.pdf.setting import Setting, base_line, block
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.pdf.text import lines, natural_width, single_line
from cityplanner.reports.pictures import raster
from cityplanner.reports.theme import TYPES
from cityplanner.reports.words import clipped

INDENT = 14.0
NUMBER = 34.0
LONGEST = 240
SEAL = 84.0


class ContentsLine(Element):
    """One heading with its page number, all of it a link."""

    def __init__(self, setting: Setting, words: Text, level: int, name: str, node: Node) -> None:
        self.setting, self.level, self.name = setting, level, name
        self.kind = TYPES["contents1" if level == 1 else "contents"]
        self.before, self.after = self.kind.before, self.kind.after
        self.node = node.child("TOCI").child("Link")
        self.block = block(setting, clipped(single_line(plain(words)), LONGEST) + " ", self.kind, self.node)
        self._width = -1.0

    def _lay(self, width: float) -> None:
        if width != self._width:
            room = width - INDENT * (self.level - 1) - NUMBER
            self.block.lines = lines(self.block.spans, room, self.setting.right_to_left)
            self._width = width

    def height(self, width: float) -> float:
        """Lines times leading."""
        self._lay(width)
        return len(self.block.lines) * self.kind.leading

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """The heading, a dotted leader, the page number at the far edge."""
        self._lay(width)
        right = self.setting.right_to_left
        indent = INDENT * (self.level - 1)
        self.block.draw(paper, x + (NUMBER if right else indent), top)
        y = base_line(self.kind, top) - self.kind.leading * (len(self.block.lines) - 1)
        number = self.setting.language.number(paper.places.get(self.name, 0))
        spans = self.setting.spans(number, TYPES["contents"])
        wide = natural_width(spans, right)
        self.node.says = self.block.text + number
        with paper.region(self.node):
            line = lines(spans, NUMBER, right, "end")[0]
            paper.write(line, x if right else x + width - NUMBER, y)
        self._leader(paper, x, y, width, wide, indent + self.block.lines[-1].width)
        box = (x, y - 4, x + width, y - 4 + self.height(width))
        paper.link(box, f"#{self.name}", single_line(self.block.text), self.node)

    def _leader(self, paper: Paper, x: float, y: float, width: float, number: float, used: float) -> None:
        start, end = used + 6, width - number - 6
        if end - start < 12:
            return
        ends = (x + width - end, x + width - start) if self.setting.right_to_left else (x + start, x + end)
        with paper.region(None):
            paper.line(
                (ends[0], y + 0.6), (ends[1], y + 0.6), self.setting.theme.strong_rule, 0.5, (0.6, 3.2)
            )


class TitleElement(Element):
    """The title page: office above, title at the upper third, date and classification below it."""

    def __init__(self, setting: Setting, briefing: Briefing, note: Text, height: float, root: Node) -> None:
        self.setting = setting
        self._height = height
        self.seal = raster(briefing.seal) if briefing.seal else None
        self.seal_node = root.child("Figure", alt=briefing.seal_alt)
        theme_type = TYPES["display"]
        self.title = block(setting, briefing.title, theme_type, root.child("H1"))
        rows: list[tuple[str, Text]] = [("subtitle", briefing.subtitle)]
        self.below = [block(setting, words, TYPES[kind], root.child("P")) for kind, words in rows if words]
        self.office = block(setting, briefing.office, TYPES["callout"], root.child("P"), "accent")
        facts = (briefing.date_text or setting.language.date(briefing.date, "long"), briefing.classification)
        details = [("body", facts[0]), ("callout", facts[1]), ("small", note)]
        self.details = [
            block(setting, words, TYPES[kind], root.child("P")) for kind, words in details if words
        ]

    def height(self, width: float) -> float:
        """A whole page."""
        return self._height

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """From top to bottom, in reading order."""
        right = self.setting.right_to_left
        theme = self.setting.theme
        y = top
        if self.seal:
            size = seal_size(self.seal, SEAL)
            left = x + width - size[0] if right else x
            place_picture(paper, self.seal, self.seal_node, left, y - size[1], size)
            y -= size[1] + 10
        for part in (self.office, self.title, *self.below, *self.details):
            part.clip(width * (0.92 if part is self.title else 1), right)
        if self.office.text:
            self.office.draw(paper, x, y)
        y = top - self._height * 0.27
        with paper.region(None):
            paper.rectangle(x + width - 54 if right else x, y, 54, 4, theme.accent)
        y -= 20
        inset = width * 0.08 if right else 0.0
        self.title.draw(paper, x + inset, y)
        y -= len(self.title.lines) * self.title.kind.leading + 8
        for part in self.below:
            part.draw(paper, x, y)
            y -= len(part.lines) * part.kind.leading + 6
        y -= 22
        for part in self.details:
            part.draw(paper, x, y)
            y -= len(part.lines) * part.kind.leading + 4
