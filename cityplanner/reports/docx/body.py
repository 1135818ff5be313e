"""The blocks of a briefing as the body of a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.shared import Pt

from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
    Contents,
    Figure,
    Heading,
    KeyFacts,
    ListBlock,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Sources,
    Table,
    Text,
    TitlePage,
    plain,
)
from cityplanner.reports.charts.description import Tone
from cityplanner.reports.charts.layout import parts
from cityplanner.reports.docx.charts import png
from cityplanner.reports.docx.styles import Lists, numbering
from cityplanner.reports.docx.tables import TableWriter
from cityplanner.reports.docx.words import Inline, field, flush, hexadecimal, node
from cityplanner.reports.pdf.composing import CONTENTS, TONES
from cityplanner.reports.pdf.picture_element import POINTS_PER_PIXEL, SEAL, seal_size
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.text import single_line
from cityplanner.reports.pictures import raster
from cityplanner.reports.words import clipped

PARAGRAPHS = {"body": "", "lead": "Lead", "small": "Small"}
HIGHEST = 440.0
LONGEST = 240


@dataclass(slots=True)
class Body:
    """One document being filled from top to bottom; `width` is that of its text in points."""

    document: Any
    setting: Setting
    inline: Inline
    lists: Lists
    headings: Sequence[Heading]
    width: float
    heading: int = 0

    def write(self, briefing: Briefing, blocks: Sequence[Block]) -> None:
        """Title, then every block."""
        self._title(briefing, blocks)
        for block in blocks:
            self._block(block)

    def _add(self, *elements: Any) -> None:
        """Elements before the section's properties, which close a body."""
        end = self.document.element.body.sectPr
        for one in elements:
            end.addprevious(one)

    def _say(self, words: Text, style: str = "", *more: Any, **manner: Any) -> None:
        self._add(self.inline.paragraph(words, style, *more, **manner))

    def _title(self, briefing: Briefing, blocks: Sequence[Block]) -> None:
        first = blocks[0] if blocks else None
        page = first if isinstance(first, TitlePage) else None
        day = briefing.date_text or self.setting.language.date(briefing.date, "long")
        if briefing.seal:
            size = seal_size(raster(briefing.seal), SEAL * (1.6 if page else 1.0))
            self._picture(raster(briefing.seal).data, briefing.seal_alt, size)
        if briefing.office:
            self._say(briefing.office, bold=True, tone="accent")
        self._say(briefing.title, "Title")
        if briefing.subtitle:
            self._say(briefing.subtitle, "Subtitle")
        line = " · ".join(part for part in (day, briefing.classification) if part)
        self._say(line, "Small")
        if page and plain(page.note):
            self._say(page.note, "Small")
        if page:
            self._break()

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, ListBlock):
            self._list(block, 0)
        elif isinstance(block, KeyFacts):
            self._facts(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            self._figure(block)
        elif isinstance(block, Picture):
            self._photograph(block)
        elif isinstance(block, CallOut):
            self._call_out(block)
        elif isinstance(block, Sources):
            self._sources(block)
        elif isinstance(block, Contents):
            self._contents(block)
        elif isinstance(block, PageBreak):
            self._break()

    def _names(self, name: str) -> tuple[str, ...]:
        return (self.inline.places[name],) if name else ()

    def _break(self) -> None:
        self._add(node("p", node("r", node("br", type="page"))))

    def _heading(self, block: Heading) -> None:
        self.heading += 1
        names = (f"_Toc{self.heading}", *self._names(block.id))
        self._say(block.text, f"Heading{block.level}", names=names)

    def _paragraph(self, block: Paragraph) -> None:
        if plain(block.text).strip():
            names = self._names(block.id)
            self._say(block.text, PARAGRAPHS[block.style], tag=block.language, names=names)

    def _list(self, block: ListBlock, depth: int) -> None:
        number = (
            self.lists.numbered(block.start, depth) if block.ordered and block.items else self.lists.bullets
        )
        for item in block.entries():
            self._say(item.text, "ListParagraph", numbering(number, depth), names=self._names(item.id))
            if item.below:
                self._list(item.below, depth + 1)

    def _facts(self, block: KeyFacts) -> None:
        for fact in block.facts:
            words: list[str | Run] = [
                self.setting.language.led(fact.label),
                Run(fact.value, bold=True, tone=fact.tone),
            ]
            if fact.note:
                words.append(Run(f" ({fact.note})", tone="quiet"))
            self._say(words, "ListParagraph", numbering(self.lists.bullets, 0))

    def _caption(self, words: Text, name: str = "") -> None:
        if plain(words):
            self._say(words, "Caption", names=self._names(name))

    def _table(self, block: Table) -> None:
        self._caption(block.caption, block.id)
        self._add(TableWriter(self.inline, self.setting, self.width).write(block))
        names = () if plain(block.caption) else self._names(block.id)
        self._say("", "Small", names=names)

    def _figure(self, block: Figure) -> None:
        charts = parts(block.chart)
        self._caption(block.caption, block.id)
        for number, chart in enumerate(charts, 1):
            count = f" ({number}/{len(charts)})" if len(charts) > 1 else ""
            names = self._names(block.id) if number == 1 and not plain(block.caption) else ()
            self._picture(png(self.setting, chart, self.width), block.alt + count, (self.width, None), names)
        if block.data:
            self._table(block.data)

    def _photograph(self, block: Picture) -> None:
        found = raster(block.data)
        wide, high = found.width * POINTS_PER_PIXEL, found.height * POINTS_PER_PIXEL
        scale = min(1.0, self.width * block.width / wide, HIGHEST / high)
        self._caption(block.caption, block.id)
        names = () if plain(block.caption) else self._names(block.id)
        self._picture(found.data, block.alt, (wide * scale, high * scale), names)

    def _picture(
        self, data: bytes, alt: str, size: tuple[float, float | None], names: Sequence[str] = ()
    ) -> None:
        found = self.inline.paragraph("", "", names=names)
        high = Pt(size[1]) if size[1] else None
        picture = self.document.part.new_pic_inline(BytesIO(data), Pt(size[0]), high)
        picture.docPr.set("descr", single_line(alt))
        flush(picture)
        drawing = node("drawing")
        drawing.append(picture)
        found.append(node("r", drawing))
        self._add(found)

    def _call_out(self, block: CallOut) -> None:
        tone: Tone = TONES[block.kind]
        colours = self.setting.theme
        side = "right" if self.setting.right_to_left else "left"
        shade, ground = hexadecimal(colours.tone(tone)), hexadecimal(colours.tint(tone))

        def box() -> tuple[Any, Any]:
            bar = node(side, val="single", sz=24, space=8, color=shade)
            return node("pBdr", bar), node("shd", val="clear", color="auto", fill=ground)

        more = plain(block.text)
        self._say(block.title, "", node("keepNext") if more else None, *box(), bold=True, tone=tone)
        if more:
            self._say(block.text, "", *box())

    def _sources(self, block: Sources) -> None:
        if block.entries:
            number = self.lists.numbered(1, 0)
            for entry in block.entries:
                self._say(entry.text, "Small", numbering(number, 0), names=self._names(entry.id))

    def _contents(self, block: Contents) -> None:
        shown = [(n, one) for n, one in enumerate(self.headings, 1) if one.level <= block.depth]
        if not shown:
            return
        title = block.title or self.setting.language.text(CONTENTS)
        self._say(title, "", node("keepNext"), bold=True, tone="accent")
        places = {f"toc {n}": f"_Toc{n}" for n, _one in shown}
        inline = Inline(self.inline.part, self.inline.theme, self.inline.language, places)
        lines = []
        for n, one in shown:
            words = clipped(single_line(plain(one.text)), LONGEST)
            lines.append(inline.paragraph(Run(words, link=f"#toc {n}"), f"TOC{one.level}"))
        start = field(f'TOC \\o "1-{block.depth}" \\h \\z \\u')
        for part in reversed(start[:3]):
            lines[0].insert(1, part)
        lines[-1].append(start[4])
        self._add(*lines)
