"""A better plan out of a good one: a few initiatives are put down, and the room they leave is given out anew.

What is kept is never worse ("ruin and recreate": Schrimpf and others, 2000). For offices so large that the exact
search takes long to better the quick plan; its bound then says how much is still missing.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from cityplanner.planning.optimum.aims import Aim
from cityplanner.planning.optimum.greedy import State, climb
from cityplanner.planning.optimum.model import Model

ROUNDS = 600
DOWN = (2, 8)
"""How many initiatives are put down at once: measured on 2,000, fewer change too little, more take too long."""

BLUR = 0.2
"""By how much the order of steps is left to chance, so that the same is not found again."""


def polish(
    model: Model, aim: Aim, plan: tuple[int, ...], over: Callable[[], bool] = lambda: False
) -> tuple[int, ...]:
    """A plan at least as good for an aim; ends early when `over` says so. The same plan gives the same answer."""
    rng = random.Random(0)
    state = State(model, model.rows)
    if not state.settle():
        return plan
    least = dict(state.held)
    state.put_all(dict(zip(model.slots, plan, strict=True)))
    needed = {one.other_id for one in model.problem.office.dependencies}
    floors = [row for row in model.rows if row not in state.rows]
    best = state.value(aim)
    for _round in range(ROUNDS):
        if over() or best >= model.full * sum(aim.items.values()) + sum(map(abs, aim.options.values())):
            break
        at_work = [key for key, at in state.held.items() if at != least[key] and key not in needed]
        before = state.kept()
        state.put_all({key: least[key] for key in rng.sample(at_work, min(len(at_work), rng.randint(*DOWN)))})
        climb(state, aim, state.helpful(aim), lambda: rng.uniform(1 - BLUR, 1 + BLUR))
        value = state.value(aim)
        if value < best or (floors and any(model.broken(state.plan, floors))):
            state.restore(before)
        else:
            best = value
    return state.plan
