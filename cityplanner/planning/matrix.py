"""The coverage matrix: recommendations by initiatives, each cell the contribution, each row its coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cityplanner.model.roundtable import Theme
from cityplanner.planning import coverage
from cityplanner.planning.facts import InitiativeFact, RecommendationFact
from cityplanner.planning.gathering import PlanFacts, gather
from cityplanner.store.plan_file import Plan

Cells = Mapping[int, Mapping[int, str]]
"""recommendation id -> initiative id -> kind of contribution."""
_PLACES = {theme.value: place for place, theme in enumerate(Theme)}


@dataclass(frozen=True, slots=True)
class Matrix:
    """Both sides by theme and code; `kept`: per cent of its result each initiative keeps in `scenario`."""

    rows: tuple[RecommendationFact, ...]
    columns: tuple[InitiativeFact, ...]
    cells: Cells
    kept: Mapping[int, int]
    scenario: str

    @property
    def sides(self) -> tuple[object, object]:
        """What rows and columns are; two of the same sides differ in their cells only."""
        return self.rows, self.columns


def matrix(facts: PlanFacts) -> Matrix:
    """The matrix of a plan by the scenario that holds; without one nothing runs, so nothing is covered."""
    holds = facts.adopted()
    initiatives = {one.id for one in facts.office.initiatives}
    linked = coverage.links(one for one in facts.office.contributions if one.initiative_id in initiatives)
    return Matrix(
        rows=tuple(sorted(facts.office.recommendations, key=lambda one: (_place(one.theme), one.code))),
        columns=tuple(sorted(facts.office.initiatives, key=lambda one: (_place(one.theme), one.code))),
        cells=linked,
        kept=coverage.result_kept(facts.office, holds.decisions) if holds else {},
        scenario=holds.name if holds else "",
    )


def read_matrix(plan: Plan, today: date) -> Matrix:
    """Read the matrix of a plan as it stands."""
    return matrix(gather(plan, today))


def row_coverage(linked: Mapping[int, str], kept: Mapping[int, int]) -> float:
    """Coverage 0-1 of one recommendation by its links: `min(1, sum of c * k)`, see `coverage`."""
    raw = sum(coverage.link_units(kind, kept.get(one, 0)) for one, kind in linked.items())
    return coverage.covered_units(raw) / coverage.FULL


def _place(theme: str) -> int:
    """Themes in the order of their declaration."""
    return _PLACES.get(theme, len(_PLACES))
