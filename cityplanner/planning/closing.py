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
    return tuple(ground.move(level_id) for *_worth, level_id in sorted(ground.ways()))


def closing(office: OfficeFacts, scenario: ScenarioFact, found: Outcome) -> Closing | None:
    """Levels that together bring every fund within its amount; None when no fund is over.

    The cheapest move in coverage for each cent saved, again and again, until nothing is over or nothing helps;
    then each level that was lowered further than needed is raised as far as the funds allow. A quick and good
    way, not proven best: that is what `optimum` is for.
    """
    if not found.over:
        return None
    ground = _Ground(office, scenario, found)
    while ground.over:
        way = min(ground.ways(), default=None)
        if way is None:
            break
        ground.make(way[-1])
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


Way = tuple[float, int, int]
"""Weighted 400ths of coverage lost for each minor unit saved, minus what is saved, the level's id: least first."""


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
        self._allowed = [level.id for level in allowed]
        self._levels = {level.id: level for level in (*self._start.values(), *allowed)}
        self._cost = {key: level_cost(one, scenario.cost_growth) for key, one in self._levels.items()}
        self._differences: dict[tuple[int, int], dict[int, int]] = {}
        self._needed_by: dict[int, list[int]] = {}
        for one in office.dependencies:
            if one.kind == REQUIRES:
                self._needed_by.setdefault(one.other_id, []).append(one.initiative_id)
        self._coverage = _Covered(office, coverage.result_kept(office, scenario.decisions))

    @property
    def over(self) -> int:
        """By how much all funds that are over their amounts are over."""
        return sum(gone for gone in self._gone.values() if gone > 0)

    def still_over(self) -> dict[int, int]:
        """What each fund that is over is over."""
        return {key: gone for key, gone in self._gone.items() if gone > 0}

    def ways(self) -> Iterator[Way]:
        """Every change of one level that relieves funds over their amounts more than it burdens others."""
        for key in self._allowed:
            level = self._levels[key]
            if self._held[level.initiative_id].id == key:
                continue
            saves = self._saves(level)
            if saves > 0 and (level.runs or not self._is_required(level.initiative_id)):
                lost = self._coverage.lost(level.initiative_id, level.result_share)
                yield lost / saves, -saves, key

    def move(self, level_id: int) -> LevelMove:
        """A change of one level with what it saves and loses."""
        level = self._levels[level_id]
        saves, lost = self._saves(level), self._coverage.lost(level.initiative_id, level.result_share)
        return LevelMove(
            level.initiative_id,
            self._held[level.initiative_id].id,
            level_id,
            saves,
            self._coverage.share(lost),
            closes=saves == self.over,
        )

    def make(self, level_id: int) -> None:
        """Give an initiative this level."""
        level = self._levels[level_id]
        for fund_id, more in self._more(level).items():
            self._gone[fund_id] += more
        self._held[level.initiative_id] = level
        self._coverage.keep(level.initiative_id, level.result_share)

    def raise_again(self) -> None:
        """Raise what was lowered further than the funds need, what gives most coverage first."""
        while not self.over:
            better = [
                (self._coverage.lost(level.initiative_id, level.result_share), -level.result_share, level.id)
                for level in self._between()
                if self._saves(level) >= 0
            ]
            if not better:
                return
            self.make(min(better)[-1])

    def made(self) -> Iterator[LevelMove]:
        """The moves from the levels at the beginning to those now."""
        self._coverage.begin_again()
        goal, self._held, self._gone = self._held, dict(self._start), dict(self._begun)
        for key, level in goal.items():
            if self._start[key].id != level.id:
                yield self.move(level.id)
                self.make(level.id)

    def _between(self) -> Iterator[LevelFact]:
        """Levels above the one held now, up to the one at the beginning, of what was moved."""
        for level in self._levels.values():
            held, start = self._held[level.initiative_id], self._start[level.initiative_id]
            if held.id != start.id and held.result_share < level.result_share <= start.result_share:
                yield level

    def _is_required(self, initiative_id: int) -> bool:
        return any(
            one in self._held and self._held[one].runs for one in self._needed_by.get(initiative_id, ())
        )

    def _saves(self, level: LevelFact) -> int:
        """By how much less the funds are over with this level; negative if more."""
        saved = 0
        for fund_id, more in self._more(level).items():
            gone = self._gone[fund_id]
            saved += max(gone, 0) - max(gone + more, 0)
        return saved

    def _more(self, level: LevelFact) -> dict[int, int]:
        """How much more this level asks of each fund than the one held; negative for less."""
        pair = (level.id, self._held[level.initiative_id].id)
        known = self._differences.get(pair)
        if known is None:
            known = self._differences[pair] = {}
            for level_id, sign in zip(pair, (1, -1), strict=True):
                for fund_id, amount in self._cost[level_id].items():
                    if fund_id is not None:
                        known[fund_id] = known.get(fund_id, 0) + sign * amount
        return known


class _Covered:
    """Coverage of the supported recommendations while levels move, in 400ths times their weights."""

    def __init__(self, office: OfficeFacts, kept: Mapping[int, int]) -> None:
        self._weights = {item.id: item.weight for item in office.recommendations if item.supported}
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

    def lost(self, initiative_id: int, share: int) -> int:
        """By how much less is covered if an initiative keeps another per cent of its result."""
        by, less = share - self._kept.get(initiative_id, 0), 0
        for item_id, kind in self._linked.get(initiative_id, ()):
            now = self._raw[item_id]
            then = now + coverage.link_units(kind, by)
            less += self._weights[item_id] * (coverage.covered_units(now) - coverage.covered_units(then))
        return less

    def share(self, lost: int) -> Fraction:
        """What is lost as a share of the office's coverage."""
        whole = coverage.FULL * sum(self._weights.values())
        return Fraction(lost, whole) if whole else Fraction(0)

    def keep(self, initiative_id: int, share: int) -> None:
        """An initiative keeps another per cent of its result."""
        by = share - self._kept.get(initiative_id, 0)
        for item_id, kind in self._linked.get(initiative_id, ()):
            self._raw[item_id] += coverage.link_units(kind, by)
        self._kept[initiative_id] = share
