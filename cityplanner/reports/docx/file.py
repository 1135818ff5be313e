"""A briefing as a Word file: the same headings, tables and alternative texts, to be worked on further."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Pt

from cityplanner.base.language import Language, language
from cityplanner.reports.blocks import Briefing, Heading, TitlePage, flatten, ids
from cityplanner.reports.docx.body import Body
from cityplanner.reports.docx.furniture import furnish
from cityplanner.reports.docx.styles import Lists, set_styles
from cityplanner.reports.docx.words import Inline, node
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.text import single_line
from cityplanner.reports.theme import MARGINS, PAPERS, theme
from cityplanner.reports.words import clipped

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
LONGEST = 255


def docx(briefing: Briefing, paper: str = "Letter") -> bytes:
    """The whole file; equal briefings give equal bytes."""
    document: Any = Document()
    say, colours = language(briefing.language), theme(briefing.accent)
    _drop_thumbnail(document)
    set_styles(document, colours, say)
    size = PAPERS[paper]
    _set_pages(document, size, say)
    blocks = list(flatten(briefing.blocks))
    names = [name for block in blocks for name in ids(block) if name]
    places = {name: f"place{number}" for number, name in enumerate(names, 1)}
    inline = Inline(document.part, colours, say, places)
    setting = Setting(colours, say, say.right_to_left)
    headings = [block for block in blocks if isinstance(block, Heading)]
    width = size[0] - 2 * MARGINS.side
    Body(document, setting, inline, Lists(document), headings, width).write(briefing, blocks)
    furnish(document, briefing, setting, width, title_page=any(isinstance(b, TitlePage) for b in blocks))
    _describe(document, briefing, say)
    out = BytesIO()
    document.save(out)
    return _dated(out)


def _set_pages(document: Any, size: tuple[float, float], say: Language) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(size[0]), Pt(size[1])
    section.left_margin = section.right_margin = Pt(MARGINS.side)
    section.top_margin, section.bottom_margin = Pt(MARGINS.top), Pt(MARGINS.bottom)
    section.header_distance = section.footer_distance = Pt(34)
    section.different_first_page_header_footer = True
    if say.right_to_left:
        section._sectPr.append(node("bidi"))


def _drop_thumbnail(document: Any) -> None:
    """The template's picture of an empty page says nothing about this one."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _describe(document: Any, briefing: Briefing, say: Language) -> None:
    """What the file says about itself, dated by the briefing and not by the clock."""
    own = document.core_properties
    day = dt.datetime.combine(briefing.date, dt.time())
    author = _short(briefing.author or briefing.office)
    own.title, own.author, own.last_modified_by = _short(briefing.title), author, author
    own.subject = _short(briefing.subject or briefing.subtitle)
    own.keywords = _short(", ".join(briefing.keywords))
    own.category, own.comments = _short(briefing.classification), ""
    own.language, own.revision = say.tag, 1
    own.created = own.modified = day


def _short(words: str) -> str:
    return clipped(single_line(words), LONGEST)


def _dated(whole: BytesIO) -> bytes:
    """The same archive with all its parts of one day."""
    out = BytesIO()
    with ZipFile(whole) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
