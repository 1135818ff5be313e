"""The faces a briefing is set in: which face has a character, how a word is shaped, subsets to embed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz as hb

from cityplanner.base import paths

MISSING = "\ufffd"
MOST_KEPT = 60_000
LONGEST_KEPT = 64


_NOT_EMBEDDED = (b"GSUB", b"GPOS", b"GDEF", b"FFTM", b"DSIG", b"gasp", b"vhea", b"vmtx")


class Glyph(NamedTuple):
    """One drawn glyph: advance and offsets in 1/1000 of the size, and the characters it spells."""

    gid: int
    advance: float
    dx: float
    dy: float
    start: int
    spells: str


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A stretch of text in one face and direction; glyphs in visual order, width in 1/1000 of the size."""

    face: Face
    text: str
    level: int
    glyphs: tuple[Glyph, ...]
    width: float
    spelled: bool
    replaced: bool = False


class Face:
    """One font file, read once."""

    def __init__(self, file: str, heavier: bool = False) -> None:
        self.name = file.removesuffix(".ttf")
        self.heavier = heavier
        self._hb_face = hb.Face(hb.Blob.from_file_path(str(paths.resources() / "fonts" / file)))
        self._hb_font = hb.Font(self._hb_face)
        self.scale = 1000 / self._hb_face.upem
        self.glyph_count = int(self._hb_face.glyph_count)
        self._advances: dict[int, float] = {}

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points the face has."""
        return frozenset(self._hb_face.unicodes)

    def advance(self, gid: int) -> float:
        """A glyph's own width in 1/1000 of the size."""
        found = self._advances.get(gid)
        if found is None:
            found = self._advances[gid] = self._hb_font.get_glyph_h_advance(gid) * self.scale
        return found

    def nominal(self, char: str) -> int:
        """The glyph of a character on its own; 0 when the face has none."""
        return int(self._hb_font.get_nominal_glyph(ord(char)) or 0)

    @cached_property
    def extents(self) -> tuple[float, float]:
        """Ascent and (negative) descent in 1/1000 of the size."""
        found = self._hb_font.get_font_extents("ltr")
        return found.ascender * self.scale, found.descender * self.scale

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """The font's bounding box in 1/1000 of the size (head table)."""
        head = self._hb_face.reference_table("head").data
        values = [int.from_bytes(head[n : n + 2], "big", signed=True) * self.scale for n in range(36, 44, 2)]
        return values[0], values[1], values[2], values[3]

    def outline(self, gid: int) -> list[tuple[str, tuple[float, ...]]]:
        """A glyph's outline as path operators (m, l, c, h) in 1/1000 of the size."""
        path = _Path(self.scale)
        self._hb_font.draw_glyph(gid, _drawing(), path)
        return path.steps

    def subset(self, gids: Iterable[int]) -> bytes:
        """The font with only these glyphs, numbered as before."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(sorted(gids))
        flags = hb.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NO_LAYOUT_CLOSURE | flags.NOTDEF_OUTLINE | flags.NO_HINTING
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _NOT_EMBEDDED)
        found = wanted.subset(self._hb_face)
        return bytes(found.blob.data)

    def shape(self, text: str, level: int, language: str) -> Shaped:
        """Text of this face's characters as placed glyphs; an odd level runs right to left."""
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_codepoints([ord(char) for char in text])
        buffer.guess_segment_properties()
        right = bool(level % 2)
        buffer.direction = "rtl" if right else "ltr"
        if language:
            buffer.language = language
        hb.shape(self._hb_font, buffer, {"kern": False} if right else None)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = [info.cluster for info in infos]
        words, spelled = _spelling(text, starts)
        scale = self.scale
        glyphs = tuple(
            Glyph(
                info.codepoint,
                place.x_advance * scale,
                place.x_offset * scale,
                place.y_offset * scale,
                start,
                word,
            )
            for info, place, start, word in zip(infos, positions, starts, words, strict=True)
        )
        # Readers take a raised or moved mark for another line or word, so such a stretch says its text itself.
        moved = any(glyph.dx or glyph.dy for glyph in glyphs)
        return Shaped(
            self, text, level, glyphs, sum(glyph.advance for glyph in glyphs), spelled and not moved
        )


def _spelling(text: str, starts: list[int]) -> tuple[list[str], bool]:
    """What each glyph spells, and whether glyph by glyph that is the text."""
    if len(starts) == len(text) and len(set(starts)) == len(starts):
        return [text[start] for start in starts], True
    bounds = sorted({*starts, len(text)})
    ends = dict(pairwise(bounds))
    words = [text[start : ends[start]] for start in starts]
    return words, len(set(starts)) == len(starts)


class _Path:
    """Collects an outline; TrueType's quadratic curves become cubic ones."""

    def __init__(self, scale: float) -> None:
        self.steps: list[tuple[str, tuple[float, ...]]] = []
        self._scale = scale
        self._at = (0.0, 0.0)

    def add(self, operator: str, *numbers: float) -> None:
        """One step, in font units."""
        scaled = tuple(number * self._scale for number in numbers)
        self.steps.append((operator, scaled))
        if scaled:
            self._at = (scaled[-2], scaled[-1])

    def quadratic(self, cx: float, cy: float, x: float, y: float) -> None:
        """A quadratic curve from where the pen is, in font units."""
        ax, ay = self._at
        cx, cy, x, y = (number * self._scale for number in (cx, cy, x, y))
        first, second = (
            (ax + (cx - ax) * 2 / 3, ay + (cy - ay) * 2 / 3),
            (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3),
        )
        self.steps.append(("c", (*first, *second, x, y)))
        self._at = (x, y)


@cache
def _drawing() -> hb.DrawFuncs:
    found = hb.DrawFuncs()
    found.set_move_to_func(lambda x, y, path: path.add("m", x, y))
    found.set_line_to_func(lambda x, y, path: path.add("l", x, y))
    found.set_cubic_to_func(lambda a, b, c, d, x, y, path: path.add("c", a, b, c, d, x, y))
    found.set_quadratic_to_func(lambda cx, cy, x, y, path: path.quadratic(cx, cy, x, y))
    found.set_close_path_func(lambda path: path.add("h"))
    return found


_FAMILIES: tuple[tuple[str, bool], ...] = (
    ("NotoSans", True),
    ("NotoSansArabic", False),
    ("NotoSansHebrew", False),
    ("NotoSansDevanagari", False),
    ("NotoSansThai", False),
    ("NotoSansArmenian", False),
    ("NotoSansGeorgian", False),
    ("NotoSansEthiopic", False),
    ("NotoSansBengali", False),
    ("NotoSansGujarati", False),
    ("NotoSansGurmukhi", False),
    ("NotoSansKannada", False),
    ("NotoSansMalayalam", False),
    ("NotoSansSinhala", False),
    ("NotoSansTamil", False),
    ("NotoSansTelugu", False),
    ("NotoSansKhmer", False),
    ("NotoSansLao", False),
    ("NotoSansMyanmar", False),
    ("WenQuanYiMicroHei", False),
)
_WITH_BOLD = frozenset({"NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari", "NotoSansThai"})
"""Families that have a bold face; the bold of the others is drawn by a thin outline."""
_SCRIPTS = ((0x0900, 0x097F, "NotoSansDevanagari"), (0xA8E0, 0xA8FF, "NotoSansDevanagari"))


@cache
def _face(file: str, heavier: bool = False) -> Face:
    return Face(file, heavier)


@cache
def _style(family: str, has_italic: bool, bold: bool, italic: bool) -> Face:
    if family not in _WITH_BOLD:
        return _face(f"{family}-Regular.ttf", bold)
    slant = "Italic" if italic and has_italic else ""
    return _face(f"{family}-{('Bold' if bold else '') + slant or 'Regular'}.ttf")


@cache
def faces(bold: bool, italic: bool) -> tuple[Face, ...]:
    """The chain of faces of a style, in the order they are asked for a character."""
    return tuple(_style(family, has_italic, bold, italic) for family, has_italic in _FAMILIES)


@cache
def face_of(char: str, bold: bool, italic: bool) -> Face | None:
    """The first face that has the character, None when there is none."""
    code = ord(char)
    chain = faces(bold, italic)
    for first, last, family in _SCRIPTS:
        if first <= code <= last:
            chain = tuple(sorted(chain, key=lambda face: not face.name.startswith(family)))
    return next((face for face in chain if code in face.characters), None)


@cache
def _follows(char: str) -> bool:
    """Whether a character stays with the face of the one before it."""
    return unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")


def _face_runs(text: str, bold: bool, italic: bool) -> list[tuple[Face, str, bool]]:
    """Text cut where the face changes; True marks characters that no face has."""
    main = faces(bold, italic)[0]
    found: list[tuple[Face, str, bool]] = []
    start = 0
    last: tuple[Face, bool] | None = None
    for place, char in enumerate(text):
        if last and _follows(char) and (ord(char) in last[0].characters or _invisible(char)):
            continue
        face = face_of(char, bold, italic)
        now = (face or main, face is None and not _invisible(char))
        if last and now != last:
            found.append((last[0], text[start:place], last[1]))
            start = place
        last = now
    if last:
        found.append((last[0], text[start:], last[1]))
    return found


@cache
def _invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F


_kept: dict[tuple[str, bool, bool, int, str], tuple[Shaped, ...]] = {}


def shape(text: str, bold: bool, italic: bool, level: int, language: str) -> tuple[Shaped, ...]:
    """A stretch of one direction as shaped parts in logical order, one per change of face."""
    key = (text, bold, italic, level, language)
    found = _kept.get(key)
    if found is None:
        found = tuple(_shape(text, bold, italic, level, language))
        if len(text) <= LONGEST_KEPT:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[key] = found
    return found


def _shape(text: str, bold: bool, italic: bool, level: int, language: str) -> Iterable[Shaped]:
    main = faces(bold, italic)[0]
    if all(ord(char) in main.characters and not "\u0900" <= char <= "\u097f" for char in text):
        yield main.shape(text, level, language)
        return
    for face, part, missing in _face_runs(text, bold, italic):
        if missing:
            yield _replaced(face, part, level)
        else:
            yield face.shape(part, level, language)


def _replaced(face: Face, text: str, level: int) -> Shaped:
    """Characters no face has: a replacement glyph each, the true text carried beside it."""
    gid = face.nominal(MISSING)
    width = face.advance(gid)
    glyphs = tuple(Glyph(gid, width, 0, 0, start, MISSING) for start in range(len(text)))
    return Shaped(face, text, level, glyphs[::-1] if level % 2 else glyphs, width * len(text), False, True)
