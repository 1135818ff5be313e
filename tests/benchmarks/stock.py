"""What a briefing is measured beside: a bare canvas with the same marks, and ReportLab's own paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from cityplanner.base import paths
from cityplanner.reports import blocks
from cityplanner.reports.pdf.fonts import face_of, faces
from cityplanner.reports.pdf.paper import Paper, Point
from cityplanner.reports.pdf.text import Item, cleaned
from cityplanner.reports.theme import PAPERS, TYPES, Colour, theme

Mark = tuple[Any, ...]
_NAMED = re.compile('<font name="([^"]+)">')


class Recorder(Paper):
    """A paper that remembers what is drawn on it, page by page."""

    pages: list[list[Mark]]

    def rectangle(
        self, x: float, y: float, width: float, height: float, fill: Colour, radius: float = 0
    ) -> None:
        """Remember a box."""
        self.pages[-1].append(("box", fill, x, y, width, height))
        super().rectangle(x, y, width, height, fill, radius)

    def stroke(
        self, points: Sequence[Point], colour: Colour, width: float = 1, dash: Sequence[float] = ()
    ) -> None:
        """Remember a stroke."""
        self.pages[-1].append(("line", colour, width, points))
        super().stroke(points, colour, width, dash)

    def _show(self, items: Sequence[Item], x: float, y: float) -> None:
        if items:
            first = items[0]
            words = "".join(item.shaped.text for item in items)
            face, manner = first.shaped.face.name, first.manner
            self.pages[-1].append(("text", manner.colour, face, manner.size, x + first.x, y, words))
        super()._show(items, x, y)

    def next_page(self) -> None:
        """Remember that a page ends."""
        self.pages.append([])
        super().next_page()


def register(names: set[str]) -> None:
    """Make faces known to ReportLab; what it reads of them is kept for all runs."""
    for name in names - set(pdfmetrics.getRegisteredFontNames()):
        pdfmetrics.registerFont(TTFont(name, str(paths.resources() / "fonts" / f"{name}.ttf")))


def faces_of(pages: Sequence[Sequence[Mark]]) -> set[str]:
    """The faces that marks are set in."""
    return {mark[2] for page in pages for mark in page if mark[0] == "text"}


def faces_in(parts: Sequence[Part]) -> set[str]:
    """The faces that mark-up and styles name."""
    named = {style.fontName for style in _styles().values()} | {faces(True, False)[0].name}
    for part in parts:
        rows = [[part]] if isinstance(part, tuple) else part or []
        named |= {name for row in rows for _style, words in row for name in _NAMED.findall(words)}
    return named


def replay(pages: Sequence[Sequence[Mark]], target: Path, size: tuple[float, float]) -> None:
    """Draw the marks with nothing but a canvas: no tags, no shaping, no layout."""
    canvas = Canvas(str(target), pagesize=size, pageCompression=1)
    for page in pages:
        for mark in page:
            _mark(canvas, mark)
        canvas.showPage()
    canvas.save()


def _mark(canvas: Any, mark: Mark) -> None:
    kind, colour, *rest = mark
    if kind == "text":
        face, height, x, y, words = rest
        canvas.setFillColorRGB(*colour)
        canvas.setFont(face, height)
        canvas.drawString(x, y, words)
    elif kind == "box":
        canvas.setFillColorRGB(*colour)
        canvas.rect(*rest, stroke=0, fill=1)
    else:
        width, points = rest
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(width)
        for (x, y), (to_x, to_y) in pairwise(points):
            canvas.line(x, y, to_x, to_y)


Words = tuple[str, str]
"""A style and mark-up."""
Part = Words | list[list[Words]] | None
"""Text, a table, or a new page: what is left to stock platypus once its mark-up is written."""


def prepared(briefing: blocks.Briefing) -> list[Part]:
    """The same words as mark-up, faces chosen: this is not measured."""
    return list(_parts(briefing.blocks))


def _parts(found: Sequence[blocks.Block]) -> Iterator[Part]:
    for block in blocks.flatten(found):
        if isinstance(block, blocks.Heading):
            yield f"h{block.level}", _markup(block.text, True)
        elif isinstance(block, blocks.Paragraph):
            yield block.style, _markup(block.text)
        elif isinstance(block, blocks.ListBlock):
            yield from (("item", _markup(item.text)) for item in block.entries())
        elif isinstance(block, blocks.KeyFacts):
            yield [[("cell", _markup(f"{one.label} {one.value} {one.note}")) for one in block.facts]]
        elif isinstance(block, blocks.Table):
            yield _rows(block)
        elif isinstance(block, blocks.PageBreak):
            yield None


def _rows(table: blocks.Table) -> list[list[Words]]:
    head = [("head", _markup(column.heading, True)) for column in table.columns]
    rows = [
        [("cell", _markup(blocks.as_cell(cell).text, place < 1)) for place, cell in enumerate(row)]
        for row in table.rows
    ]
    return [head, *rows]


def _markup(words: blocks.Text, bold: bool = False) -> str:
    return "".join(_run(cleaned(run.text), bold or run.bold) for run in blocks.runs(words))


def _run(text: str, bold: bool) -> str:
    main = faces(bold, False)[0]
    named = [((face_of(char, bold, False) or main).name, char) for char in text]
    cut = ((name, "".join(char for _name, char in part)) for name, part in groupby(named, lambda one: one[0]))
    return "".join(f'<font name="{name}">{escape(part)}</font>' for name, part in cut)


def platypus(parts: Sequence[Part], target: Path, size: tuple[float, float], title: str) -> None:
    """Set the same words with paragraphs and tables as ReportLab has them."""
    margins = theme().margins
    document = SimpleDocTemplate(
        str(target),
        pagesize=size,
        leftMargin=margins.side,
        rightMargin=margins.side,
        topMargin=margins.top,
        bottomMargin=margins.bottom,
    )

    def furniture(canvas: Any, page: Any) -> None:
        canvas.setFont(faces(False, False)[0].name, 7.5)
        canvas.drawString(margins.side, size[1] - margins.top + 34, title)
        canvas.drawRightString(size[0] - margins.side, margins.bottom - 36, f"Page {page.page}")

    styles = _styles()
    width = size[0] - 2 * margins.side
    story = [_flowable(part, styles, width) for part in parts]
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)


def _styles() -> dict[str, ParagraphStyle]:
    return {
        name: ParagraphStyle(
            name,
            fontName=faces(kind.bold, False)[0].name,
            fontSize=kind.size,
            leading=kind.leading,
            spaceBefore=kind.before,
            spaceAfter=kind.after,
            keepWithNext=name.startswith("h") and name != "head",
        )
        for name, kind in TYPES.items()
    }


def _flowable(part: Part, styles: dict[str, ParagraphStyle], width: float) -> Any:
    if part is None:
        return PageBreak()
    if isinstance(part, tuple):
        return Paragraph(part[1], styles[part[0]])
    cells = [[Paragraph(words, styles[style]) for style, words in row] for row in part]
    rules = [("LINEBELOW", (0, 0), (-1, -1), 0.5, (0.8, 0.8, 0.8)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(cells, [width / len(part[0])] * len(part[0]), repeatRows=1, style=rules)


def letter() -> tuple[float, float]:
    """The paper all of them are printed on."""
    return PAPERS["Letter"]
