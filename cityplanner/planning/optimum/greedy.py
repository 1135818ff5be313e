"""A good plan at once, without a solver: always the step that gains most for the share of the limits it takes.

Steps are weighed again when they come up, because what others already cover is worth nothing more. Against the
exact plan it loses about one part in a hundred, and it may miss a plan where floors leave little room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heapreplace

from cityplanner.planning.optimum.aims import Aim, AimKind, aims, floors
from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.model import Model, Row

Step = Mapping[int, int]
"""Initiative -> the column it goes to; several at once where one requires others."""

FREE = 1e-9
SCARCITY = 3
"""How steeply a limit grows dear as it is used up: measured on offices of 40 and 2,000, 3 lost least."""


def greedy(model: Model, caps: Mapping[Limit, int] | None = None) -> tuple[int, ...] | None:
    """A plan within every limit, or None where this way finds none; `caps` replaces right-hand sides."""
    rows = tuple(
        Row(row.limit, row.options, (caps or {}).get(row.limit, row.at_most), row.items) for row in model.rows
    )
    state = State(model, rows)
    if not state.settle():
        return None
    for aim in (*floors(model), *(aim for aim in aims(model) if aim.kind is not AimKind.COST)):
        climb(state, aim, state.allowed)
    return None if any(model.broken(state.plan, rows)) else state.plan


def climb(state: State, aim: Aim, options: Iterable[int], blur: Callable[[], float] = lambda: 1.0) -> None:
    """Take the best step to one of the options until none gains.

    The heap is lazy: a step's worth mostly falls, so it is weighed anew when it comes up. `blur` makes some steps
    seem worth more or less than they are.
    """
    weights = {at: blur() for at in options}
    heap = [(-worth, at) for at, weight in weights.items() if (worth := weight * state.worth(aim, at)) > 0]
    heapify(heap)
    while heap:
        before, at = heap[0]
        worth = weights[at] * state.worth(aim, at)
        if worth <= 0:
            heappop(heap)
        elif -worth > before:
            heapreplace(heap, (-worth, at))
        else:
            state.take(at)
            heappop(heap)


class State:
    """A plan that is being built: what each initiative has, what that uses, and what is covered."""

    def __init__(self, model: Model, rows: tuple[Row, ...]) -> None:
        self.held: dict[int, int] = {}
        self.allowed = tuple(sorted(set(range(len(model.options))) - model.banned()))
        self._allowed = frozenset(self.allowed)
        self._model = model
        self.rows = tuple(row for row in rows if not row.items and row.limit.kind is not LimitKind.EQUITY)
        self._used = [0] * len(self.rows)
        self._raw = [0] * len(model.items)
        self._uses: dict[int, list[tuple[int, int]]] = {}
        for place, row in enumerate(self.rows):
            for column, value in row.options.items():
                self._uses.setdefault(column, []).append((place, value))
        self._needs: dict[int, list[int]] = {}
        for one in model.problem.office.dependencies:
            if one.kind == LimitKind.REQUIRES:
                self._needs.setdefault(one.initiative_id, []).append(one.other_id)

    @property
    def plan(self) -> tuple[int, ...]:
        """What each initiative has, in the order of the model's slots."""
        return tuple(self.held[key] for key in self._model.slots)

    def value(self, aim: Aim) -> int:
        """What the plan reaches of an aim, in whole units."""
        full = self._model.full
        return sum(aim.options.get(at, 0) for at in self.held.values()) + sum(
            weight * min(full, self._raw[place]) for place, weight in aim.items.items()
        )

    def kept(self) -> tuple[dict[int, int], list[int], list[int]]:
        """The plan as it is, to come back to."""
        return dict(self.held), list(self._used), list(self._raw)

    def restore(self, kept: tuple[dict[int, int], list[int], list[int]]) -> None:
        """Come back to a plan."""
        self.held, self._used, self._raw = kept

    def helpful(self, aim: Aim) -> list[int]:
        """The options that give something to what is not covered in full, or count by themselves."""
        short = [place for place in aim.items if self._raw[place] < self._model.full]
        found = {at for place in short for at in self._model.items[place].gives}
        return sorted((found | aim.options.keys()) & self._allowed)

    def settle(self) -> bool:
        """Give every initiative the least it may have; False if one may have nothing at all."""
        for key in self._model.slots:
            at = self._least(key)
            if at is None:
                return False
            self._put(key, at)
        for key in self._model.slots:
            step = self._step(self.held[key]) if self._model.options[self.held[key]].runs else {}
            if step is None:
                return False
            self.put_all(step)
        return True

    def worth(self, aim: Aim, at: int) -> float:
        """What a step to this option gains, over the share of the limits it takes; 0 if it cannot be taken."""
        step = self._step(at)
        if not step:
            return 0.0
        gain = self._gain(aim, step)
        taken = self._taken(step) if gain > 0 else None
        return 0.0 if taken is None else gain / (taken + FREE)

    def take(self, at: int) -> None:
        """Take the step to this option."""
        self.put_all(self._step(at) or {})

    def _step(self, at: int) -> Step | None:
        """The step to an option with all that it requires; None if something required cannot run."""
        options = self._model.options
        step = {options[at].initiative_id: at}
        open_ = [options[at].initiative_id] if options[at].runs else []
        while open_:
            for other in self._needs.get(open_.pop(), ()):
                runs = other in self.held and options[step.get(other, self.held[other])].runs
                if runs:
                    continue
                least = self._least(other, runs=True)
                if least is None:
                    return None
                step[other] = least
                open_.append(other)
        return step

    def _least(self, key: int, *, runs: bool = False) -> int | None:
        options = self._model.options
        of_one = [
            at
            for at in self._model.slots.get(key, ())
            if at in self._allowed and (options[at].runs or not runs)
        ]
        return min(of_one, key=lambda at: (options[at].share, sum(options[at].cost.values())), default=None)

    def _gain(self, aim: Aim, step: Step) -> int:
        gain = 0
        more: dict[int, int] = {}
        for key, at in step.items():
            gain += aim.options.get(at, 0) - aim.options.get(self.held[key], 0)
            for place, units in self._differences(self._model.given_by, self.held[key], at):
                more[place] = more.get(place, 0) + units
        full = self._model.full
        for place, units in more.items():
            weight = aim.items.get(place)
            if weight:
                raw = self._raw[place]
                gain += weight * (min(full, raw + units) - min(full, raw))
        return gain

    def _taken(self, step: Step) -> float | None:
        """The share of its limits that a step takes; None if it breaks one."""
        more: dict[int, int] = {}
        for key, at in step.items():
            for place, value in self._differences(self._uses, self.held[key], at):
                more[place] = more.get(place, 0) + value
        taken = 0.0
        for place, value in more.items():
            at_most = self.rows[place].at_most
            if value > 0:
                if self._used[place] + value > at_most:
                    return None
                left = max(1, at_most - self._used[place])
                taken += value / left * (at_most / left) ** (SCARCITY - 1)
        return taken

    @staticmethod
    def _differences(
        terms: Mapping[int, list[tuple[int, int]]] | Mapping[int, tuple[tuple[int, int], ...]],
        before: int,
        after: int,
    ) -> Iterator[tuple[int, int]]:
        if before != after:
            yield from terms.get(after, ())
            for place, value in terms.get(before, ()):
                yield place, -value

    def put_all(self, step: Step) -> None:
        """Give each of these initiatives its option."""
        for key, at in step.items():
            self._put(key, at)

    def _put(self, key: int, at: int) -> None:
        held = self.held.get(key, -1)
        for place, units in self._differences(self._model.given_by, held, at):
            self._raw[place] += units
        for place, value in self._differences(self._uses, held, at):
            self._used[place] += value
        self.held[key] = at
