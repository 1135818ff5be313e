"""From runs to lines of placed glyphs: line breaks, bidirectional order, words longer than a line."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from cityplanner.reports.blocks import Run
from cityplanner.reports.pdf import bidi, fonts
from cityplanner.reports.pdf.fonts import Shaped

_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CHUNK = re.compile("([\\S\u00a0\u202f]*)([^\\S\n\u00a0\u202f]*)(\n?)")
_IDEOGRAPHIC = "\u2e80-\u303f\u3040-\u30ff\u3100-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_WIDE = re.compile(f"[{_IDEOGRAPHIC}\U00020000-\U0003ffff]")
_BREAKABLE = re.compile(
    f"[{_IDEOGRAPHIC}\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u200b/\\-\u2010\u2013\u2014]"
)
_NOT_FIRST = frozenset(
    "、。，．・：；？！ー゛゜ヽヾゝゞ々〻％‰℃’”）〕］｝〉》」』】〙〗〟ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "!%),.:;?]}¢°·‐–—†‡›»℉…～〜｠"
)
_NOT_LAST = frozenset("（〔［｛〈《「『【〘〖〝‘“([{$£¥€￥￡＄｟‹«#＃")
_THAI_FIRST = frozenset("เแโใไ")
_STRONG = {"L": False, "R": True, "AL": True}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a stretch looks and what it belongs to; `part` is the number of its run in the paragraph."""

    size: float
    bold: bool = False
    italic: bool = False
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)
    language: str = ""
    part: int = 0
    underlined: bool = False


Tint = Callable[[Run, tuple[float, float, float]], tuple[float, float, float]]


class Span(NamedTuple):
    """A stretch of text in one manner."""

    text: str
    manner: Manner


class Spans(list[Span]):
    """The spans of one paragraph; its words are shaped once, however often it is measured and broken."""

    def __init__(self, spans: Iterable[Span]) -> None:
        super().__init__(spans)
        self.shaped: dict[bool, list[Word]] = {}


class Item(NamedTuple):
    """One shaped stretch of a line: where it starts (points from the line's left) and how wide it is."""

    shaped: Shaped
    manner: Manner
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line; items in reading order, their `x` already in visual order."""

    items: tuple[Item, ...]
    width: float

    @property
    def text(self) -> str:
        """The line's characters in reading order."""
        return "".join(item.shaped.text for item in self.items)


class Part(NamedTuple):
    """A shaped stretch before it has a place."""

    shaped: Shaped
    manner: Manner
    width: float


@dataclass(slots=True)
class Word:
    """What no line may break, and the space after it; `ends` is True before a forced new line."""

    parts: list[Part]
    spaces: list[Part]
    width: float
    space: float
    ends: bool = False


def cleaned(text: str) -> str:
    """The text without characters that can't be printed; tabs become spaces, all line ends `\\n`."""
    text = _LINE_ENDS.sub("\n", text.replace("\t", " "))
    return _UNPRINTED.sub(
        lambda found: "" if found[0] < " " or "\x7f" <= found[0] <= "\x9f" else "\ufffd", text
    )


def single_line(text: str) -> str:
    """The text on one line, for bookmarks and titles."""
    return _SPACES.sub(" ", cleaned(text)).strip()


def spans_of(parts: Sequence[Run], manner: Manner, colour_of: Tint | None = None) -> Spans:
    """The runs of a paragraph as spans on the base manner."""
    spans = []
    for number, run in enumerate(parts):
        own = Manner(
            manner.size,
            manner.bold or run.bold,
            manner.italic or run.italic,
            colour_of(run, manner.colour) if colour_of else manner.colour,
            run.language or manner.language,
            number,
            bool(run.link),
        )
        spans.append(Span(cleaned(run.text), own))
    return Spans(spans)


def _cuts(chunk: str) -> Iterator[str]:
    """A chunk without spaces at the places where a line may break."""
    if not _BREAKABLE.search(chunk):
        yield chunk
        return
    start = 0
    for place in range(1, len(chunk)):
        if _may_break(chunk, place):
            yield chunk[start:place]
            start = place
    yield chunk[start:]


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if after in _NOT_FIRST or before in _NOT_LAST or unicodedata.category(after) in ("Mn", "Mc", "Cf"):
        return before == "\u200b"
    if before == "\u200b" or _WIDE.match(before) or _WIDE.match(after):
        return True
    if after in _THAI_FIRST:
        return "\u0e01" <= before <= "\u0e5b"
    if before in "-\u2010\u2013\u2014/" and place > 1:
        return after.isalpha() and text[place - 2].isalnum()
    return False


def words(spans: Sequence[Span], right_to_left: bool) -> list[Word]:
    """Spans as shaped words in reading order."""
    if not isinstance(spans, Spans):
        return _words(spans, right_to_left)
    if right_to_left not in spans.shaped:
        spans.shaped[right_to_left] = _words(spans, right_to_left)
    return spans.shaped[right_to_left]


def _words(spans: Sequence[Span], right_to_left: bool) -> list[Word]:
    text = "".join(span.text for span in spans)
    if not text:
        return []
    found: list[Word] = []
    stretch = _Shaper(text, spans, _levels(text, right_to_left)).stretch
    cut = _BREAKABLE.search(text) is not None
    at = 0
    for chunk, space, newline in _CHUNK.findall(text):
        for piece in _cuts(chunk) if cut else (chunk,):
            if piece:
                parts, width = stretch(piece, at)
                found.append(Word(parts, [], width, 0.0))
                at += len(piece)
        if space:
            if found and not found[-1].ends:
                found[-1].spaces, found[-1].space = stretch(space, at)
            at += len(space)
        if newline:
            if not found or found[-1].ends:
                found.append(Word([], [], 0.0, 0.0))
            found[-1].ends = True
            at += 1
    return found


def _levels(text: str, right_to_left: bool) -> list[int] | None:
    """Levels of the characters, paragraph by paragraph; None where all run left to right."""
    if not right_to_left and not bidi.has_right_to_left(text):
        return None
    found: list[int] = []
    for paragraph in text.split("\n"):
        found += bidi.levels(paragraph, int(right_to_left))
        found.append(int(right_to_left))
    return found


Stretch = tuple[list[Part], float]
"""Shaped parts in reading order, and how wide they are together."""


class _Stretches(dict[str, Stretch]):
    """Stretches of one manner from left to right, by their text: words come again and again, so they are kept."""

    def __init__(self, manner: Manner) -> None:
        super().__init__()
        self._manner = manner

    def __missing__(self, text: str) -> Stretch:
        found = _stretch(_shaped(text, self._manner, 0))
        if len(text) <= fonts.LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[text] = found
        return found


MOST_KEPT = 10_000
_stretches = lru_cache(maxsize=32)(_Stretches)


class _Shaper:
    """Shapes stretches of a paragraph's text, cut where manner, direction or face changes."""

    def __init__(self, text: str, spans: Sequence[Span], levels: list[int] | None) -> None:
        self._text, self._spans, self._levels = text, spans, levels
        self._ends = list(accumulate(len(span.text) for span in spans))
        self._kept = _stretches(spans[0].manner) if len(spans) == 1 and levels is None else None

    def stretch(self, words: str, start: int) -> Stretch:
        """The words that stand at a place of the text."""
        if self._kept is not None:
            return self._kept[words]
        found: list[Part] = []
        end = start + len(words)
        while start < end:
            number = bisect_right(self._ends, start)
            stop = min(end, self._ends[number])
            level = self._levels[start] if self._levels else 0
            if self._levels:
                stop = next((n for n in range(start, stop) if self._levels[n] != level), stop)
            found += _shaped(self._text[start:stop], self._spans[number].manner, level)
            start = stop
        return _stretch(found)


def _stretch(parts: list[Part]) -> Stretch:
    return parts, sum([part.width for part in parts])


def _shaped(text: str, manner: Manner, level: int) -> list[Part]:
    shaped = fonts.shape(text, manner.bold, manner.italic, level, manner.language)
    return [Part(one, manner, one.width * manner.size / 1000) for one in shaped]


def broken(word: Word, room: float) -> list[Word]:
    """A word wider than a line, cut between characters into pieces that fit."""
    pieces: list[Word] = []
    row: list[Part] = []
    used = 0.0
    for part in word.parts:
        for text, width in _slices(part, room, room - used):
            if row and used + width > room:
                pieces.append(Word(row, [], used, 0.0))
                row, used = [], 0.0
            row += _shaped(text, part.manner, part.shaped.level)
            used += width
    pieces.append(Word(row, word.spaces, used, word.space, word.ends))
    return pieces


def _slices(part: Part, room: float, first: float) -> list[tuple[str, float]]:
    """The part's text in pieces of at most `room` points (the first of at most `first`)."""
    text = part.shaped.text
    scale = part.manner.size / 1000
    widths: dict[int, float] = {}
    for glyph in part.shaped.glyphs:
        widths[glyph.start] = widths.get(glyph.start, 0.0) + glyph.advance * scale
    starts = [
        n for n in sorted(widths) if n == 0 or unicodedata.category(text[n]) not in ("Mn", "Mc", "Me", "Cf")
    ]
    found: list[tuple[str, float]] = []
    begin, used, limit = 0, 0.0, first
    total = sorted(widths.items())
    place = 0
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(text)
        width = 0.0
        while place < len(total) and total[place][0] < stop:
            width += total[place][1]
            place += 1
        if used + width > limit and start > begin:
            found.append((text[begin:start], used))
            begin, used, limit = start, 0.0, room
        elif used + width > limit and not found and limit < room:
            limit = room
        used += width
    found.append((text[begin:], used))
    return found


def direction(text: str, right_to_left: bool) -> bool:
    """Whether a text runs from the right: as its document does, unless all its letters run the other way."""
    if not right_to_left and not bidi.has_right_to_left(text):
        return False
    strong = {_STRONG.get(unicodedata.bidirectional(char)) for char in text} - {None}
    return strong == {True} if len(strong) == 1 else right_to_left


def lines(
    spans: Sequence[Span], width: float, right_to_left: bool = False, align: str = "start"
) -> list[Line]:
    """The paragraph in lines of at most `width` points; an empty text gives one empty line."""
    rows: list[list[Word]] = [[]]
    used = 0.0
    runs_right = direction("".join(span.text for span in spans), right_to_left)
    for word in _fitting(words(spans, runs_right), width):
        if rows[-1] and used + word.width > width + 0.01:
            rows.append([])
            used = 0.0
        rows[-1].append(word)
        used += word.width + word.space
        if word.ends:
            rows.append([])
            used = 0.0
    if len(rows) > 1 and not rows[-1]:
        rows.pop()
    side = {"start": float(right_to_left), "center": 0.5, "end": float(not right_to_left)}[align]
    return [_line(row, width, runs_right, side) for row in rows]


def _fitting(found: Iterable[Word], width: float) -> Iterator[Word]:
    for word in found:
        if word.width > width:
            yield from broken(word, width)
        else:
            yield word


def natural_width(spans: Sequence[Span], right_to_left: bool = False) -> float:
    """The width of the text on one line."""
    found = words(spans, right_to_left)
    return sum(word.width + word.space for word in found) - (found[-1].space if found else 0.0)


def widest_word(spans: Sequence[Span], right_to_left: bool = False) -> float:
    """The width of the widest stretch that should not be broken."""
    return max((word.width for word in words(spans, right_to_left)), default=0.0)


def _line(row: list[Word], width: float, right_to_left: bool, side: float) -> Line:
    """A row of words placed: trailing space hangs outside, levels decide the visual order.

    `side` is the share of the free width that stands to the left.
    """
    parts = [part for word in row for part in (*word.parts, *word.spaces)]
    hanging = row[-1].space if row else 0.0
    visible = sum([part.width for part in parts]) - hanging
    x = (width - visible) * side - (hanging if right_to_left else 0.0)
    levels = [part.shaped.level for part in parts]
    if right_to_left or any(levels):
        base = int(right_to_left)
        last = len(row[-1].spaces) if row else 0
        levels[len(levels) - last :] = [base] * last
        return Line(_placed(parts, bidi.visual_order(levels), x), visible)
    return Line(_placed(parts, range(len(parts)), x), visible)


def _placed(parts: list[Part], order: Iterable[int], x: float) -> tuple[Item, ...]:
    """The parts, which stay in reading order, from left to right in visual order."""
    xs = [0.0] * len(parts)
    for n in order:
        xs[n] = x
        x += parts[n].width
    return tuple([Item(part.shaped, part.manner, at, part.width) for part, at in zip(parts, xs, strict=True)])
