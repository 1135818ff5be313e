"""Pages being drawn: every mark belongs to a node of the structure or is an artifact, text stays text.

A layer over ReportLab's canvas; uses names ReportLab does not promise to keep, as `pdf_objects` does.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from cityplanner.reports.pdf.colour_profile import srgb
from cityplanner.reports.pdf.embedded_font import EmbeddedFont
from cityplanner.reports.pdf.fonts import Face
from cityplanner.reports.pdf.metadata import Metadata
from cityplanner.reports.pdf.pdf_objects import (
    Dictionary,
    Name,
    Stream,
    image_stream,
    number,
    packed,
    text_string,
    web_address,
)
from cityplanner.reports.pdf.spelling import continues, operators, plain, reading_backwards
from cityplanner.reports.pdf.structure import structure
from cityplanner.reports.pdf.tags import Mark, Node, Reference
from cityplanner.reports.pdf.text import Item, Line
from cityplanner.reports.pictures import Raster
from cityplanner.reports.theme import Colour

HEAVIER = 0.032
Point = tuple[float, float]


class _Page(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page that may say where its structure is."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")


class _Info(pdfdoc.PDFObject):  # type: ignore[misc]
    """The document information, dated by the briefing and not by the clock."""

    invariant = 1

    def __init__(self, entries: dict[str, str]) -> None:
        self.entries = entries

    def digest(self, _signature: object) -> None:
        """ReportLab asks; the file's identity is set from its content instead."""

    def format(self, document: Any) -> bytes:
        """The dictionary as it stands in the file."""
        return Dictionary(self.entries).format(document)


class _Canvas(Canvas):  # type: ignore[misc]
    """ReportLab's canvas without the Helvetica it would put on every page."""

    def _make_preamble(self) -> None:
        self._preamble = ""


class _Link(NamedTuple):
    page: int
    rectangle: tuple[float, float, float, float]
    target: str
    words: str
    node: Node


class Paper:
    """The pages of one document, from the first mark to the finished file; origin lower left, points."""

    def __init__(self, target: Path, size: tuple[float, float], metadata: Metadata) -> None:
        self.width, self.height = size
        self.root = Node("Document", language=metadata.language, attached=True)
        self.places: dict[str, int] = {}
        self._target = target
        self._metadata = metadata
        self._canvas = _Canvas(
            str(target),
            pagesize=size,
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 7),
            lang=metadata.language,
        )
        self._fonts: dict[str, EmbeddedFont] = {}
        self._images: dict[Raster, str] = {}
        self._region: Node | None = None
        self._region_start = 0
        self._artifact = "/Artifact BMC"
        self._marks: list[list[Node]] = [[]]
        self._pages: list[Any] = []
        self._links: list[_Link] = []
        self._anchors: dict[str, tuple[int, float]] = {}
        self._fill_now: Colour | None = None
        self._bookmarked = False
        self._digest = hashlib.sha256()

    # regions

    @contextmanager
    def region(self, node: Node | None) -> Iterator[None]:
        """What is drawn inside belongs to the node; to none (decoration) for None."""
        before = self._region
        self._enter(node)
        try:
            yield
        finally:
            self._enter(before)

    def _enter(self, node: Node | None) -> None:
        if node is not self._region:
            self._close_region()
            self._region = node

    def _close_region(self) -> None:
        code = self._code
        drawn = code[self._region_start :]
        if drawn:
            del code[self._region_start :]
            if self._region is None:
                code.append(self._artifact)
            else:
                page = self._marks[-1]
                self._region.attach().kids.append(Mark(len(self._marks) - 1, len(page)))
                code.append(f"/{self._region.tag} <</MCID {len(page)}>> BDC")
                page.append(self._region)
            code += drawn
            code.append("EMC")
        self._region_start = len(code)

    @contextmanager
    def furniture(self) -> Iterator[None]:
        """What is drawn inside is a running head or foot."""
        with self.region(None):
            self._close_region()
            self._artifact = "/Artifact <</Type /Pagination>> BDC"
            try:
                yield
            finally:
                self._close_region()
                self._artifact = "/Artifact BMC"

    # shapes

    @property
    def _code(self) -> list[str]:
        return self._canvas._code  # type: ignore[no-any-return]

    def _fill(self, colour: Colour) -> None:
        if colour != self._fill_now:
            self._code.append(" ".join(map(number, colour)) + " rg")
            self._fill_now = colour

    def rectangle(
        self, x: float, y: float, width: float, height: float, fill: Colour, radius: float = 0
    ) -> None:
        """A filled box from its lower left corner, its corners rounded if asked."""
        self._fill(fill)
        if radius:
            self._canvas.roundRect(x, y, width, height, min(radius, width / 2, height / 2), stroke=0, fill=1)
        else:
            self._canvas.rect(x, y, width, height, stroke=0, fill=1)

    def line(
        self, start: Point, end: Point, colour: Colour, width: float = 0.5, dash: Sequence[float] = ()
    ) -> None:
        """A straight stroke."""
        self.stroke([start, end], colour, width, dash)

    def stroke(
        self, points: Sequence[Point], colour: Colour, width: float = 1, dash: Sequence[float] = ()
    ) -> None:
        """A stroke through the points."""
        path = " ".join(f"{number(x)} {number(y)} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))
        style = f"[{' '.join(map(number, dash))}] 0 d" if dash else "[] 0 d"
        self._code.append(f"{' '.join(map(number, colour))} RG {number(width)} w {style} {path} S")

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled shape through the points."""
        self._fill(fill)
        path = " ".join(f"{number(x)} {number(y)} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))
        self._code.append(f"{path} h f")

    def image(self, picture: Raster, x: float, y: float, width: float, height: float) -> None:
        """A picture from its lower left corner; the same one drawn again is kept once."""
        name = self._images.setdefault(picture, f"Im{len(self._images) + 1}")
        place = " ".join(map(number, (width, 0, 0, height, x, y)))
        self._code.append(f"q {place} cm /{name} Do Q")

    # text

    def write(self, line: Line, x: float, y: float, nodes: Sequence[Node] | None = None) -> None:
        """A line of text, its left end at x, its base line at y; `nodes` are those of its runs, if any."""
        before = self._region
        group: list[Item] = []
        for item in line.items:
            node = nodes[item.manner.part] if nodes else before
            reads = plain(item)
            if group and not (node is self._region and reads and continues(group[-1], item)):
                self._show(group, x, y)
                group = []
            self._enter(node)
            if reads:
                group.append(item)
            else:
                self._show_marked(item, x, y)
        self._show(group, x, y)
        self._enter(before)

    def _font(self, face: Face) -> EmbeddedFont:
        found = self._fonts.get(face.name)
        if found is None:
            found = self._fonts[face.name] = EmbeddedFont(face, f"F{len(self._fonts) + 1}")
        return found

    def _show_marked(self, item: Item, x: float, y: float) -> None:
        """A stretch whose glyphs don't read back by themselves in this order."""
        if item.shaped.level % 2 == 0:
            self._show_spelled(item, x, y)
            return
        blank = self._font(item.shaped.face).blank()
        if len(item.shaped.text) == 1 and item.shaped.spelled:
            self._show([item], x, y)
        elif blank is None or item.shaped.replaced:
            self._show_spelled(item, x, y)
        else:
            word, marks = reading_backwards(item, blank)
            self._code.append("/ReversedChars BMC")
            self._show([word], x, y)
            self._code.append("EMC")
            for mark in marks:
                self._outline(mark, x, y)

    def _outline(self, item: Item, x: float, y: float) -> None:
        """A raised mark as a shape: as text, readers would take it for a word of its own."""
        glyph, size = item.shaped.glyphs[0], item.manner.size / 1000
        left, base = x + item.x + glyph.dx * size, y + glyph.dy * size
        steps = []
        for operator, numbers in item.shaped.face.outline(glyph.gid):
            places = [number(one * size + (base if n % 2 else left)) for n, one in enumerate(numbers)]
            steps.append(" ".join([*places, operator]))
        if steps:
            self._fill(item.manner.colour)
            self._code.append(" ".join(steps) + " f")

    def _show_spelled(self, item: Item, x: float, y: float) -> None:
        """A stretch with its characters written beside it."""
        self._code.append(f"/Span <</ActualText {text_string(item.shaped.text).decode('ascii')}>> BDC")
        self._show([item], x, y)
        self._code.append("EMC")

    def _show(self, items: Sequence[Item], x: float, y: float) -> None:
        if not items:
            return
        first = items[0]
        face, manner = first.shaped.face, first.manner
        self._fill(manner.colour)
        font = self._font(face)
        size = f"/{font.name} {number(manner.size)} Tf"
        start = f"BT {size} 1 0 0 1 {number(x + first.x)} {number(y)} Tm"
        glyphs = operators(font, [item.shaped for item in items], manner.size)
        if face.heavier:
            colour = " ".join(map(number, manner.colour))
            start += f" 2 Tr {colour} RG {number(HEAVIER * manner.size)} w [] 0 d"
            glyphs += " 0 Tr"
        self._code.append(f"{start} {glyphs} ET")
        if manner.underlined:
            last = items[-1]
            ends = (x + first.x, x + last.x + last.width)
            self.line((ends[0], y - 1.6), (ends[1], y - 1.6), manner.colour, 0.4)

    # links and places

    def anchor(self, name: str, top: float) -> None:
        """A place on this page that links and bookmarks lead to."""
        self._anchors[name] = (len(self._marks) - 1, top)

    def bookmark(self, title: str, level: int, name: str, top: float) -> None:
        """An entry of the outline leading here."""
        self._bookmarked = True
        self._canvas.bookmarkPage(name, fit="XYZ", left=0, top=top, zoom=0)
        self._canvas.addOutlineEntry(title, name, level, closed=False)

    def link(self, rectangle: tuple[float, float, float, float], target: str, words: str, node: Node) -> None:
        """A rectangle of this page that leads to a web address or, with `#`, to an anchor."""
        node.attach().kids.append(Reference(len(self._links)))
        self._links.append(_Link(len(self._marks) - 1, rectangle, target, words, node))

    # pages and the file

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self._finish_page()
        self._marks.append([])

    def _finish_page(self) -> None:
        self._close_region()
        canvas = self._canvas
        page = _Page()
        page.pagewidth, page.pageheight = self.width, self.height
        data = "\n".join(self._code).encode("ascii")
        self._digest.update(data)
        page.Contents = Stream(data)
        page.StructParents = len(self._pages)
        page.Tabs = "/S"
        canvas._doc.addPage(page)
        canvas._startPage()
        self._pages.append(page)
        self._region_start = 0
        self._fill_now = None

    def save(self) -> None:
        """Write the file; nothing can be drawn afterwards."""
        with self._target.open("wb") as file:
            file.write(self.finished())
            file.flush()
            os.fsync(file.fileno())

    def finished(self) -> bytes:
        """The file's bytes; nothing can be drawn afterwards."""
        self._finish_page()
        document = self._canvas._doc
        fonts = {font.name: font.object() for font in self._fonts.values()}
        entries: dict[str, Any] = {"Font": fonts, "ProcSet": [Name("PDF"), Name("Text")]}
        if self._images:
            entries["XObject"] = {name: image_stream(one) for one, name in self._images.items()}
        resources = Dictionary(entries)
        links = [(Dictionary(self._annotation(n, link)), link.node) for n, link in enumerate(self._links)]
        for n, page in enumerate(self._pages):
            page.Resources = document.Reference(resources)
            own = [links[k][0] for k, link in enumerate(self._links) if link.page == n]
            page.Annots = pdfdoc.PDFArray(own) if own else None
        self._describe(document)
        document.Catalog.StructTreeRoot = structure(document, self.root, self._pages, self._marks, links)
        document.updateSignature(self._digest.hexdigest())
        document.format = lambda: packed(document)
        return bytes(document.GetPDFData(self._canvas))

    def _annotation(self, n: int, link: _Link) -> dict[str, Any]:
        found: dict[str, Any] = {
            "Type": Name("Annot"),
            "Subtype": Name("Link"),
            "Rect": list(link.rectangle),
            "Border": [0, 0, 0],
            "F": 4,
            "Contents": link.words,
            "StructParent": len(self._pages) + n,
            "P": self._pages[link.page],
        }
        if link.target.startswith("#"):
            page, top = self._anchors.get(link.target[1:], (0, self.height))
            found["Dest"] = [self._pages[page], Name("XYZ"), 0, top, 0]
        else:
            found["A"] = {"S": Name("URI"), "URI": text_string(web_address(link.target))}
        return found

    def _describe(self, document: Any) -> None:
        catalog = document.Catalog
        document.info = _Info(self._metadata.info())
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.MarkInfo = Dictionary({"Marked": True})
        catalog.ViewerPreferences = Dictionary({"DisplayDocTitle": True})
        xmp = {"Type": Name("Metadata"), "Subtype": Name("XML")}
        catalog.Metadata = Stream(self._metadata.xmp(), xmp, compress=False)
        profile = Stream(srgb(), {"N": 3})
        intent = {
            "Type": Name("OutputIntent"),
            "S": Name("GTS_PDFA1"),
            "OutputConditionIdentifier": "sRGB IEC61966-2.1",
            "Info": "sRGB IEC61966-2.1",
            "DestOutputProfile": profile,
        }
        catalog.OutputIntents = pdfdoc.PDFArray([Dictionary(intent)])
        if self._bookmarked:
            catalog.setPageMode("UseOutlines")
