"""What the relaxation, in which levels mix at will, proves about options and limits: bounds without a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from cityplanner.planning.optimum.limits import Limit
from cityplanner.planning.optimum.model import Model


@dataclass(frozen=True, slots=True)
class Prices:
    """The relaxation's optimum, the reduced cost of every option, and what one more of each limit is worth to it:
    all in whole units of the aim."""

    model: Model
    most: float
    reduced: tuple[float, ...]
    of_limits: Mapping[Limit, float]

    def bound(self, at: int) -> int:
        """What no plan with this option exceeds: weak duality, with the option at 1 and its rivals at 0."""
        slot = self.model.slots[self.model.options[at].initiative_id]
        rivals = sum(max(0.0, self.reduced[other]) for other in slot if other != at)
        return whole(self.most + min(0.0, self.reduced[at]) - rivals)


def whole(bound: float) -> int:
    """A bound from above as a whole number; rounding errors of the solver only ever make it larger."""
    return floor(bound + 1e-6 + 1e-9 * abs(bound))
