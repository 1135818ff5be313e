"""Blocks turned into elements, each with its place in the document's structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cityplanner.base.language import N_, language
from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
    Contents,
    Figure,
    Heading,
    KeepTogether,
    KeyFacts,
    ListBlock,
    PageBreak,
    Paragraph,
    Picture,
    Sources,
    Table,
    Text,
    TitlePage,
    flatten,
    plain,
)
from cityplanner.reports.charts.description import Tone
from cityplanner.reports.charts.layout import parts
from cityplanner.reports.pdf.cards import Cards
from cityplanner.reports.pdf.chart_element import ChartElement
from cityplanner.reports.pdf.contents import LONGEST, ContentsLine, TitleElement
from cityplanner.reports.pdf.flow import Break, Element, Together
from cityplanner.reports.pdf.picture_element import SEAL, PictureElement
from cityplanner.reports.pdf.setting import Panel, Rule, Setting, TextElement
from cityplanner.reports.pdf.tables import TableElement
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.pdf.text import single_line
from cityplanner.reports.pictures import raster
from cityplanner.reports.theme import TYPES
from cityplanner.reports.words import clipped

CONTENTS = N_("Contents")
BULLETS = ("•", "–", "·")
LIST_INDENT = 17.0
HIGHEST_PICTURE = 0.72
TONES: dict[str, Tone] = {"note": "accent", "good": "good", "caution": "caution", "bad": "bad"}


class Composer:
    """The elements of one briefing, in order."""

    def __init__(self, briefing: Briefing, setting: Setting, root: Node, page_height: float) -> None:
        self.briefing, self.setting, self.root = briefing, setting, root
        self.page_height = page_height
        self.has_title_page = any(isinstance(block, TitlePage) for block in flatten(briefing.blocks))
        headings = [block for block in flatten(briefing.blocks) if isinstance(block, Heading)]
        self.headings = [(heading, f"heading {number}") for number, heading in enumerate(headings, 1)]
        self._next_heading = iter(self.headings)

    def elements(self) -> list[Element]:
        """Every element from the title to the last source."""
        found = [] if self.has_title_page else self._masthead()
        return found + self._all(self.briefing.blocks)

    def _all(self, blocks: Sequence[Block]) -> list[Element]:
        return [element for block in blocks for element in self._block(block)]

    def _masthead(self) -> list[Element]:
        own = self.briefing
        found: list[Element] = []
        if own.seal:
            node = self.root.child("Figure", alt=own.seal_alt)
            found.append(PictureElement(self.setting, raster(own.seal), node, highest=SEAL))
        if own.office:
            office = self._text(own.office, "callout", self.root.child("P"), "accent")
            office.after = 7.0
            found.append(office)
        title = self._text(own.title, "title", self.root.child("H1"))
        found.append(title)
        day = own.date_text or self.setting.language.date(own.date, "long")
        line = " · ".join(part for part in (day, own.classification) if part)
        for words, kind in ((own.subtitle, "subtitle"), (line, "small")):
            if words:
                found.append(self._text(words, kind, self.root.child("P")))
        return [*found, Rule(self.setting, 54.0, 3.0, 16.0)]

    def _text(self, words: Text, kind: str, node: Node, tone: Tone = "plain") -> TextElement:
        return TextElement(self.setting, words, TYPES[kind], node, tone=tone)

    def _block(self, block: Block) -> Iterator[Element]:
        if isinstance(block, Heading):
            yield self._heading(block)
        elif isinstance(block, Paragraph):
            yield self._paragraph(block)
        elif isinstance(block, ListBlock):
            yield from self._list(block, self.root, 0)
        elif isinstance(block, KeyFacts):
            if block.facts:
                node = self.root.child("L").describe("List", ListNumbering="None")
                yield Cards(self.setting, block.facts, node, block.columns)
        elif isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Figure):
            yield from self._figure(block)
        elif isinstance(block, Picture):
            yield from self._picture(block)
        elif isinstance(block, CallOut):
            yield self._call_out(block)
        elif isinstance(block, Sources):
            yield from self._sources(block)
        elif isinstance(block, Contents):
            yield from self._contents(block)
        elif isinstance(block, KeepTogether):
            yield Together(self._all(block.blocks))
        elif isinstance(block, TitlePage):
            yield TitleElement(self.setting, self.briefing, block.note, self.page_height, self.root)
            yield Break()
        elif isinstance(block, PageBreak):
            yield Break()

    def _heading(self, heading: Heading) -> Element:
        _heading, name = next(self._next_heading)
        element = self._text(heading.text, f"h{heading.level}", self.root.child(f"H{heading.level + 1}"))
        element.keep = element.whole = True
        element.names = (name, heading.id) if heading.id else (name,)
        element.bookmark = (clipped(single_line(plain(heading.text)), LONGEST), heading.level - 1)
        return element

    def _paragraph(self, paragraph: Paragraph) -> Element:
        node = self.root.child("P", language=paragraph.language)
        own = self.setting
        if paragraph.language:
            own = replace(own, language=language(paragraph.language))
        element = TextElement(own, paragraph.text, TYPES[paragraph.style], node)
        element.names = (paragraph.id,) if paragraph.id else ()
        return element

    def _list(self, block: ListBlock, parent: Node, depth: int) -> Iterator[Element]:
        if not block.items:
            return
        bullet = BULLETS[min(depth, len(BULLETS) - 1)]
        node = parent.child("L").describe("List", ListNumbering="Decimal" if block.ordered else "Disc")
        widest = len(str(block.start + len(block.items) - 1))
        for number, item in enumerate(block.entries(), block.start):
            label = f"{self.setting.language.number(number)}." if block.ordered else bullet
            entry = node.child("LI")
            label_node, body = entry.child("Lbl"), entry.child("LBody")
            element = self._text(item.text, "item", body)
            step = LIST_INDENT + (6.0 * (widest - 1) if block.ordered else 0.0)
            element.indent = LIST_INDENT * depth + step
            element.label = (label, label_node)
            element.names = (item.id,) if item.id else ()
            if number == block.start + len(block.items) - 1 and not item.below and depth == 0:
                element.after = TYPES["body"].after + 2
            yield element
            if item.below:
                yield from self._list(item.below, body, depth + 1)

    def _table(self, table: Table) -> Iterator[Element]:
        node = self.root.child("Table")
        if plain(table.caption):
            caption = self._text(table.caption, "caption", node.child("Caption"))
            caption.keep = True
            yield caption
        yield TableElement(self.setting, table, node)

    def _caption(self, block: Figure | Picture) -> Iterator[Element]:
        if plain(block.caption):
            caption = self._text(block.caption, "caption", self.root.child("P"))
            caption.keep = True
            caption.names = (block.id,) if block.id else ()
            yield caption

    def _picture(self, block: Picture) -> Iterator[Element]:
        yield from self._caption(block)
        node = self.root.child("Figure", alt=block.alt)
        highest = self.page_height * HIGHEST_PICTURE
        element = PictureElement(self.setting, raster(block.data), node, share=block.width, highest=highest)
        element.names = (block.id,) if block.id and not plain(block.caption) else ()
        yield element

    def _figure(self, figure: Figure) -> Iterator[Element]:
        charts = parts(figure.chart)
        yield from self._caption(figure)
        for number, chart in enumerate(charts, 1):
            count = f" ({number}/{len(charts)})" if len(charts) > 1 else ""
            element = ChartElement(self.setting, chart, self.root.child("Figure", alt=figure.alt + count))
            element.names = (figure.id,) if figure.id and number == 1 and not plain(figure.caption) else ()
            yield element
        if figure.data:
            yield from self._table(figure.data)

    def _call_out(self, block: CallOut) -> Element:
        node = self.root.child("Div")
        children: list[Element] = [self._text(block.title, "callout", node.child("P"), TONES[block.kind])]
        if plain(block.text):
            children.append(self._text(block.text, "body", node.child("P")))
        return Panel(self.setting, children, TONES[block.kind])

    def _sources(self, block: Sources) -> Iterator[Element]:
        if not block.entries:
            return
        node = self.root.child("L").describe("List", ListNumbering="Decimal")
        for number, entry in enumerate(block.entries, 1):
            item = node.child("LI")
            label = (f"{self.setting.language.number(number)}.", item.child("Lbl"))
            element = self._text(entry.text, "small", item.child("LBody"))
            element.indent, element.label = 16.0 + 5.0 * (len(str(len(block.entries))) - 1), label
            element.names = (entry.id,) if entry.id else ()
            element.after = 3.5
            yield element

    def _contents(self, block: Contents) -> Iterator[Element]:
        shown = [(heading, name) for heading, name in self.headings if heading.level <= block.depth]
        if not shown:
            return
        title = self._text(block.title or self.setting.language.text(CONTENTS), "h1", self.root.child("P"))
        title.keep = True
        yield title
        node = self.root.child("TOC")
        for heading, name in shown:
            yield ContentsLine(self.setting, heading.text, heading.level, name, node)
