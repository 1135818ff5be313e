"""A chart drawn on paper: its shapes as vectors, its words as text, all one figure with its alternative text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cityplanner.base.language import LEFT_MARK
from cityplanner.reports.charts.description import Chart
from cityplanner.reports.charts.layout import layout
from cityplanner.reports.charts.shapes import Area, Box, Drawing, Ink, Label, Marker, Shape, Stroke, hatch
from cityplanner.reports.pdf import text
from cityplanner.reports.pdf.flow import Element
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.theme import TYPES, WHITE, Colour, Theme, contrast, mixed

MARK = 2.9


class PaperMeasure:
    """Type as the briefing sets it."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def width(self, words: str, *, small: bool = False, bold: bool = False) -> float:
        """The width of words on one line, in points."""
        return self.setting.width(words, TYPES["chart_small" if small else "chart"], bold=bold)

    def wrap(self, words: str, width: float, *, small: bool = False) -> list[str]:
        """Words in lines of a width; a line without letters still runs as the words it was taken from."""
        kind = TYPES["chart_small" if small else "chart"]
        found = [line.text.rstrip() for line in self.setting.lines(words, kind, width)] if words else []
        against = self.right_to_left and not text.direction(words, True)
        return [f"{LEFT_MARK}{line}" if against and text.direction(line, True) else line for line in found]

    def number(self, value: float) -> str:
        """A value in the report's language."""
        rounded = round(value, 2)
        return self.setting.language.number(int(rounded) if rounded == int(rounded) else rounded)

    def percent(self, share: float) -> str:
        """A share in the report's language."""
        return self.setting.language.percent(share)

    def date(self, day: dt.date, step: str) -> str:
        """A day in the report's language."""
        return self.setting.language.tick(day, step)

    @property
    def right_to_left(self) -> bool:
        """Whether the page runs from the right."""
        return self.setting.right_to_left


class ChartElement(Element):
    """One chart of a figure."""

    def __init__(self, setting: Setting, chart: Chart, node: Node) -> None:
        self.setting, self.chart, self.node = setting, chart, node
        self.before, self.after = 6.0, 15.0
        self._width = -1.0
        self._drawing = Drawing()

    def _lay(self, width: float) -> Drawing:
        if width != self._width:
            self._drawing = layout(self.chart, width, PaperMeasure(self.setting))
            self._width = width
        return self._drawing

    def height(self, width: float) -> float:
        """The height of its shapes."""
        return self._lay(width).height

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """The shapes, mirrored for a language that runs from the right."""
        drawing = self._lay(width)
        bottom = top - drawing.height
        box = tuple(round(edge, 2) for edge in (x, bottom, x + width, top))
        self.node.describe("Layout", BBox=box, Placement="Block")
        with paper.region(self.node):
            for shape in drawing.shapes:
                _Brush(self.setting, paper, x, top, width).draw(shape)


class _Brush:
    """Draws shapes given from the reading start and downwards."""

    def __init__(self, setting: Setting, paper: Paper, x: float, top: float, width: float) -> None:
        self.setting, self.paper, self.left, self.top, self.total = setting, paper, x, top, width

    def _x(self, x: float, width: float = 0.0) -> float:
        return self.left + (self.total - x - width if self.setting.right_to_left else x)

    def draw(self, shape: Shape) -> None:
        """One shape."""
        if isinstance(shape, Box):
            self._box(shape)
        elif isinstance(shape, Stroke):
            points = [(self._x(x), self.top - y) for x, y in shape.points]
            self.paper.stroke(points, ink(self.setting.theme, shape.ink), shape.width, shape.dash)
        elif isinstance(shape, Marker):
            self._marker(shape)
        elif isinstance(shape, Area):
            points = [(self._x(x), self.top - y) for x, y in shape.points]
            self.paper.polygon(points, ink(self.setting.theme, shape.ink))
        else:
            self._label(shape)

    def _box(self, box: Box) -> None:
        colour = ink(self.setting.theme, box.ink)
        x, y = self._x(box.x, box.width), self.top - box.y - box.height
        self.paper.rectangle(x, y, box.width, box.height, colour, box.radius)
        if isinstance(box.ink, int) and box.ink:
            line = mixed(colour, (0.0, 0.0, 0.0), 0.32)
            for points in hatch(box.ink, x, y, box.width, box.height):
                self.paper.stroke(points, line, 0.5)
            corners = [
                (x, y),
                (x + box.width, y),
                (x + box.width, y + box.height),
                (x, y + box.height),
                (x, y),
            ]
            self.paper.stroke(corners, line, 0.5)

    def _marker(self, marker: Marker) -> None:
        x, y = self._x(marker.x), self.top - marker.y
        colour = ink(self.setting.theme, marker.ink)
        kind = marker.ink % 4
        if kind == 0:
            self.paper.rectangle(x - MARK, y - MARK, 2 * MARK, 2 * MARK, colour, MARK)
        elif kind == 1:
            self.paper.rectangle(x - MARK, y - MARK, 2 * MARK, 2 * MARK, colour)
        elif kind == 2:
            self.paper.polygon([(x, y + 3.6), (x - 3.5, y - 2.6), (x + 3.5, y - 2.6)], colour)
        else:
            self.paper.polygon([(x, y + 4), (x - 4, y), (x, y - 4), (x + 4, y)], colour)

    def _label(self, label: Label) -> None:
        if not label.text:
            return
        kind = TYPES["chart_small" if label.small else "chart"]
        spans = self.setting.spans(label.text, kind, label.tone, bold=label.bold)
        width = text.natural_width(spans, self.setting.right_to_left)
        start = {"start": label.x, "center": label.x - width / 2, "end": label.x - width}[label.anchor]
        x, y = self._x(start, width), self.top - label.y
        if label.clear:
            self.paper.rectangle(x - 1.5, y - 1.5, width + 3, kind.size, WHITE)
        if label.on is not None:
            ground = self.setting.theme.series(label.on)
            self.paper.rectangle(x - 2, y - 2, width + 4, kind.size + 1, ground, 1.5)
            spans = self._readable(spans, ground)
        elif label.over is not None:
            spans = self._readable(spans, ink(self.setting.theme, label.over))
        for line in text.lines(spans, width + 0.5, self.setting.right_to_left)[:1]:
            self.paper.write(line, x, y)

    def _readable(self, spans: text.Spans, ground: Colour) -> text.Spans:
        """Words in dark or white, whichever stands out more."""
        dark = self.setting.theme.ink
        shade = WHITE if contrast(WHITE, ground) >= contrast(dark, ground) else dark
        return text.Spans(span._replace(manner=replace(span.manner, colour=shade)) for span in spans)


def ink(theme: Theme, name: Ink) -> Colour:
    """The colour of a shape."""
    if isinstance(name, int):
        return theme.series(name)
    if name in ("good", "caution", "bad", "accent"):
        return theme.tone(name)
    named = {
        "track": mixed(theme.rule, WHITE, 0.3),
        "rule": theme.rule,
        "strong": theme.strong_rule,
        "white": WHITE,
    }
    return named[name]
