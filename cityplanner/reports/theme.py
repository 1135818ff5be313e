"""How a briefing looks: papers, margins, type sizes, colours; lengths in points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import hexdigits
from typing import Literal

from cityplanner.reports.charts.description import Tone

Paper = Literal["Letter", "A4"]
Colour = tuple[float, float, float]
PAPERS: dict[str, tuple[float, float]] = {"Letter": (612.0, 792.0), "A4": (595.276, 841.89)}
TEXT_CONTRAST = 4.5
TINT = 0.07
WHITE: Colour = (1.0, 1.0, 1.0)
ACCENT = "#0b5a7d"


def colour(code: str) -> Colour:
    """A `#rrggbb` code as shares of red, green and blue; raises `ValueError` for anything else."""
    digits = code.removeprefix("#")
    if len(digits) != 6 or not set(digits) <= set(hexdigits):
        raise ValueError(f"not a #rrggbb colour: {code!r}")
    return int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:], 16) / 255


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(shade: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shade)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with a share (0 to 1) of `other` in it."""
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def legible(shade: Colour, ground: Colour) -> Colour:
    """The colour, darkened until text in it can be read on the ground and on a ground tinted with itself."""
    for step in range(21):
        candidate = mixed(shade, (0.0, 0.0, 0.0), step / 20)
        if min(contrast(candidate, ground), contrast(candidate, tinted(candidate))) >= TEXT_CONTRAST:
            return candidate
    return 0.0, 0.0, 0.0


def tinted(shade: Colour) -> Colour:
    """White with a little of the colour in it."""
    return mixed(WHITE, shade, TINT)


@dataclass(frozen=True, slots=True)
class Type:
    """A size of type: points, distance of base lines, weight, and the space around its paragraphs."""

    size: float
    leading: float
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Margins:
    """The page's edges left free, in points."""

    side: float = 62.0
    top: float = 74.0
    bottom: float = 72.0


INK, QUIET = colour("#18212b"), colour("#55606d")
RULE, STRONG_RULE, PANEL = colour("#d6dbe1"), colour("#8a95a1"), colour("#f4f6f8")
MARGINS = Margins()


TYPES: dict[str, Type] = {
    "display": Type(30, 37, bold=True, after=10),
    "title": Type(23, 29, bold=True, after=5),
    "subtitle": Type(12.5, 18, after=6, tone="quiet"),
    "h1": Type(15.5, 20, bold=True, before=25, after=8),
    "h2": Type(12, 16.5, bold=True, before=18, after=5),
    "h3": Type(10.2, 15, bold=True, before=14, after=3),
    "h4": Type(9.6, 14, bold=True, before=11, after=3, tone="quiet"),
    "h5": Type(9.6, 14, before=10, after=3, tone="quiet"),
    "body": Type(9.8, 14.6, before=0, after=7.5),
    "lead": Type(11.6, 17.6, before=0, after=10),
    "small": Type(8.3, 12.2, before=0, after=6, tone="quiet"),
    "item": Type(9.8, 14.6, after=3.2),
    "cell": Type(8.6, 12.4),
    "head": Type(8.0, 11.4, bold=True, tone="quiet"),
    "caption": Type(9.2, 13.4, bold=True, before=10, after=5),
    "furniture": Type(7.6, 10.5, tone="quiet"),
    "fact": Type(19, 24, bold=True),
    "fact_label": Type(8.0, 11.2, tone="quiet"),
    "callout": Type(9.6, 13.6, bold=True, after=2),
    "contents1": Type(10, 15, bold=True, before=7, after=1),
    "contents": Type(9.6, 14, before=1, after=1),
    "chart": Type(8.2, 11.0),
    "chart_small": Type(7.4, 9.8, tone="quiet"),
}

MARKED: tuple[Tone, ...] = ("accent", "good", "caution", "bad")
_PATTERN_COLOURS = ("#e69f00", "#56b494", "#8a4f9e", "#9aa5b1", "#b5413a", "#6fa8dc", "#6b5a1e")


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one office's paper, checked to be legible."""

    accent: Colour
    ink: Colour = INK
    quiet: Colour = QUIET
    rule: Colour = RULE
    strong_rule: Colour = STRONG_RULE
    panel: Colour = PANEL
    margins: Margins = MARGINS

    def tone(self, tone: Tone) -> Colour:
        """The colour of text in a tone; every one has 4.5:1 on white and on the panel."""
        named = {"good": "#1d6b45", "caution": "#8a5200", "bad": "#a3241f"}
        if tone in named:
            return colour(named[tone])
        return {"accent": self.accent, "quiet": self.quiet}.get(tone, self.ink)

    def tint(self, tone: Tone) -> Colour:
        """A pale ground of the tone, light enough for any text."""
        return tinted(self.tone(tone)) if tone in ("accent", "good", "caution", "bad") else self.panel

    def pairs(self) -> Iterator[tuple[Colour, Colour]]:
        """Every colour of text with every ground it may stand on."""
        for tone in MARKED:
            yield from ((self.tone(tone), ground) for ground in (WHITE, self.panel, self.tint(tone)))
            yield from ((text, self.tint(tone)) for text in (self.ink, self.quiet))
        yield from ((text, ground) for text in (self.ink, self.quiet) for ground in (WHITE, self.panel))

    def series(self, number: int) -> Colour:
        """The colour of a chart's nth series; told apart by pattern as well."""
        return self.accent if number == 0 else colour(_PATTERN_COLOURS[(number - 1) % len(_PATTERN_COLOURS)])


def theme(accent: str = "") -> Theme:
    """The theme with the office's accent colour, darkened where text in it could not be read."""
    return Theme(accent=legible(colour(accent or ACCENT), PANEL))
