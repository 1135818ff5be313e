"""From a briefing to a finished PDF: blocks become elements, elements pages, pages a file."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cityplanner.base.language import N_, Language, language
from cityplanner.reports.blocks import Briefing
from cityplanner.reports.pdf.composing import Composer
from cityplanner.reports.pdf.flow import Pages, Placed, pages_of
from cityplanner.reports.pdf.metadata import Metadata
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.picture_element import SMALL_SEAL, place_picture, seal_size
from cityplanner.reports.pdf.self_check import check_file
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.text import lines, single_line
from cityplanner.reports.pictures import raster
from cityplanner.reports.theme import PAPERS, TYPES, Margins, theme
from cityplanner.reports.words import clipped

PAGE_OF = N_("Page {page} of {pages}")
HEAD = 34.0
FOOT = 36.0
LONGEST = 240
Progress = Callable[[int, int], None]


def draw(briefing: Briefing, paper: str, path: Path, progress: Progress | None = None) -> int:
    """Write a briefing as a tagged PDF on `Letter` or `A4`, read it back, and give its number of pages.

    Raises `UserError` when the file does not read as it was composed; see `output` for all the rest.
    """
    with collector_paused():
        job = Job(briefing, PAPERS[paper], path)
        pages = job.write(progress)
        check_file(path, job.paper.root)
    return pages


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for garbage meanwhile: a briefing is many small objects that live until it is written."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Job:
    """One briefing on its way to paper."""

    def __init__(self, briefing: Briefing, size: tuple[float, float], path: Path) -> None:
        self.briefing = briefing
        self.language: Language = language(briefing.language)
        colours = theme(briefing.accent)
        self.margins: Margins = colours.margins
        self.setting = Setting(colours, self.language, self.language.right_to_left)
        self.paper = Paper(path, size, self.metadata())
        self.width = size[0] - 2 * self.margins.side
        self.height = size[1] - self.margins.top - self.margins.bottom

    def metadata(self) -> Metadata:
        """What the file says of itself."""
        own = self.briefing
        return Metadata(
            single_line(own.title),
            self.language.tag,
            own.date,
            single_line(own.author or own.office),
            single_line(own.subject or own.subtitle),
            tuple(single_line(word) for word in own.keywords),
        )

    def write(self, progress: Progress | None) -> int:
        """Lay out, draw and save; gives the number of pages."""
        composer = Composer(self.briefing, self.setting, self.paper.root, self.height)
        pages = Pages(self.width, self.height).lay(composer.elements())
        self.paper.places = pages_of(pages)
        for number, page in enumerate(pages, 1):
            if number > 1:
                self.paper.next_page()
            self._page(page, number, len(pages), composer.has_title_page)
            if progress:
                progress(number, len(pages))
        self.paper.save()
        return len(pages)

    def _page(self, page: Sequence[Placed], number: int, total: int, title_page: bool) -> None:
        if number > 1:
            self._head()
        top = self.paper.height - self.margins.top
        for placed in page:
            placed.element.draw(self.paper, self.margins.side, top - placed.top, self.width)
        if not (title_page and number == 1):
            self._foot(number, total)

    def _head(self) -> None:
        """Seal, office and title above the text, with a thin rule."""
        y = self.paper.height - self.margins.top + HEAD
        self._furniture(self.briefing.office, y, "start", 0.36, after=self._seal(y))
        self._furniture(self.briefing.title, y, "end", 0.62 if self.briefing.office else 1.0)
        self._rule(y - 7)

    def _foot(self, number: int, total: int) -> None:
        """Date and note, classification, page x of y below the text."""
        y = self.margins.bottom - FOOT
        own = self.briefing
        day = own.date_text or self.language.date(own.date)
        self._rule(y + 13)
        middle = self._furniture(own.classification, y, "center", 0.4, bold=True)
        side = (1 - middle / self.width) / 2 - 0.02
        self._furniture(" · ".join(part for part in (day, own.note) if part), y, "start", side)
        words = self.language.text(PAGE_OF)
        count = self.language.number
        self._furniture(words.format(page=count(number), pages=count(total)), y, "end", side)

    def _seal(self, y: float) -> float:
        """The seal before the office's name; gives the room it takes."""
        if not self.briefing.seal:
            return 0.0
        picture = raster(self.briefing.seal)
        size = seal_size(picture, SMALL_SEAL)
        side = self.margins.side
        left = side + self.width - size[0] if self.setting.right_to_left else side
        with self.paper.furniture():
            place_picture(self.paper, picture, None, left, y - 4.5, size)
        return size[0] + 6

    def _rule(self, y: float) -> None:
        with self.paper.furniture():
            ends = (self.margins.side, self.margins.side + self.width)
            self.paper.line((ends[0], y), (ends[1], y), self.setting.theme.rule, 0.5)

    def _furniture(
        self, words: str, y: float, align: str, share: float, *, bold: bool = False, after: float = 0.0
    ) -> float:
        """One text of the head or foot, cut to its share of the width; gives its own width."""
        if not words:
            return 0.0
        kind = TYPES["furniture"]
        line = self.setting.shortened(
            clipped(single_line(words[: 4 * LONGEST]), LONGEST), kind, self.width * share - after
        )[0]
        spans = self.setting.spans(line.text.strip(), kind, bold=bold)
        right = self.setting.right_to_left
        found = lines(spans, self.width, right, align)[0]
        with self.paper.furniture():
            self.paper.write(found, self.margins.side + (-after if right else after), y)
        return found.width
