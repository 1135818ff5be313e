"""Which service levels would bring a scenario's funds within their amounts, and what that costs in coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cityplanner.base.language import N_, Language, current
from cityplanner.planning import coverage
from cityplanner.planning.facts import LevelFact, OfficeFacts, ScenarioFact
from cityplanner.planning.scenarios import Outcome, level_cost

REQUIRES = "requires"


@dataclass(frozen=True, slots=True)
class LevelMove:
    """Another service level for one initiative: by how much it relieves what is over, and the coverage it costs.

    `closes`: after it alone no fund is over any more.
    """

    initiative_id: int
    from_level_id: int
    to_level_id: int
    saves: int
    coverage_lost: Fraction
    closes: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """Levels that together close every gap, or come as near as levels can; `still_over` by fund what remains.

    What each move saves and loses is counted in its turn, so both add up to the whole.
    """

    moves: tuple[LevelMove, ...]
    still_over: Mapping[int, int]

    @property
    def closes(self) -> bool:
        """Whether no fund is over its amount any more."""
        return not self.still_over

    @property
    def coverage_lost(self) -> Fraction:
        """The office coverage that all moves together cost."""
        return sum((move.coverage_lost for move in self.moves), Fraction(0))


def closing_moves(office: OfficeFacts, scenario: ScenarioFact, found: Outcome) -> tuple[LevelMove, ...]:
    """The single changes of level that would relieve funds over their amounts, least coverage lost first.

    No move goes below a mandated level or stops what a running initiative requires. Empty when no fund is over.
    Each move stands for itself; two together may lose more or less than their sum because coverage is capped.
    """
    if not found.over:
        return ()
    ground = _Ground(office, scenario, found)
    return tuple(sorted(ground.moves(), key=_cheapest_first))


def closing(office: OfficeFacts, scenario: ScenarioFact, found: Outcome) -> Closing | None:
    """Levels that together bring every fund within its amount; None when no fund is over.

    The cheapest move in coverage for each cent saved, again and again, until nothing is over or nothing helps;
    then each level that was lowered further than needed is raised as far as the funds allow. A quick and good
    way, not proven best: that is what `optimum` is for.
    """
    if not found.over:
        return None
    ground = _Ground(office, scenario, found)
    while ground.is_over:
        best = min(ground.moves(), key=_cheapest_first, default=None)
        if best is None:
            break
        ground.make(best.to_level_id)
    ground.raise_again()
    return Closing(tuple(ground.made()), ground.still_over())


def closing_words(
    office: OfficeFacts, found: Closing, currency: str, language: Language | None = None
) -> str:
    """What the levels together come to, in one sentence."""
    say = language or current()
    if found.closes:
        changes = say.plural(
            "{n} level changed closes the gap", "{n} levels changed close the gap", len(found.moves)
        )
        text = N_("{changes} and {share} of coverage is lost.")
        return say.text(text).format(changes=changes, share=say.percent(float(found.coverage_lost), 1))
    names = {fund.id: fund.name for fund in office.funds}
    text = N_("Service levels alone do not close the gap: {fund} stays over by {money}.")
    key, amount = max(found.still_over.items(), key=lambda one: one[1])
    return say.text(text).format(fund=names[key], money=say.money(amount, currency))


def _cheapest_first(move: LevelMove) -> tuple[Fraction, int, int]:
    return move.coverage_lost / move.saves, -move.saves, move.to_level_id


class _Ground:
    """The levels as they are while moves are made, what each fund is over, and what is covered."""

    def __init__(self, office: OfficeFacts, scenario: ScenarioFact, found: Outcome) -> None:
        self._start = office.chosen(scenario.decisions)
        self._held = dict(self._start)
        self._gone = {fund.fund_id: fund.needed - fund.amount for fund in found.funds}
        self._begun = dict(self._gone)
        least = office.least_shares()
        allowed = [
            level
            for level in office.levels
            if level.initiative_id in self._held and level.result_share >= least.get(level.initiative_id, 0)
        ]
        self._levels = {level.id: level for level in (*self._start.values(), *allowed)}
        self._cost = {key: level_cost(one, scenario.cost_growth) for key, one in self._levels.items()}
        self._allowed = [level.id for level in allowed]
        self._needed_by: dict[int, list[int]] = {}
        for one in office.dependencies:
            if one.kind == REQUIRES:
                self._needed_by.setdefault(one.other_id, []).append(one.initiative_id)
        self._coverage = _Covered(office, coverage.result_kept(office, scenario.decisions))

    @property
    def is_over(self) -> bool:
        """Whether a fund is over its amount."""
        return any(over > 0 for over in self._gone.values())

    def still_over(self) -> dict[int, int]:
        """What each fund that is over is over."""
        return {key: over for key, over in self._gone.items() if over > 0}

    def moves(self) -> Iterator[LevelMove]:
        """Every change of one level that relieves a fund over its amount more than it burdens others."""
        over = sum(self.still_over().values())
        for key in self._allowed:
            level = self._levels[key]
            held = self._held[level.initiative_id]
            if held.id == key or (not level.runs and self._is_required(level.initiative_id)):
                continue
            then = sum(gone for gone in self._after(level).values() if gone > 0)
            if then < over:
                lost = self._coverage.lost(level.initiative_id, level.result_share)
                yield LevelMove(level.initiative_id, held.id, key, over - then, lost, not then)

    def make(self, level_id: int) -> None:
        """Give an initiative this level."""
        level = self._levels[level_id]
        self._gone = self._after(level)
        self._held[level.initiative_id] = level
        self._coverage.keep(level.initiative_id, level.result_share)

    def raise_again(self) -> None:
        """Raise what was lowered further than the funds need, what gives most coverage first."""
        while not self.is_over:
            better = [
                (self._coverage.lost(level.initiative_id, level.result_share), -level.result_share, level.id)
                for level in self._between()
                if all(gone <= 0 for gone in self._after(level).values())
            ]
            if not better:
                return
            self.make(min(better)[-1])

    def made(self) -> Iterator[LevelMove]:
        """The moves from the levels at the beginning to those now."""
        self._coverage.begin_again()
        goal, self._held, self._gone = self._held, dict(self._start), dict(self._begun)
        for key, level in goal.items():
            held = self._start[key]
            if held.id != level.id:
                over = sum(self.still_over().values())
                lost = self._coverage.lost(key, level.result_share)
                self.make(level.id)
                then = sum(self.still_over().values())
                yield LevelMove(key, held.id, level.id, over - then, lost, not then)

    def _between(self) -> Iterator[LevelFact]:
        """Levels above the one held now, up to the one at the beginning, of what was moved."""
        for key in {*self._allowed, *(one.id for one in self._start.values())}:
            level = self._levels[key]
            held, start = self._held[level.initiative_id], self._start[level.initiative_id]
            if held.id != start.id and held.result_share < level.result_share <= start.result_share:
                yield level

    def _is_required(self, initiative_id: int) -> bool:
        return any(
            one in self._held and self._held[one].runs for one in self._needed_by.get(initiative_id, ())
        )

    def _after(self, level: LevelFact) -> dict[int, int]:
        """What each fund is over once an initiative has this level."""
        found = dict(self._gone)
        for fund_id, amount in self._cost[self._held[level.initiative_id].id].items():
            if fund_id is not None:
                found[fund_id] -= amount
        for fund_id, amount in self._cost[level.id].items():
            if fund_id is not None:
                found[fund_id] += amount
        return found


class _Covered:
    """Coverage of the supported recommendations while levels move, one initiative at a time."""

    def __init__(self, office: OfficeFacts, kept: Mapping[int, int]) -> None:
        self._weights = {item.id: item.weight for item in office.recommendations if item.supported}
        self._whole = coverage.FULL * sum(self._weights.values())
        self._start = dict(kept)
        self._linked: dict[int, list[tuple[int, str]]] = {}
        for item_id, kinds in coverage.links(office.contributions).items():
            for key, kind in kinds.items() if item_id in self._weights else ():
                self._linked.setdefault(key, []).append((item_id, kind))
        self.begin_again()

    def begin_again(self) -> None:
        """What every initiative kept at the beginning."""
        self._kept = dict(self._start)
        self._raw = dict.fromkeys(self._weights, 0)
        for key, linked in self._linked.items():
            for item_id, kind in linked:
                self._raw[item_id] += coverage.link_units(kind, self._kept.get(key, 0))

    def lost(self, initiative_id: int, share: int) -> Fraction:
        """How much office coverage falls if an initiative keeps another per cent of its result."""
        held, less = self._kept.get(initiative_id, 0), 0
        for item_id, kind in self._linked.get(initiative_id, ()):
            now = self._raw[item_id]
            then = now + coverage.link_units(kind, share) - coverage.link_units(kind, held)
            less += self._weights[item_id] * (coverage.covered_units(now) - coverage.covered_units(then))
        return Fraction(less, self._whole) if self._whole else Fraction(0)

    def keep(self, initiative_id: int, share: int) -> None:
        """An initiative keeps another per cent of its result."""
        by = share - self._kept.get(initiative_id, 0)
        for item_id, kind in self._linked.get(initiative_id, ()):
            self._raw[item_id] += coverage.link_units(kind, by)
        self._kept[initiative_id] = share
