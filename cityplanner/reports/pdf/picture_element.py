"""Pictures on paper: in the text with their alternative text, and the office's seal as decoration."""

from __future__ import annotations

from cityplanner.reports.pdf.flow import Element
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.pictures import Raster

POINTS_PER_PIXEL = 0.75
SEAL = 46.0
SMALL_SEAL = 16.0


class PictureElement(Element):
    """One picture, never larger than it is sharp, than its share of the width or than a page."""

    def __init__(
        self, setting: Setting, picture: Raster, node: Node, *, share: float = 1.0, highest: float = SEAL
    ) -> None:
        self.setting, self.picture, self.node = setting, picture, node
        self.share, self.highest = share, highest
        self.before, self.after = 6.0, 13.0

    def _size(self, width: float) -> tuple[float, float]:
        wide, high = self.picture.width * POINTS_PER_PIXEL, self.picture.height * POINTS_PER_PIXEL
        scale = min(1.0, width * self.share / wide, self.highest / high)
        return wide * scale, high * scale

    def height(self, width: float) -> float:
        """Its height at this width."""
        return self._size(width)[1]

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """At the reading start."""
        for name in self.names:
            paper.anchor(name, top + 6)
        wide, high = self._size(width)
        left = x + width - wide if self.setting.right_to_left else x
        place_picture(paper, self.picture, self.node, left, top - high, (wide, high))


def place_picture(
    paper: Paper, picture: Raster, node: Node | None, x: float, y: float, size: tuple[float, float]
) -> None:
    """A picture from its lower left corner; without a node it is decoration."""
    if node:
        box = tuple(round(edge, 2) for edge in (x, y, x + size[0], y + size[1]))
        node.describe("Layout", BBox=box, Placement="Block")
    with paper.region(node):
        paper.image(picture, x, y, *size)


def seal_size(picture: Raster, height: float) -> tuple[float, float]:
    """A seal's width and height in a height; a very wide emblem is made lower."""
    most = height * 4.0
    scale = min(height / picture.height, most / picture.width)
    return picture.width * scale, picture.height * scale
