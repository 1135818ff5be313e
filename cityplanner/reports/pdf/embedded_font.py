"""One face as a document embeds it: its subset, its codes, what each of them spells."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from cityplanner.reports.pdf.fonts import Face, Shaped
from cityplanner.reports.pdf.pdf_objects import Dictionary, Name, Stream

BLANKS = ("\u200b", "\u034f", "\0")


class EmbeddedFont:
    """One face as this document uses it: codes of the glyphs drawn and what each of them spells.

    A code is the glyph's own number, or beyond the last glyph where the same glyph spells something else.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.spells: dict[int, str] = {}
        self.glyphs: dict[int, int] = {}
        self._codes: dict[tuple[int, str], int] = {}
        self._known: dict[Shaped, tuple[int, ...]] = {}
        self._steps: dict[Shaped, str | None] = {}

    def code(self, gid: int, words: str) -> int:
        """The code that draws a glyph and spells these characters."""
        found = self._codes.get((gid, words))
        if found is None:
            found = gid
            if gid in self.spells:
                found = self.face.glyph_count + sum(code != gid for code, gid in self.glyphs.items())
            self._codes[gid, words] = found
            self.spells[found], self.glyphs[found] = words, gid
        return found

    def codes(self, shaped: Shaped) -> tuple[int, ...]:
        """The codes of a stretch's glyphs."""
        found = self._known.get(shaped)
        if found is None:
            known, exact = self.glyphs, shaped.spelled
            found = tuple(
                self.code(one.gid, one.spells) if exact or one.gid not in known else one.gid
                for one in shaped.glyphs
            )
            self._known[shaped] = found
        return found

    def steps(self, shaped: Shaped) -> str | None:
        """What shows the stretch inside a TJ array; None when a glyph is raised."""
        if shaped not in self._steps:
            raised = any(glyph.dy for glyph in shaped.glyphs)
            self._steps[shaped] = None if raised else _steps(shaped, self.codes(shaped))
        return self._steps[shaped]

    def blank(self) -> int | None:
        """A glyph that draws nothing and has no width, to carry characters that have no glyph of their own."""
        found = (self.face.nominal(char) for char in BLANKS)
        return next((gid for gid in found if gid and not self.face.advance(gid)), None)

    def object(self) -> Dictionary:
        """The font dictionary with its embedded subset."""
        gids = sorted({*self.glyphs.values()})
        data = self.face.subset(gids)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(repr(gids).encode()).digest()[:6])
        name = Name(f"{tag}+{self.face.name}")
        ascent, descent = self.face.extents
        descriptor = {
            "Type": Name("FontDescriptor"),
            "FontName": name,
            "Flags": 4,
            "FontBBox": list(self.face.box),
            "ItalicAngle": -12 if "Italic" in self.face.name else 0,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": 714,
            "StemV": 140 if "Bold" in self.face.name else 80,
            "FontFile2": Stream(data, {"Length1": len(data)}),
        }
        descendant = {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
            "FontDescriptor": Dictionary(descriptor),
            "DW": 1000,
            "W": [
                part for code, gid in sorted(self.glyphs.items()) for part in (code, [self.face.advance(gid)])
            ],
            "CIDToGIDMap": self._glyph_map(),
        }
        whole = {
            "Type": Name("Font"),
            "Subtype": Name("Type0"),
            "BaseFont": name,
            "Encoding": Name("Identity-H"),
            "DescendantFonts": [Dictionary(descendant)],
            "ToUnicode": Stream(_to_unicode(self.spells)),
        }
        return Dictionary(whole)

    def _glyph_map(self) -> Any:
        """From codes to glyphs: the same, unless codes beyond the last glyph are used."""
        last = max(self.glyphs, default=0)
        if last < self.face.glyph_count:
            return Name("Identity")
        return Stream(b"".join(self.glyphs.get(code, 0).to_bytes(2, "big") for code in range(last + 1)))


def _steps(shaped: Shaped, codes: Sequence[int]) -> str:
    """Codes, and between them what differs from the font's own advances (1/1000, to the left)."""
    found: list[str] = []
    run: list[str] = []
    shift = 0.0
    advance_of = shaped.face.advance
    for glyph, code in zip(shaped.glyphs, codes, strict=True):
        shift -= glyph.dx
        if abs(shift) >= 0.5:
            if run:
                found.append(f"<{''.join(run)}>")
                run = []
            found.append(str(round(shift)))
            shift -= round(shift)
        run.append(f"{code:04x}")
        shift += glyph.dx + advance_of(glyph.gid) - glyph.advance
    found.append(f"<{''.join(run)}>")
    if abs(shift) >= 0.5:
        found.append(str(round(shift)))
    return "".join(found)


def _to_unicode(spells: Mapping[int, str]) -> bytes:
    """The map from glyphs to characters (a CMap)."""
    rows = [f"<{gid:04x}> <{_readable(spells[gid])}>" for gid in sorted(spells)]
    blocks = [rows[n : n + 100] for n in range(0, len(rows), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _readable(text: str) -> str:
    return "".join("fffd" if char in "\0\ufeff\ufffe" else char.encode("utf-16-be").hex() for char in text)
