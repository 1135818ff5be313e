"""What a best plan is asked for: the office and scenario it works in, what it aims at, and what it has to keep to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from cityplanner.planning.capacity import HOURS_PER_FTE
from cityplanner.planning.facts import OfficeFacts, ScenarioFact

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """A best plan to be found; the scenario's own decisions are not looked at.

    Without `blend` coverage comes first, then priority, then the lowest cost. `blend` is the part of coverage
    in a weighted mean of coverage and priority, each as a share of the most there is; then cost.

    `priority` is 0-100 by initiative and counts to a tenth, as it is shown; what a plan keeps of it is
    `sum(priority * share of the result kept)`. `theme_floors` are shares of coverage 0-1 (a theme in which
    nothing is supported has no floor), `equity_floor` is the share to keep of `sum(equity score * result)`.
    `contact` is the share of the hours for keeping in touch that staff must have left. `locked` fixes levels.
    """

    office: OfficeFacts
    scenario: ScenarioFact
    priority: Mapping[int, Fraction] = field(default_factory=dict)
    blend: Fraction | None = None
    theme_floors: Mapping[str, Fraction] = field(default_factory=dict)
    equity: Mapping[int, int] = field(default_factory=dict)
    equity_floor: Fraction = Fraction(0)
    contact: Fraction = Fraction(0)
    locked: Mapping[int, int | None] = field(default_factory=dict)
    hours_per_fte: int = HOURS_PER_FTE

    def __post_init__(self) -> None:
        floors = (self.blend or Fraction(0), self.equity_floor, self.contact, *self.theme_floors.values())
        if any(not 0 <= share <= 1 for share in floors):
            raise ValueError("a floor, blend or share of contact is not between 0 and 1")
        if any(points < 0 for points in self.priority.values()) or any(
            score < 0 for score in self.equity.values()
        ):
            raise ValueError("a priority or an equity score is negative")

    def tenths(self) -> dict[int, int]:
        """The priority of each initiative in tenths of a point, half up."""
        return {key: int(points * TENTHS + Fraction(1, 2)) for key, points in self.priority.items()}


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to try: exact while that takes under `patience` seconds, then a relative gap of `enough` will do.

    After `seconds` the best plan so far is returned with its gap, whatever it is. Of plans that are as good the one
    nearest to another is sought for `brief` seconds: which it is is often a matter of taste.
    """

    seconds: float = 60.0
    patience: float = 5.0
    enough: float = 1e-4
    brief: float = 0.2


USUAL = Effort()
"""What a person waits for a best plan."""
