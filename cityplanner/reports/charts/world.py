"""The world as outlines in degrees: land to fill, borders to draw, from the map's TopoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from cityplanner.base import paths

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class World:
    """Outer rings of land, and all borders and coasts once each; points are (longitude, latitude)."""

    land: tuple[Line, ...]
    borders: tuple[Line, ...]


@cache
def world() -> World:
    """Read once; the arcs are the quantized, delta-encoded ones of the TopoJSON specification."""
    source = json.loads((paths.resources() / "map" / "countries-110m.json").read_text("utf-8"))
    arcs = tuple(_arc(arc, source["transform"]) for arc in source["arcs"])
    land = source["objects"]["land"]["geometries"]
    rings = tuple(_ring(polygon[0], arcs) for shape in land for polygon in _polygons(shape))
    return World(rings, arcs)


def _arc(arc: Sequence[Sequence[int]], transform: Any) -> Line:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return _unrolled(points)


def _polygons(shape: Any) -> Iterator[Any]:
    if shape["type"] == "Polygon":
        yield shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        yield from shape["arcs"]


def _ring(indexes: Sequence[int], arcs: Sequence[Line]) -> Line:
    points: list[tuple[float, float]] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return _unrolled(points)


def _unrolled(points: Sequence[tuple[float, float]]) -> Line:
    """The same points without a leap where they cross the date line: longitudes may pass 180 degrees."""
    turn, found = 0.0, [points[0]]
    for before, (x, y) in pairwise(points):
        if abs(x - before[0]) > 180:
            turn += 360.0 if x < before[0] else -360.0
        found.append((x + turn, y))
    return tuple(found)
