"""How words are spelled in a content stream so that every reader gets the text back."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import groupby

from cityplanner.reports.pdf.embedded_font import EmbeddedFont
from cityplanner.reports.pdf.fonts import Glyph, Shaped
from cityplanner.reports.pdf.pdf_objects import number
from cityplanner.reports.pdf.text import Item


def plain(item: Item) -> bool:
    """Whether a stretch's glyphs, one after the other, spell its text."""
    return item.shaped.level % 2 == 0 and item.shaped.spelled


def continues(last: Item, item: Item) -> bool:
    """Whether an item can be shown in one go with the one before it."""
    same = last.shaped.face is item.shaped.face and last.manner is item.manner
    return same and abs(last.x + last.width - item.x) < 0.01


def reading_backwards(item: Item, blank: int) -> tuple[Item, list[Item]]:
    """A right-to-left word as one glyph per character, last character first, and its raised marks apart.

    Readers turn such a word round character by character. A character without a glyph on the base line (the
    second of a ligature, a mark) is carried by a blank of no width; the marks themselves are drawn as shapes.
    """
    glyphs: list[Glyph] = []
    marks: list[Item] = []
    text, scale = item.shaped.text, item.manner.size / 1000
    starts = [*sorted({glyph.start for glyph in item.shaped.glyphs}), len(text)]
    x = item.x
    for start, group in groupby(item.shaped.glyphs, key=lambda glyph: glyph.start):
        words = text[start : starts[bisect(starts, start)]]
        letter: Glyph | None = None
        lead = trail = 0.0
        for glyph in group:
            if letter is None and not glyph.dx and not glyph.dy:
                letter = glyph
            else:
                alone = Shaped(item.shaped.face, "", item.shaped.level, (glyph,), glyph.advance, False)
                marks.append(Item(alone, item.manner, x, glyph.advance * scale))
                lead, trail = (
                    (lead + glyph.advance, trail) if letter is None else (lead, trail + glyph.advance)
                )
            x += glyph.advance * scale
        own = [Glyph(blank, 0.0, 0.0, 0.0, start, char) for char in reversed(words[1:] if letter else words)]
        if letter:
            own.append(Glyph(letter.gid, lead + letter.advance + trail, lead, 0.0, start, words[0]))
        else:
            own[-1] = own[-1]._replace(advance=lead)
        glyphs += own
    shaped = Shaped(item.shaped.face, text, item.shaped.level, tuple(glyphs), item.shaped.width, True)
    return Item(shaped, item.manner, item.x, item.width), marks


def operators(font: EmbeddedFont, stretches: Sequence[Shaped], size: float) -> str:
    """Operators that show stretches of one face, one after the other."""
    found: list[str] = []
    row: list[str] = []
    for shaped in stretches:
        steps = font.steps(shaped)
        if steps is not None:
            row.append(steps)
            continue
        if row:
            found.append(f"[{''.join(row)}] TJ")
            row = []
        found.append(_raised(shaped, font.codes(shaped), size))
    if row:
        found.append(f"[{''.join(row)}] TJ")
    return " ".join(found)


def _raised(shaped: Shaped, codes: Sequence[int], size: float) -> str:
    """Operators that show a stretch glyph by glyph, some of them above or below the line."""
    found: list[str] = []
    rise = shift = 0.0
    for glyph, code in zip(shaped.glyphs, codes, strict=True):
        if glyph.dy != rise:
            found.append(f"{number(glyph.dy * size / 1000)} Ts")
            rise = glyph.dy
        shift -= glyph.dx
        found.append(f"[{round(shift)} <{code:04x}>] TJ")
        shift += glyph.dx + shaped.face.advance(glyph.gid) - glyph.advance - round(shift)
    return " ".join([*found, "0 Ts"])
