"""A curve laid out: points joined in order of x on a grid of round values, and single marks with their words."""

from __future__ import annotations

from collections.abc import Callable

from cityplanner.reports.charts.description import CurveChart, Point
from cityplanner.reports.charts.shapes import PLOT_HEIGHT, Box, Drawing, Ink, Label, Measure, Stroke, ticks

DOT = 2.6
RING = 4.2
FOOT = 30.0


def curve(chart: CurveChart, width: float, measure: Measure) -> Drawing:
    """The curve with a dot at each point, its words where it has any, and the marks on top."""
    drawing = Drawing()
    drawing.shapes.append(Label(chart.y_axis, 0, 8, small=True, tone="quiet"))
    every = (*chart.points, *chart.marks)
    x_marks = ticks(min(p.x for p in every), max(p.x for p in every), 6)
    y_marks = ticks(min(p.y for p in every), max(p.y for p in every))
    left = max(measure.width(measure.number(mark), small=True) for mark in y_marks) + 8
    right = width - measure.width(measure.number(x_marks[-1]), small=True) / 2 - 4
    top, bottom = 22.0, 22.0 + PLOT_HEIGHT

    def x_of(value: float) -> float:
        return left + (right - left) * (value - x_marks[0]) / (x_marks[-1] - x_marks[0])

    def y_of(value: float) -> float:
        return bottom - (bottom - top) * (value - y_marks[0]) / (y_marks[-1] - y_marks[0])

    for mark in y_marks:
        y = y_of(mark)
        drawing.shapes.append(Stroke(((left, y), (right, y)), "rule", 0.4))
        drawing.shapes.append(Label(measure.number(mark), left - 5, y + 2.6, "end", small=True, tone="quiet"))
    for mark in x_marks:
        x = x_of(mark)
        drawing.shapes.append(Stroke(((x, bottom), (x, bottom + 3)), "strong", 0.6))
        drawing.shapes.append(Label(measure.number(mark), x, bottom + 12, "center", small=True, tone="quiet"))
    drawing.shapes.append(Stroke(((left, bottom), (right, bottom)), "strong", 0.7))
    drawing.shapes.append(Label(chart.x_axis, right, bottom + 25, "end", small=True, tone="quiet"))
    line = tuple((x_of(point.x), y_of(point.y)) for point in chart.points)
    if len(line) > 1:
        drawing.shapes.append(Stroke(line, "accent", 1.6))
    for point in chart.points:
        _dot(drawing, point, x_of, y_of, DOT)
    for point in chart.marks:
        _dot(drawing, point, x_of, y_of, RING)
    _words(drawing, chart, x_of, y_of, right, measure)
    drawing.height = bottom + FOOT
    return drawing


Scale = Callable[[float], float]


def _dot(drawing: Drawing, point: Point, x_of: Scale, y_of: Scale, radius: float) -> None:
    ink: Ink = point.tone if point.tone in ("good", "caution", "bad") else "accent"
    x, y = x_of(point.x), y_of(point.y)
    if radius == RING:  # a white edge sets a mark apart from the curve below it
        edge = radius + 1.2
        drawing.shapes.append(Box(x - edge, y - edge, 2 * edge, 2 * edge, "white", edge))
    drawing.shapes.append(Box(x - radius, y - radius, 2 * radius, 2 * radius, ink, radius))


def _words(
    drawing: Drawing, chart: CurveChart, x_of: Scale, y_of: Scale, right: float, measure: Measure
) -> None:
    """The words beside their points, moved down where they'd touch others."""
    taken: list[tuple[float, float, float]] = []
    for point in sorted((*chart.marks, *chart.points), key=lambda one: -one.y):
        if not point.label:
            continue
        wide = measure.width(point.label, bold=True)
        x = x_of(point.x) + 8
        if x + wide > right:
            x = x_of(point.x) - 8 - wide
        y = y_of(point.y) + 3
        while any(abs(y - other) < 11 and x < end and start < x + wide for start, end, other in taken):
            y += 11
        taken.append((x, x + wide, y))
        drawing.shapes.append(Label(point.label, x, y, bold=True, clear=True))
