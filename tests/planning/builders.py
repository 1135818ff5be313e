"""Facts for the tests of planning: only what a test states differs from the plainest case."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from cityplanner.planning.facts import (
    ContributionFact,
    FundFact,
    InitiativeFact,
    LevelFact,
    LineFact,
    OfficeFacts,
    PartnerFact,
    RecommendationFact,
    ScenarioFact,
)

YEAR = 2027


def recommendation(
    key: int, weight: int = 1, *, supported: bool = True, theme: str = "networks", roundtable_id: int = 1
) -> RecommendationFact:
    """A recommendation R<key>."""
    return RecommendationFact(
        key, f"R{key}", f"Recommendation {key}", theme, roundtable_id, weight, supported
    )


def initiative(
    key: int,
    theme: str = "networks",
    *,
    sdgs: tuple[int, ...] = (),
    partner_ids: tuple[int, ...] = (),
    agreement_ids: tuple[int, ...] = (),
    mandated_level_id: int | None = None,
) -> InitiativeFact:
    """An initiative I<key>."""
    return InitiativeFact(
        key, f"I{key}", f"Initiative {key}", theme, mandated_level_id, sdgs, partner_ids, agreement_ids
    )


def level(
    key: int, initiative_id: int, share: int = 100, *lines: LineFact, kind: str = "full", fte: str = "0"
) -> LevelFact:
    """A service level."""
    return LevelFact(key, initiative_id, kind, Decimal(fte), share, lines)


def line(fund_id: int | None, amount: int, category: str = "travel") -> LineFact:
    """A budget line."""
    return LineFact(fund_id, category, amount)


def link(initiative_id: int, recommendation_id: int, kind: str = "direct") -> ContributionFact:
    """A contribution."""
    return ContributionFact(initiative_id, recommendation_id, kind)


def fund(
    key: int, amount: int | None = 0, *, themes: tuple[str, ...] = (), only: tuple[int, ...] = ()
) -> FundFact:
    """A fund F<key> with an amount for the year."""
    amounts = {} if amount is None else {YEAR: amount}
    return FundFact(key, f"F{key}", f"Fund {key}", amounts, frozenset(themes), frozenset(only))


def partner(key: int, interval: int | None = 73, hours: str = "2", **options: object) -> PartnerFact:
    """A partner; every 73 days is five times a year."""
    return PartnerFact(key, f"Partner {key}", interval, Decimal(hours), **options)  # type: ignore[arg-type]


def scenario(decisions: Mapping[int, int | None], **options: object) -> ScenarioFact:
    """A scenario of the year."""
    return ScenarioFact(1, "Plan", "reduction", YEAR, decisions, **options)  # type: ignore[arg-type]


def large_office(initiatives: int = 40, recommendations: int = 45) -> OfficeFacts:
    """An office in which every initiative is linked to every recommendation: the worst case for speed."""
    kinds = ("direct", "supporting", "enabling")
    return OfficeFacts(
        recommendations=tuple(
            recommendation(key, key % 6, theme=f"theme {key % 12}", roundtable_id=key % 2)
            for key in range(recommendations)
        ),
        initiatives=tuple(
            initiative(key, f"theme {key % 12}", sdgs=(1 + key % 17, 17), partner_ids=(key, key % 7))
            for key in range(initiatives)
        ),
        levels=tuple(
            level(3 * key + step, key, (0, 60, 100)[step], line(key % 5, 1000 * step), fte=f"0.{step}")
            for key in range(initiatives)
            for step in range(3)
        ),
        contributions=tuple(
            link(one, item, kinds[(one + item) % 3])
            for one in range(initiatives)
            for item in range(recommendations)
        ),
        funds=tuple(fund(key, 10_000) for key in range(5)),
        partners=tuple(partner(key) for key in range(40)),
    )
