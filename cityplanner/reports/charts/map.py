"""A map laid out: land and borders behind, places as numbers, and the key to them below.

The projection is the equirectangular one, true to scale at the middle latitude of what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from cityplanner.reports.charts.description import MapChart, Place
from cityplanner.reports.charts.shapes import LINE, Area, Box, Drawing, Ink, Label, Measure, Stroke
from cityplanner.reports.charts.world import Line
from cityplanner.reports.charts.world import world as outlines

WHOLE = (-170.0, -56.0, 190.0, 80.0)
"""West, south, east, north of a map of the world: without the ice in the south."""
LEAST_SPAN = 12.0
PADDING = 0.18
DOT = 6.5
EDGE = DOT + 0.8
TALLEST = 0.62
"""The greatest height of a map as a share of its width."""


@dataclass(frozen=True, slots=True)
class _Window:
    west: float
    south: float
    east: float
    north: float
    width: float

    @property
    def _unit(self) -> float:
        return self.width / ((self.east - self.west) * self._narrowing)

    @property
    def _narrowing(self) -> float:
        return cos(radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        return (self.north - self.south) * self._unit

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The point of a place: x from the left, y downwards."""
        return (longitude - self.west) * self._narrowing * self._unit, (self.north - latitude) * self._unit


def world(chart: MapChart, width: float, measure: Measure) -> Drawing:
    """The map, never mirrored: where the page will be, its points are mirrored beforehand."""
    window = _window(chart, width)
    drawing = Drawing(height=window.height)
    drawing.shapes.append(Box(0, 0, width, window.height, "track"))
    for ring in outlines().land:
        _land(drawing, ring, window, measure)
    for arc in outlines().borders:
        _border(drawing, arc, window, measure)
    taken: list[tuple[float, float]] = []
    for number, place in enumerate(chart.places, 1):
        _mark(drawing, place, measure.number(number), window, taken, measure)
    drawing.height += 8
    _key(drawing, chart.places, width, measure)
    return drawing


def _window(chart: MapChart, width: float) -> _Window:
    if not chart.close:
        return _Window(*WHOLE, width)
    west, east = _padded([place.longitude for place in chart.places], 180)
    south, north = _padded([place.latitude for place in chart.places], 85)
    window = _Window(west, south, east, north, width)
    if window.height > width * TALLEST:  # too narrow: show more to the sides
        more = (east - west) * (window.height / (width * TALLEST) - 1) / 2
        window = _Window(west - more, south, east + more, north, width)
    return window


def _padded(degrees: Sequence[float], limit: float) -> tuple[float, float]:
    low, high = min(degrees), max(degrees)
    more = max((high - low) * PADDING, (LEAST_SPAN - (high - low)) / 2, 1.0)
    return max(low - more, -limit - 10), min(high + more, limit + 10)


def _shifted(points: Line, window: _Window) -> Iterable[list[tuple[float, float]]]:
    """The points, and the same once around the globe either way, as far as they reach into the map."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    for turn in (-360.0, 0.0, 360.0):
        if west + turn < window.east and window.west < east + turn:
            yield [(x + turn, y) for x, y in points]


def _land(drawing: Drawing, ring: Line, window: _Window, measure: Measure) -> None:
    for moved in _shifted(ring, window):
        inside = _clipped(moved, window)
        if len(inside) >= 3:
            drawing.shapes.append(Area(_placed(inside, window, measure), "white"))


def _border(drawing: Drawing, arc: Line, window: _Window, measure: Measure) -> None:
    for moved in _shifted(arc, window):
        run: list[tuple[float, float]] = []
        for point in moved:
            if window.west <= point[0] <= window.east and window.south <= point[1] <= window.north:
                run.append(point)
            elif run:
                _stroke(drawing, run, window, measure)
                run = []
        _stroke(drawing, run, window, measure)


def _stroke(drawing: Drawing, run: list[tuple[float, float]], window: _Window, measure: Measure) -> None:
    if len(run) > 1:
        drawing.shapes.append(Stroke(_placed(run, window, measure), "rule", 0.35))


def _placed(points: Iterable[tuple[float, float]], window: _Window, measure: Measure) -> Line:
    found = (window.at(*point) for point in points)
    if measure.right_to_left:
        return tuple((round(window.width - x, 2), round(y, 2)) for x, y in found)
    return tuple((round(x, 2), round(y, 2)) for x, y in found)


def _clipped(points: list[tuple[float, float]], window: _Window) -> list[tuple[float, float]]:
    """What of an outline lies in the window (Sutherland and Hodgman's way: one edge after the other)."""
    for axis, limit, sign in (
        (0, window.west, 1),
        (0, window.east, -1),
        (1, window.south, 1),
        (1, window.north, -1),
    ):
        found: list[tuple[float, float]] = []
        for before, point in zip([points[-1], *points[:-1]], points, strict=True) if points else ():
            was, now = (before[axis] - limit) * sign >= 0, (point[axis] - limit) * sign >= 0
            if was != now:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                crossing = tuple(b + (p - b) * share for b, p in zip(before, point, strict=True))
                found.append((crossing[0], crossing[1]))
            if now:
                found.append(point)
        points = found
    return points


def _mark(
    drawing: Drawing,
    place: Place,
    number: str,
    window: _Window,
    taken: list[tuple[float, float]],
    measure: Measure,
) -> None:
    longitude = place.longitude + (360 if place.longitude < window.west else 0)
    true_x, true_y = _placed([(longitude, place.latitude)], window, measure)[0]
    x, y = _free(true_x, true_y, taken, window)
    taken.append((x, y))
    if (x, y) != (true_x, true_y):
        drawing.shapes.append(Stroke(((true_x, true_y), (x, y)), "strong", 0.6))
    ink: Ink = place.tone if place.tone in ("good", "caution", "bad") else "accent"
    drawing.shapes.append(Box(x - EDGE, y - EDGE, 2 * EDGE, 2 * EDGE, "white", EDGE))
    drawing.shapes.append(Box(x - DOT, y - DOT, 2 * DOT, 2 * DOT, ink, DOT))
    drawing.shapes.append(Label(number, x, y + 2.6, "center", small=True, bold=True, over=ink))


def _free(x: float, y: float, taken: list[tuple[float, float]], window: _Window) -> tuple[float, float]:
    """The nearest point where a number touches no other, tried in rings around the true one."""
    steps = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
    for ring in range(1, 12):
        for right, down in steps:
            at_x = min(max(x + right * ring * DOT, EDGE), window.width - EDGE)
            at_y = min(max(y + down * ring * DOT, EDGE), window.height - EDGE)
            if all(hypot(at_x - other_x, at_y - other_y) >= 2 * DOT for other_x, other_y in taken):
                return at_x, at_y
    return x, y


def _key(drawing: Drawing, places: Sequence[Place], width: float, measure: Measure) -> None:
    """The names behind the numbers, in as many columns as their longest allows."""
    words = [(f"{measure.number(number)}", place.label) for number, place in enumerate(places, 1)]
    indent = max(measure.width(number, bold=True) for number, _label in words) + 6
    widest = max(measure.width(label) for _number, label in words) + indent + 14
    columns = max(1, min(int(width // widest), 4))
    column = width / columns
    rows = -(-len(words) // columns)
    for place, (number, label) in enumerate(words):
        x, y = column * (place // rows), drawing.height + 9 + LINE * (place % rows)
        drawing.shapes.append(Label(number, x + indent - 6, y, "end", bold=True))
        lines = measure.wrap(label, column - indent - 6)
        drawing.shapes.append(Label(lines[0] if lines else "", x + indent, y))
    drawing.height += LINE * rows + 6
