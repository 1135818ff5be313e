"""Which limits contradict each other, when no plan keeps to all of them: as few as possible.

The smallest such set by implicit hitting sets (Ignatiev and others, "Smallest MUS extraction with minimal hitting
set dualization", 2015): a smallest set of limits that meets every known correction is tried; if a plan keeps to
it, the limits that plan has to give up are one more correction. If time runs short, a deletion filter
(Chinneck and Dravnieks, 1991) gives a set of which every limit is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cityplanner.planning.optimum.engine import Engine, Found, Plan, Watch
from cityplanner.planning.optimum.limits import Limit
from cityplanner.planning.optimum.result import Contradiction

SHARE_FOR_SMALLEST = 0.5
"""Part of the time left that is spent on the smallest set before any will do."""


def contradiction(engine: Engine, watch: Watch) -> Contradiction:
    """The limits that leave no plan; the engine comes back with every limit in force. Raises `Cancelled`."""
    limits = engine.model.limits
    deadline = watch.elapsed + watch.left * SHARE_FOR_SMALLEST
    filtered = _needed(engine, limits, watch)
    smallest = _smallest(engine, limits, filtered, watch, deadline) if len(filtered) > 1 else filtered
    engine.release(())
    found = filtered if smallest is None else smallest
    return Contradiction(tuple(sorted(found)), smallest is not None, watch.elapsed)


def _keeping(engine: Engine, held: Collection[Limit], watch: Watch) -> Found:
    """A plan that keeps to these limits, whatever becomes of the others."""
    engine.release(limit for limit in engine.model.limits if limit not in held)
    return engine.run(None, watch)


def _impossible(found: Found) -> bool:
    """Whether it is proven that there is no plan; when time ran out nothing is."""
    return found.plan is None and found.settled


def _needed(engine: Engine, limits: Sequence[Limit], watch: Watch) -> tuple[Limit, ...]:
    """The deletion filter: a limit that can go without making a plan possible goes for good."""
    held = list(limits)
    for limit in limits:
        rest = [one for one in held if one != limit]
        if _impossible(_keeping(engine, rest, watch)):
            held = rest
    return tuple(held)


def _smallest(
    engine: Engine, limits: Sequence[Limit], known: Sequence[Limit], watch: Watch, deadline: float
) -> tuple[Limit, ...] | None:
    """A set with the fewest limits; None when time runs short."""
    corrections: list[frozenset[Limit]] = []
    while watch.elapsed < deadline:
        tried = _hitting(corrections, limits)
        if len(tried) >= len(known):
            return tuple(known)
        found = _keeping(engine, tried, watch)
        if _impossible(found):
            return tuple(tried)
        if found.plan is None:
            return None
        corrections.append(frozenset(limits) - _grown(engine, tried, limits, found.plan, watch))
    return None


def _grown(
    engine: Engine, held: Collection[Limit], limits: Sequence[Limit], plan: Plan, watch: Watch
) -> set[Limit]:
    """More and more limits that can be kept together, until no other can be added."""
    grown = set(held) | _kept_by(engine, plan, limits)
    for limit in limits:
        if limit not in grown:
            more = _keeping(engine, grown | {limit}, watch).plan
            if more is not None:
                grown |= {limit} | _kept_by(engine, more, limits)
    return grown


def _kept_by(engine: Engine, plan: Plan, limits: Sequence[Limit]) -> set[Limit]:
    model, chosen = engine.model, frozenset(plan)
    broken = {row.limit for row in model.broken(plan)}
    broken |= {ban.limit for ban in model.bans if ban.columns & chosen}
    return {limit for limit in limits if limit not in broken}


def _hitting(sets: Sequence[frozenset[Limit]], limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """The fewest limits that meet every one of the sets."""
    import highspy  # see engine.py

    if not sets:
        return ()
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (("output_flag", False), ("threads", 1), ("mip_abs_gap", 0.999)):
        solver.setOptionValue(name, value)
    places = {limit: place for place, limit in enumerate(limits)}
    for place in places.values():
        solver.addCol(1.0, 0.0, 1.0, 0, [], [])
        solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    for one in sets:
        columns = sorted(places[limit] for limit in one)
        solver.addRow(1.0, highspy.kHighsInf, len(columns), columns, [1.0] * len(columns))
    solver.run()
    values = solver.getSolution().col_value
    return tuple(limit for limit, place in places.items() if values[place] > 0.5)
