"""The colours of a briefing on a screen, light and dark, each pair of text and ground checked to be legible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cityplanner.reports.theme import MARKED, TEXT_CONTRAST, WHITE, Colour, Theme, colour, contrast, mixed

BLACK: Colour = (0.0, 0.0, 0.0)
SHAPE_CONTRAST = 3.0
SERIES = 8
NAMED = ("ground", "track", "rule", "strong", "accent", "good", "caution", "bad")
"""Inks of shapes that aren't a series; paper's white is the ground."""
DARK_GROUND, DARK_PANEL = colour("#11171d"), colour("#1a222b")
DARK_INK, DARK_QUIET = colour("#e6ebf0"), colour("#aeb8c2")
DARK_RULE, DARK_STRONG = colour("#37434f"), colour("#7d8a97")


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour by its name in the style sheet."""

    colours: dict[str, Colour]

    def pairs(self) -> Iterator[tuple[str, Colour, Colour]]:
        """Each text colour with each ground it stands on."""
        own = self.colours
        for text in ("ink", "quiet", *MARKED):
            for ground in ("ground", "panel"):
                yield f"{text} on {ground}", own[text], own[ground]
        for tone in MARKED:
            for text in ("ink", "quiet", tone):
                yield f"{text} on {tone}", own[text], own[f"tint-{tone}"]
        for name in (*map(str, range(SERIES)), *NAMED):
            yield f"label on {name}", own[f"on{name}"], own[f"s{name}" if name.isdigit() else name]

    def css(self) -> str:
        """The colours as custom properties."""
        return "".join(f"--{name}:{code(shade)};" for name, shade in self.colours.items())


def code(shade: Colour) -> str:
    """A colour as `#rrggbb`."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in shade)


def light(theme: Theme) -> Palette:
    """The colours of paper."""
    found = {
        "ground": WHITE,
        "panel": theme.panel,
        "ink": theme.ink,
        "quiet": theme.quiet,
        "rule": theme.rule,
        "strong": theme.strong_rule,
        "track": mixed(theme.rule, WHITE, 0.3),
    }
    for tone in MARKED:
        found[tone], found[f"tint-{tone}"] = theme.tone(tone), theme.tint(tone)
    for n in range(SERIES):
        found |= _series(n, theme.series(n), BLACK, theme.ink, WHITE)
    return Palette(found | _on_named(found, theme.ink, WHITE))


def dark(theme: Theme) -> Palette:
    """The same colours for a dark ground: raised until they can be read."""
    found = {
        "ground": DARK_GROUND,
        "panel": DARK_PANEL,
        "ink": DARK_INK,
        "quiet": DARK_QUIET,
        "rule": DARK_RULE,
        "strong": DARK_STRONG,
        "track": DARK_RULE,
    }
    for tone in MARKED:
        found[tone], found[f"tint-{tone}"] = _raised(theme.tone(tone))
    for n in range(SERIES):
        shade = found["accent"] if n == 0 else _lightened(theme.series(n), DARK_GROUND, SHAPE_CONTRAST)
        found |= _series(n, shade, WHITE, DARK_GROUND, DARK_INK)
    return Palette(found | _on_named(found, DARK_GROUND, DARK_INK))


def _series(n: int, shade: Colour, line: Colour, *labels: Colour) -> dict[str, Colour]:
    """A series' fill, the lines of its pattern, and what is written on it."""
    shade = colour(code(shade))
    return {f"s{n}": shade, f"l{n}": mixed(shade, line, 0.32), f"on{n}": _best(shade, *labels)}


def _on_named(found: dict[str, Colour], *labels: Colour) -> dict[str, Colour]:
    """What is written on each shape that has a colour by name."""
    return {f"on{name}": _best(found[name], *labels) for name in NAMED}


def _best(ground: Colour, *labels: Colour) -> Colour:
    """The label colour that reads best, black or white where none is good enough."""
    best = max(labels, key=lambda one: contrast(one, ground))
    if contrast(best, ground) >= TEXT_CONTRAST:
        return best
    return max((BLACK, WHITE), key=lambda one: contrast(one, ground))


def _raised(shade: Colour) -> tuple[Colour, Colour]:
    """A tone light enough for the dark panel and for a ground tinted with itself, and that ground."""
    for step in range(21):
        text = colour(code(mixed(shade, WHITE, step / 20)))
        tint = colour(code(mixed(DARK_GROUND, text, 0.12)))
        if min(contrast(text, DARK_PANEL), contrast(text, tint)) >= TEXT_CONTRAST:
            break
    return text, tint


def _lightened(shade: Colour, ground: Colour, least: float) -> Colour:
    steps = (mixed(shade, WHITE, step / 20) for step in range(21))
    return next(one for one in steps if contrast(one, ground) >= least)
