"""Elements that know their height and how to split, and their distribution over pages; lengths in points."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cityplanner.reports.pdf.paper import Paper

SLACK = 0.01


class Element:
    """Something that takes a height on a page of a given width.

    `before` and `after` are the distances to its neighbours (the greater of two counts); `keep` ties it to
    the next element; `names` are the places in it that links lead to.
    """

    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    names: Sequence[str] = ()

    def height(self, width: float) -> float:
        """Its whole height."""
        raise NotImplementedError

    def start(self, width: float) -> float:
        """The least height in which it can begin."""
        return self.height(width)

    def split(self, width: float, room: float) -> tuple[Element, Element] | None:
        """What fits into the room and the rest; None if it can't begin there."""
        return None

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """Draw it from its upper left corner."""
        raise NotImplementedError


class Break(Element):
    """The next element starts a page."""

    def height(self, width: float) -> float:
        """Nothing."""
        return 0.0

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """Nothing."""


class Together(Element):
    """Elements that stay on one page if one page can hold them."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self.elements = elements

    def height(self, width: float) -> float:
        """The height of all with the space between them."""
        return stacked_height(self.elements, width)


class Placed(NamedTuple):
    """An element and its distance from the top of the page's text area."""

    element: Element
    top: float


def stacked_height(elements: Iterable[Element], width: float) -> float:
    """The height of elements below each other."""
    total, after = 0.0, None
    for element in elements:
        total += (0.0 if after is None else max(after, element.before)) + element.height(width)
        after = element.after
    return total


class Pages:
    """Elements laid out on pages with a text area of one size."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.pages: list[list[Placed]] = [[]]
        self._used = 0.0
        self._after = 0.0

    def lay(self, elements: Iterable[Element]) -> list[list[Placed]]:
        """Every element in order on as many pages as it takes."""
        queue = deque(elements)
        while queue:
            element = queue.popleft()
            if isinstance(element, Break):
                self._next_page()
            elif isinstance(element, Together):
                self._keep(element, queue)
            else:
                self._place(element, queue)
        if len(self.pages) > 1 and not self.pages[-1]:
            self.pages.pop()
        return self.pages

    def _next_page(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self._used = self._after = 0.0

    def _gap(self, element: Element) -> float:
        return max(self._after, element.before) if self.pages[-1] else 0.0

    def _keep(self, group: Together, queue: deque[Element]) -> None:
        height = group.height(self.width)
        room = self.height - self._used - (self._gap(group.elements[0]) if group.elements else 0.0)
        tied = bool(self.pages[-1]) and self.pages[-1][-1].element.keep  # a heading is not left alone
        if room + SLACK < height <= self.height + SLACK and not tied:
            self._next_page()
        queue.extendleft(reversed(group.elements))

    def _place(self, element: Element, queue: deque[Element]) -> None:
        gap = self._gap(element)
        room = self.height - self._used - gap
        height = element.height(self.width)
        tail = self._tail(element, queue) if element.keep else 0.0
        if height + tail > self.height:  # no page can hold what is tied together
            tail = 0.0
        if height + tail <= room + SLACK:
            self._put(element, gap, height)
            return
        parts = None if element.keep and height <= room else element.split(self.width, room)
        if parts:
            self._put(parts[0], gap, parts[0].height(self.width))
            self._next_page()
            queue.appendleft(parts[1])
        elif self.pages[-1]:
            self._next_page()
            queue.appendleft(element)
        else:
            self._put(element, gap, height)

    def _tail(self, element: Element, queue: deque[Element]) -> float:
        """The room the elements tied to this one need to begin with it."""
        total, after = 0.0, element.after
        for following in queue:
            if isinstance(following, Break):
                break
            first = following
            if isinstance(following, Together):
                if not following.elements:
                    continue
                first = following.elements[0]
                group = max(after, first.before) + following.height(self.width)
                if element.height(self.width) + total + group <= self.height:
                    return total + group
            if isinstance(first, Together):
                continue
            total += max(after, first.before)
            if not first.keep:
                return total + first.start(self.width)
            total += first.height(self.width)
            after = first.after
        return total

    def _put(self, element: Element, gap: float, height: float) -> None:
        self.pages[-1].append(Placed(element, self._used + gap))
        self._used += gap + height
        self._after = element.after


def pages_of(pages: Sequence[Sequence[Placed]]) -> dict[str, int]:
    """The page number (from 1) of every named place."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for placed in page:
            for name in placed.element.names:
                found.setdefault(name, number)
    return found
