"""How far the chosen service levels answer the recommendations: of one, of a group, of the office.

All sums are exact: a link is counted in 400ths (quarters of a contribution times per cent of result),
so the order of links never changes a result. Results are `Fraction` between 0 and 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Generic, TypeVar

from cityplanner.base.language import N_, Language, current
from cityplanner.planning.facts import (
    FULL_RESULT,
    ContributionFact,
    OfficeFacts,
    RecommendationFact,
)

K = TypeVar("K", str, int, None)

QUARTERS: Mapping[str, int] = {"direct": 4, "supporting": 2, "enabling": 1}
FULL = 4 * FULL_RESULT

Links = Mapping[int, Mapping[int, str]]
"""recommendation id -> initiative id -> kind of contribution."""

Given = tuple[int, int, str]
"""Minus the 400ths a link gives (so that the strongest sorts first), initiative id, kind of contribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one initiative gives a recommendation: contribution times result kept, not capped."""

    initiative_id: int
    contribution: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class RecommendationCoverage:
    """Coverage of one recommendation and what is behind it, strongest first, idle ones with share 0."""

    recommendation_id: int
    coverage: Fraction
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class GroupCoverage(Generic[K]):
    """Weighted mean over the supported recommendations of a group; None when there is nothing to weigh."""

    key: K
    coverage: Fraction | None
    supported: int
    weight: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of the office, of each recommendation and of each group, groups in order of their key.

    Of a goal or a partner only its own initiatives count, over the supported recommendations linked to them:
    it says how much of what that goal or partner could give is given.
    """

    office: GroupCoverage[None]
    recommendations: tuple[RecommendationCoverage, ...]
    themes: tuple[GroupCoverage[str], ...]
    roundtables: tuple[GroupCoverage[int], ...]
    sdgs: tuple[GroupCoverage[int], ...]
    partners: tuple[GroupCoverage[int], ...]


def link_units(kind: str, result_share: int) -> int:
    """What a link gives, in 400ths: 1, 1/2 or 1/4 (direct, supporting, enabling) times the per cent kept."""
    return QUARTERS[kind] * result_share


def covered_units(raw: int) -> int:
    """Coverage of a recommendation in 400ths from the sum of its links: `min(1, sum of c * k)`."""
    return min(FULL, raw)


@cache
def as_share(units: int) -> Fraction:
    """400ths as an exact share."""
    return Fraction(units, FULL)


def weighted_mean(weighted: Iterable[tuple[int, int]]) -> Fraction | None:
    """Mean of (weight, 400ths) pairs as a share; None when the weights sum to nothing, never 0/0."""
    weight = total = 0
    for of_one, units in weighted:
        weight += of_one
        total += of_one * units
    return Fraction(total, FULL * weight) if weight else None


def links(contributions: Iterable[ContributionFact]) -> dict[int, dict[int, str]]:
    """The links by recommendation; of two between the same pair the stronger one counts."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for link in contributions:
        of_one = found[link.recommendation_id]
        known = of_one.get(link.initiative_id)
        if known is None or QUARTERS[known] < QUARTERS[link.kind]:
            of_one[link.initiative_id] = link.kind
    return found


def result_kept(office: OfficeFacts, decisions: Mapping[int, int | None]) -> dict[int, int]:
    """Per cent of its result each initiative keeps at its chosen level; those without one are not in it."""
    return {key: level.result_share for key, level in office.chosen(decisions).items()}


def measure(office: OfficeFacts, decisions: Mapping[int, int | None]) -> Coverage:
    """Coverage of everything at the chosen service levels (initiative id -> level id)."""
    kept = result_kept(office, decisions)
    given = {key: _given(linked, kept) for key, linked in links(office.contributions).items()}
    items = tuple(_recommendation(item.id, given.get(item.id, [])) for item in office.recommendations)
    supported = [item for item in office.recommendations if item.supported]
    units = {item.recommendation_id: int(item.coverage * FULL) for item in items}
    return Coverage(
        office=_mean(None, supported, units),
        recommendations=items,
        themes=_by_theme(office.recommendations, units),
        roundtables=_by_roundtable(office.recommendations, units),
        sdgs=_through(supported, given, {one.id: frozenset(one.sdgs) for one in office.initiatives}),
        partners=_through(
            supported, given, {one.id: frozenset(one.partner_ids) for one in office.initiatives}
        ),
    )


def words(coverage: Fraction | None, language: Language | None = None) -> str:
    """A coverage for page and paper: a percentage, or that nothing is supported yet."""
    say = language or current()
    return say.text(N_("nothing supported yet")) if coverage is None else say.percent(float(coverage))


def _given(linked: Mapping[int, str], kept: Mapping[int, int]) -> list[Given]:
    return sorted([(-link_units(kind, kept.get(one, 0)), one, kind) for one, kind in linked.items()])


def _recommendation(key: int, given: Sequence[Given]) -> RecommendationCoverage:
    shares = tuple([Share(one, kind, as_share(-less)) for less, one, kind in given])
    return RecommendationCoverage(key, as_share(covered_units(-sum([less for less, _, _ in given]))), shares)


def _mean(key: K, supported: Iterable[RecommendationFact], units: Mapping[int, int]) -> GroupCoverage[K]:
    return _of_pairs(key, [(item.weight, units[item.id]) for item in supported])


def _of_pairs(key: K, pairs: Sequence[tuple[int, int]]) -> GroupCoverage[K]:
    return GroupCoverage(key, weighted_mean(pairs), len(pairs), sum(weight for weight, _ in pairs))


def _by_theme(
    items: Iterable[RecommendationFact], units: Mapping[int, int]
) -> tuple[GroupCoverage[str], ...]:
    groups: dict[str, list[RecommendationFact]] = {}
    for item in items:
        groups.setdefault(item.theme, []).extend([item] if item.supported else [])
    return tuple(_mean(key, groups[key], units) for key in sorted(groups))


def _by_roundtable(
    items: Iterable[RecommendationFact], units: Mapping[int, int]
) -> tuple[GroupCoverage[int], ...]:
    groups: dict[int, list[RecommendationFact]] = {}
    for item in items:
        groups.setdefault(item.roundtable_id, []).extend([item] if item.supported else [])
    return tuple(_mean(key, groups[key], units) for key in sorted(groups))


def _through(
    supported: Iterable[RecommendationFact],
    given: Mapping[int, Sequence[Given]],
    serves: Mapping[int, frozenset[int]],
) -> tuple[GroupCoverage[int], ...]:
    """Coverage that the initiatives of each group (goal or partner) give, also for groups without a link."""
    pairs: dict[int, list[tuple[int, int]]] = {key: [] for keys in serves.values() for key in keys}
    for item in supported:
        raw: dict[int, int] = {}
        for less, initiative_id, _ in given.get(item.id, ()):
            for key in serves.get(initiative_id, ()):
                raw[key] = raw.get(key, 0) - less
        for key, units in raw.items():
            pairs[key].append((item.weight, covered_units(units)))
    return tuple(_of_pairs(key, pairs[key]) for key in sorted(pairs))
