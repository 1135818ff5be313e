"""What stands above and below every page of a Word file: seal, office, title, date, classification, page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.shared import Pt

from cityplanner.reports.blocks import Briefing
from cityplanner.reports.docx.words import TWIPS, Inline, field, flush, node
from cityplanner.reports.pdf.document import PAGE_OF
from cityplanner.reports.pdf.picture_element import SMALL_SEAL, seal_size
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.text import single_line
from cityplanner.reports.pictures import raster
from cityplanner.reports.words import clipped

HALF = 90
"""Characters of an office's name or a title that stand on one line beside the other."""


def furnish(document: Any, briefing: Briefing, setting: Setting, width: float, *, title_page: bool) -> None:
    """Write header and footer; the first page has no header, a title page no footer either."""
    section = document.sections[0]
    inline = Inline(section.header.part, setting.theme, setting.language, {})
    _replace(section.header, _header(inline, briefing, width))
    if briefing.seal:
        _seal(section.header, briefing)
    _replace(section.footer, _footer(inline, briefing, setting, width))
    if not title_page:
        _replace(section.first_page_footer, _footer(inline, briefing, setting, width))


def _replace(part: Any, paragraph: Any) -> None:
    """Put one paragraph in place of the empty one."""
    part.is_linked_to_previous = False
    for old in list(part._element):
        part._element.remove(old)
    part._element.append(paragraph)


def _line(inline: Inline, style: str, width: float, words: list[str]) -> Any:
    stops = [node("tab", val="center", pos=round(width / 2 * TWIPS))] if len(words) == 3 else []
    stops.append(node("tab", val="right", pos=round(width * TWIPS)))
    found = inline.paragraph((), style, node("tabs", *stops))
    for number, part in enumerate(words):
        if number:
            found.append(node("r", node("tab")))
        if part:
            found.extend(list(inline.paragraph(part))[1:])
    return found


def _header(inline: Inline, briefing: Briefing, width: float) -> Any:
    words = [clipped(single_line(part), HALF) for part in (briefing.office, briefing.title)]
    return _line(inline, "Header", width, words)


def _footer(inline: Inline, briefing: Briefing, setting: Setting, width: float) -> Any:
    say = setting.language
    day = briefing.date_text or say.date(briefing.date)
    note = " · ".join(part for part in (day, briefing.note) if part)
    words = [clipped(single_line(part), HALF) for part in (note, briefing.classification)]
    found = _line(inline, "Footer", width, [*words, ""])
    before, _brace, rest = say.text(PAGE_OF).partition("{page}")
    between, _brace, after = rest.partition("{pages}")
    for part in (before, "PAGE", between, "NUMPAGES", after):
        if part.isupper() and part.isascii():
            found.extend(field(part))
        elif part:
            found.extend(list(inline.paragraph(part))[1:])
    return found


def _seal(header: Any, briefing: Briefing) -> None:
    """The seal before the office's name."""
    if not briefing.seal:
        return
    picture = raster(briefing.seal)
    paragraph = header.paragraphs[0]
    run = paragraph.add_run()
    wide, high = seal_size(picture, SMALL_SEAL)
    run.add_picture(BytesIO(picture.data), Pt(wide), Pt(high))
    run._element.xpath(".//wp:docPr")[0].set("descr", single_line(briefing.seal_alt))
    flush(run._element.xpath(".//wp:inline")[0])
    run.add_text("\u00a0\u00a0")
    paragraph._p.remove(run._element)
    paragraph._p.insert(1, run._element)
