"""A chart as inline SVG, from the same shapes that are drawn on paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cityplanner.reports.charts.description import Chart
from cityplanner.reports.charts.layout import layout
from cityplanner.reports.charts.shapes import Area, Box, Ink, Label, Marker, Shape, Stroke, hatch
from cityplanner.reports.html.words import attribute
from cityplanner.reports.pdf.chart_element import MARK, PaperMeasure
from cityplanner.reports.pdf.pdf_objects import number
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.text import cleaned, direction
from cityplanner.reports.theme import TYPES

WIDTH = 488.0
EDGE = 4.0
"""Room on every side for what reaches beyond the plot: a marker, the end of a word."""
ISOLATES, ISOLATED = {False: "\u2066", True: "\u2067"}, "\u2069"
ANCHORS = {"start": "start", "center": "middle", "end": "end"}


def drawing(setting: Setting, chart: Chart, name: str, title: str, alt: str) -> str:
    """One chart in a picture of its own; `name` makes its ids, `title` and `alt` say what it shows."""
    found = layout(chart, WIDTH, PaperMeasure(setting))
    size = f"{-EDGE:g} {-EDGE:g} {number(WIDTH + 2 * EDGE)} {number(max(found.height, 1) + 2 * EDGE)}"
    brush = _Brush(setting)
    words = f'<title id="{name}-t">{attribute(title or alt)}</title>'
    label = f"{name}-t"
    if title:
        words += f'<desc id="{name}-d">{attribute(alt)}</desc>'
        label += f" {name}-d"
    side = ' direction="rtl"' if setting.right_to_left else ""
    body = "".join(map(brush.draw, found.shapes))
    return f'<svg role="img" aria-labelledby="{label}" viewBox="{size}"{side}>{words}{body}</svg>'


class _Brush:
    """Draws shapes given from the reading start and downwards."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.right = setting, setting.right_to_left

    def _x(self, x: float, width: float = 0.0) -> float:
        return WIDTH - x - width if self.right else x

    def draw(self, shape: Shape) -> str:
        """One shape."""
        if isinstance(shape, Box):
            return self._box(shape)
        if isinstance(shape, Stroke):
            points = [(self._x(x), y) for x, y in shape.points]
            return _line(points, _class("l", "k-", shape.ink), shape.width, shape.dash)
        if isinstance(shape, Area):
            points = [(self._x(x), y) for x, y in shape.points]
            return f'<polygon class="{_class("s", "f-", shape.ink)}" points="{_points(points)}"/>'
        if isinstance(shape, Marker):
            return self._marker(shape)
        return self._label(shape) if shape.text else ""

    def _box(self, box: Box) -> str:
        x = self._x(box.x, box.width)
        found = _rectangle(x, box.y, box.width, box.height, _class("s", "f-", box.ink), box.radius)
        if isinstance(box.ink, int) and box.ink:
            place = (x, box.y, box.width, box.height)
            for points in hatch(box.ink, *place):
                found += _line(points, f"h{box.ink}", 0.5)
            found += _rectangle(*place, f"h{box.ink}", 0.0, ' stroke-width="0.5"')
        return found

    def _marker(self, marker: Marker) -> str:
        x, y, kind = self._x(marker.x), marker.y, marker.ink % 4
        if kind < 2:
            return _rectangle(x - MARK, y - MARK, 2 * MARK, 2 * MARK, f"s{marker.ink}", 0 if kind else MARK)
        points = [(x, y - 3.6), (x - 3.5, y + 2.6), (x + 3.5, y + 2.6)]
        if kind == 3:
            points = [(x, y - 4), (x - 4, y), (x, y + 4), (x + 4, y)]
        return f'<polygon class="s{marker.ink}" points="{_points(points)}"/>'

    def _label(self, label: Label) -> str:
        kind = TYPES["chart_small" if label.small else "chart"]
        ground = ""
        if label.clear or label.on is not None:
            ground = self._ground(label, kind.size)
        under = label.on if label.on is not None else label.over
        tone = label.tone if label.tone != "plain" else kind.tone
        names = [f"f-{tone}"] if tone != "plain" else []
        if under is not None:
            names = [_class("o", "o-", under)]
        names += ["sm"] if label.small else []
        names += ["b"] if label.bold else []
        style = f' class="{" ".join(names)}"' if names else ""
        anchor = f' text-anchor="{ANCHORS[label.anchor]}"' if label.anchor != "start" else ""
        place = f'x="{number(self._x(label.x))}" y="{number(label.y)}"'
        return f"{ground}<text {place}{anchor}{style}>{self._words(label.text)}</text>"

    def _words(self, words: str) -> str:
        """Words that run against the drawing's direction, kept apart from it."""
        against = direction(words, self.right)
        if against != self.right:
            words = f"{ISOLATES[against]}{words}{ISOLATED}"
        return escape(cleaned(words), quote=False)

    def _ground(self, label: Label, size: float) -> str:
        """What hides the rules behind words."""
        kind = TYPES["chart_small" if label.small else "chart"]
        width = self.setting.width(label.text, kind, bold=label.bold)
        start = {"start": label.x, "center": label.x - width / 2, "end": label.x - width}[label.anchor]
        x, y = self._x(start, width), label.y - size + 1.5
        if label.on is not None:
            return _rectangle(x - 2, y - 0.5, width + 4, size + 1, f"s{label.on}", 1.5)
        return _rectangle(x - 1.5, y, width + 3, size, "f-ground", 0)


def _class(series: str, named: str, ink: Ink) -> str:
    return f"{series}{ink}" if isinstance(ink, int) else f"{named}{'ground' if ink == 'white' else ink}"


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def _line(points: Sequence[tuple[float, float]], name: str, width: float, dash: Sequence[float] = ()) -> str:
    pattern = f' stroke-dasharray="{" ".join(map(number, dash))}"' if dash else ""
    return f'<polyline class="{name}" points="{_points(points)}" stroke-width="{number(width)}"{pattern}/>'


def _rectangle(
    x: float, y: float, width: float, height: float, name: str, radius: float, more: str = ""
) -> str:
    place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    corner = f' rx="{number(min(radius, width / 2, height / 2))}"' if radius else ""
    return f'<rect class="{name}" {place}{corner}{more}/>'
