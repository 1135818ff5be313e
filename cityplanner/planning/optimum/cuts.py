"""Cuts: what holds for every plan but not for the relaxation, which fills recommendations up to exactly 1.

With `gives` the parts that options give a recommendation and `short` what is missing to full coverage, every plan
has `sum(gives) + short >= full`. Where some initiatives are taken as given, the rest of them or `short` makes up for
what those leave (knapsack covers: Carr, Fleischer, Leung and Phillips, 2000); parts that come only in whole lots of
`lot` leave a remainder that no fraction of a lot can fill (mixed-integer rounding: Nemhauser and Wolsey, 1990).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cityplanner.planning.optimum.model import Item, Model, Terms

HARDLY = 1e-4
"""By how much of full coverage a cut has to be broken to be worth a row."""

NEARLY = 1e-6
OF_EACH = 3
"""Cuts that one recommendation gets at a time."""

Slots = Mapping[int, Sequence[tuple[int, int]]]
"""Initiative -> (column, parts given) of its options."""


@dataclass(frozen=True, slots=True)
class Cut:
    """`sum(terms) + short >= least` for the item in this place, `short` being its full parts less those it has."""

    place: int
    terms: tuple[tuple[int, int], ...]
    least: int


def broken_cuts(model: Model, values: Sequence[float]) -> Iterator[Cut]:
    """The cuts that the solver's values break, the worst few of each recommendation."""
    count = len(model.options)
    for place, item in enumerate(model.items):
        short = model.full - values[count + place]
        found = sorted(_of_item(model, place, item, values, short), key=lambda one: -one[0])
        yield from (cut for _, cut in found[:OF_EACH])


def _of_item(
    model: Model, place: int, item: Item, values: Sequence[float], short: float
) -> Iterator[tuple[float, Cut]]:
    slots: dict[int, list[tuple[int, int]]] = {}
    for column, gives in item.gives.items():
        slots.setdefault(model.options[column].initiative_id, []).append((column, gives))
    for taken, open_ in _stages(slots, values, model.full):
        terms = tuple(_terms(slots, taken))
        at_work = [(gives, values[column]) for column, gives in terms if values[column] > NEARLY]
        for lot in {gives for gives, _ in at_work} | {open_ + 1}:
            whole, rest = divmod(open_, lot)
            least = rest * (whole + 1)
            has = short + sum(_rounded(gives, lot, rest) * value for gives, value in at_work)
            if rest and least - has > HARDLY * model.full:
                cut = Cut(place, tuple((at, _rounded(gives, lot, rest)) for at, gives in terms), least)
                yield least - has, cut


def _rounded(gives: int, lot: int, rest: int) -> int:
    return rest * (gives // lot) + min(rest, gives % lot)


def _stages(slots: Slots, values: Sequence[float], full: int) -> Iterator[tuple[dict[int, int], int]]:
    """More and more initiatives taken as given, the surest first: what each gives, and what is left open."""
    best = (
        (key, *max(((values[column], gives) for column, gives in slot), default=(0.0, 0)))
        for key, slot in slots.items()
    )
    ordered = sorted((one for one in best if one[1] > NEARLY), key=lambda one: (-one[1], -one[2], one[0]))
    taken: dict[int, int] = {}
    open_ = full
    for at, (key, _, gives) in enumerate([*ordered, (0, 0.0, full)]):
        sure = at < len(ordered) and ordered[at][1] > 1 - NEARLY
        if not sure:  # those that are certain are always taken
            yield dict(taken), open_
        taken[key] = gives
        open_ -= gives
        if open_ <= 0:
            return


def _terms(slots: Slots, taken: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """What options give beyond what is taken as given."""
    for key, slot in slots.items():
        has = taken.get(key, 0)
        yield from ((column, gives - has) for column, gives in slot if gives > has)


def as_terms(cut: Cut, full: int) -> tuple[Terms, Terms, int]:
    """A cut as a row of options and items that is at most something."""
    return {at: -gives for at, gives in cut.terms}, {cut.place: 1}, full - cut.least
