"""Elements fall on pages in order, tied ones together, and nothing is dropped."""

from __future__ import annotations

from cityplanner.reports.pdf.flow import Break, Element, Pages, Together, pages_of, stacked_height
from cityplanner.reports.pdf.paper import Paper


class Brick(Element):
    """An element of a fixed height that may be split anywhere."""

    def __init__(self, name: str, height: float, *, keep: bool = False, splits: bool = False) -> None:
        self.names = (name,)
        self._height, self.keep, self._splits = height, keep, splits

    def height(self, width: float) -> float:
        return self._height

    def split(self, width: float, room: float) -> tuple[Element, Element] | None:
        if not self._splits or room < 10:
            return None
        return Brick(self.names[0], room), Brick("rest", self._height - room, splits=True)

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None: ...


def laid(*elements: Element) -> list[list[str]]:
    pages = Pages(100, 100).lay(elements)
    return [[placed.element.names[0] for placed in page] for page in pages]


def test_elements_fill_a_page_before_the_next() -> None:
    assert laid(Brick("a", 60), Brick("b", 40), Brick("c", 1)) == [["a", "b"], ["c"]]


def test_an_element_tied_to_the_next_moves_with_it() -> None:
    assert laid(Brick("a", 60), Brick("b", 20, keep=True), Brick("c", 30)) == [["a"], ["b", "c"]]


def test_an_element_is_split_where_the_page_ends() -> None:
    assert laid(Brick("a", 60), Brick("b", 250, splits=True)) == [["a", "b"], ["rest"], ["rest"], ["rest"]]


def test_an_element_higher_than_a_page_is_placed_nevertheless() -> None:
    assert laid(Brick("a", 10), Brick("b", 500), Brick("c", 10)) == [["a"], ["b"], ["c"]]


def test_breaks_start_a_page_once() -> None:
    assert laid(Break(), Brick("a", 10), Break(), Break(), Brick("b", 10), Break()) == [["a"], ["b"]]


def test_a_group_stays_together_if_a_page_can_hold_it() -> None:
    group = [Brick("b", 30), Brick("c", 30)]
    assert laid(Brick("a", 60), Together(group)) == [["a"], ["b", "c"]]
    assert laid(Brick("a", 60), Together([*group, Brick("d", 80)])) == [["a", "b"], ["c"], ["d"]]


def test_a_heading_goes_with_the_group_below_it() -> None:
    heading, inner = Brick("h", 10, keep=True), Brick("b", 10, keep=True)
    group = [inner, Brick("c", 40)]
    assert laid(Brick("a", 50), heading, Together(group), Brick("d", 5)) == [["a"], ["h", "b", "c", "d"]]
    high = [Brick("b", 10), Brick("c", 85)]
    assert laid(Brick("a", 50), heading, Together(high)) == [["a", "h", "b"], ["c"]]


def test_the_greater_of_two_distances_counts() -> None:
    first, second = Brick("a", 10), Brick("b", 10)
    first.after, second.before = 5, 8
    assert stacked_height([first, second], 100) == 28
    page = Pages(100, 100).lay([first, second])[0]
    assert [placed.top for placed in page] == [0, 18]


def test_places_know_their_page() -> None:
    pages = Pages(100, 100).lay([Brick("a", 60), Brick("b", 60)])
    assert pages_of(pages) == {"a": 1, "b": 2}
