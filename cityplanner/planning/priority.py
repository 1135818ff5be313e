"""Priority of initiatives by the office's weighted criteria, after the practice of priority-based budgeting.

Result: `100 * sum(weight * score) / (4 * sum(weight))`, exact, 0-100. Every score runs 0-4 and more is always
better: for added cost 4 is the cheapest (adds nothing to what is spent anyway), 0 the dearest.
A missing score counts as 0, so entering one never lowers a result; what is missing, and how far the
result could still rise, stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeVar

from cityplanner.base.language import N_, Language, current
from cityplanner.model.priority import BEST, Criterion
from cityplanner.planning.coverage import QUARTERS, links
from cityplanner.planning.facts import ContributionFact, InitiativeFact, RecommendationFact

QUARTILES = 4
FIT_REACH = 5
NOTHING = Fraction(0)


R = TypeVar("R", int, Fraction)
Weights = Mapping[Criterion, int]
Scores = Mapping[int, Mapping[Criterion, int]]
Known = Mapping[Criterion, Fraction | int]


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion's score (0-4, None: missing), weight, and the points of 100 it brings."""

    criterion: Criterion
    score: Fraction | int | None
    weight: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Priority:
    """An initiative's result (0-100), rank and quartile (1 is the top); None if no criterion has a weight."""

    initiative_id: int
    result: Fraction | None
    could_reach: Fraction | None
    rank: int | None
    quartile: int | None
    parts: tuple[Part, ...]
    missing: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class RankChange:
    """How one initiative's place moves."""

    initiative_id: int
    rank_before: int
    rank_after: int
    quartile_before: int
    quartile_after: int


@dataclass(frozen=True, slots=True)
class WeightMove:
    """What changes when one weight is a quarter heavier (`by` 1/4) or lighter (`by` -1/4)."""

    criterion: Criterion
    by: Fraction
    changes: tuple[RankChange, ...]


def recommendation_fit(
    initiatives: Iterable[InitiativeFact],
    recommendations: Iterable[RecommendationFact],
    contributions: Iterable[ContributionFact],
) -> dict[int, Fraction]:
    """Fit 0-4 of each initiative, derived from its links alone; empty when nothing supported has a weight.

    `4 * min(1, sum(weight * contribution) / best possible)` over the supported recommendations linked to it,
    contribution 1, 1/2 or 1/4. Best possible is to answer directly the office's five heaviest ones (all, if
    fewer): that depends on no other initiative, so adding one changes nobody else's fit.
    """
    weights = {item.id: item.weight for item in recommendations if item.supported}
    best = 4 * sum(sorted(weights.values(), reverse=True)[:FIT_REACH])
    if not best:
        return {}
    reached: Counter[int] = Counter()
    for item_id, linked in links(contributions).items():
        for initiative_id, kind in linked.items():
            reached[initiative_id] += weights.get(item_id, 0) * QUARTERS[kind]
    return {one.id: Fraction(BEST * min(best, reached[one.id]), best) for one in initiatives}


def weighted_result(parts: Iterable[tuple[Fraction | int, int]]) -> Fraction | None:
    """Result 0-100 of (score 0-4, weight) pairs; None when the weights sum to nothing."""
    points: Fraction | int = 0
    weight = 0
    for score, of_one in parts:
        points += score * of_one
        weight += of_one
    return Fraction(100 * points, BEST * weight) if weight else None


def quartile(rank: int, count: int) -> int:
    """Quartile 1-4 of a rank among `count`; equal results share a rank, so they share the better quartile."""
    return 1 + (rank - 1) * QUARTILES // count


def prioritize(
    initiatives: Sequence[InitiativeFact], weights: Weights, scores: Scores, fit: Mapping[int, Fraction]
) -> tuple[Priority, ...]:
    """Every initiative's priority, best first, ties by code; `fit` from `recommendation_fit`.

    Ranks are 1, 2, 2, 4: equal results share the better rank. A fit among the typed scores is not looked at.
    Raises ValueError for a score outside 0-4 or a negative weight.
    """
    _check(weights, scores)
    known = {one.id: _scores(one.id, scores, fit) for one in initiatives}
    results = {key: weighted_result(_pairs(of_one, weights, 0)) for key, of_one in known.items()}
    ranks = _ranks({key: result for key, result in results.items() if result is not None})
    found = [_priority(one.id, known[one.id], weights, results[one.id], ranks) for one in initiatives]
    codes = {one.id: one.code for one in initiatives}
    return tuple(
        sorted(found, key=lambda item: (item.rank or 0, codes[item.initiative_id], item.initiative_id))
    )


def sensitivity(
    initiatives: Sequence[InitiativeFact], weights: Weights, scores: Scores, fit: Mapping[int, Fraction]
) -> tuple[WeightMove, ...]:
    """Which places change if one weight moves by a quarter, either way; criteria without weight are left out.

    Only the order is compared, so `4 * sum(w * s) ± w * s` stands for a weight of 1.25 w or 0.75 w.
    """
    _check(weights, scores)
    whole = _whole_scores([_scores(one.id, scores, fit) for one in initiatives])
    keys = [one.id for one in initiatives]
    used = [criterion for criterion in Criterion if weights.get(criterion, 0)]
    base = [4 * sum(weights[criterion] * of_one[criterion] for criterion in used) for of_one in whole]
    before = _ranks(dict(zip(keys, base, strict=True)))
    moves = []
    for criterion in used:
        for sign in (1, -1):
            moved = [
                total + sign * weights[criterion] * of_one[criterion]
                for total, of_one in zip(base, whole, strict=True)
            ]
            after = _ranks(dict(zip(keys, moved, strict=True)))
            moves.append(WeightMove(criterion, Fraction(sign, 4), _changes(before, after)))
    return tuple(moves)


def words(found: Priority, language: Language | None = None) -> str:
    """Result, quartile and what is not scored yet, for page and paper."""
    say = language or current()
    if found.result is None or found.could_reach is None or found.quartile is None:
        return say.text(N_("No criterion has a weight yet."))
    text = say.text(N_("{result} of 100, quartile {quartile}.")).format(
        result=say.number(float(found.result), 1), quartile=say.number(found.quartile)
    )
    if not found.missing:
        return text
    missing = say.text(N_("Not scored yet: {criteria}; it could reach {result}.")).format(
        criteria=say.listed(say.text(criterion) for criterion in found.missing),
        result=say.number(float(found.could_reach), 1),
    )
    return f"{text} {missing}"


def _check(weights: Weights, scores: Scores) -> None:
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a weight is negative")
    if any(not 0 <= score <= BEST for of_one in scores.values() for score in of_one.values()):
        raise ValueError(f"a score is not between 0 and {BEST}")


def _scores(key: int, scores: Scores, fit: Mapping[int, Fraction]) -> Known:
    known: dict[Criterion, Fraction | int] = dict(scores.get(key, {}))
    known.pop(Criterion.FIT, None)
    return known | ({Criterion.FIT: fit[key]} if key in fit else {})


def _pairs(known: Known, weights: Weights, missing: int) -> list[tuple[Fraction | int, int]]:
    return [(known.get(criterion, missing), weights.get(criterion, 0)) for criterion in Criterion]


def _priority(
    key: int,
    known: Known,
    weights: Weights,
    result: Fraction | None,
    ranks: Mapping[int, int],
) -> Priority:
    whole = sum(weights.values())
    parts = tuple(
        Part(criterion, known.get(criterion), weight, _points(known.get(criterion), weight, whole))
        for criterion in Criterion
        for weight in [weights.get(criterion, 0)]
    )
    missing = tuple(part.criterion for part in parts if part.score is None and part.weight)
    rank = ranks.get(key)
    return Priority(
        initiative_id=key,
        result=result,
        could_reach=weighted_result(_pairs(known, weights, BEST)),
        rank=rank,
        quartile=None if rank is None else quartile(rank, len(ranks)),
        parts=parts,
        missing=missing,
    )


def _points(score: Fraction | int | None, weight: int, whole: int) -> Fraction:
    return Fraction(100 * score * weight, BEST * whole) if score and weight else NOTHING


def _ranks(results: Mapping[int, R]) -> dict[int, int]:
    better: dict[R, int] = {}
    for place, result in enumerate(sorted(results.values(), reverse=True), start=1):
        better.setdefault(result, place)
    return {key: better[result] for key, result in results.items()}


def _whole_scores(scores: Sequence[Known]) -> list[dict[Criterion, int]]:
    """The scores times their common denominator, so that ranking needs integers only."""
    scale = lcm(*(score.denominator for of_one in scores for score in of_one.values()))
    return [
        {criterion: int(of_one.get(criterion, 0) * scale) for criterion in Criterion} for of_one in scores
    ]


def _changes(before: Mapping[int, int], after: Mapping[int, int]) -> tuple[RankChange, ...]:
    count = len(before)
    return tuple(
        RankChange(key, rank, after[key], quartile(rank, count), quartile(after[key], count))
        for key, rank in sorted(before.items(), key=lambda item: (item[1], item[0]))
        if after[key] != rank
    )
