"""Everything the page of a scenario shows, at once: what it comes to, why it is not ready, what it loses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cityplanner.planning.best import priorities
from cityplanner.planning.closing import Closing, LevelMove, closing, closing_moves
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.gathering import PlanFacts
from cityplanner.planning.losses import Losses, losses
from cityplanner.planning.scenarios import Outcome, outcome


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a scenario comes to, `lost` against another; where a fund is over, levels that together close the gap
    and the single `moves` that would relieve it."""

    outcome: Outcome
    closing: Closing | None
    moves: tuple[LevelMove, ...]
    lost: Losses | None
    gained: Losses | None


class Scales:
    """Weighs scenarios of one state of a plan; what does not depend on the scenario is calculated once."""

    def __init__(self, facts: PlanFacts) -> None:
        self.facts = facts
        self._quartiles: Mapping[int, int | None] = {
            one.initiative_id: one.quartile for one in priorities(facts)
        }
        self._outcomes: dict[int, Outcome] = {}

    def outcome(self, scenario: ScenarioFact) -> Outcome:
        """What a scenario comes to."""
        return outcome(self.facts.office, scenario, self._quartiles)

    def kept(self, scenario_id: int) -> Outcome | None:
        """What a scenario comes to as it stands in the plan; None if it is not there."""
        if scenario_id not in self._outcomes:
            found = [one for one in self.facts.scenarios if one.id == scenario_id]
            if not found:
                return None
            self._outcomes[scenario_id] = self.outcome(found[0])
        return self._outcomes[scenario_id]

    def weigh(self, scenario: ScenarioFact, against: int | None = None) -> Weighed:
        """Everything about a scenario, measured against another one of the plan."""
        office, now = self.facts.office, self.outcome(scenario)
        other = None if against is None else self.kept(against)
        return Weighed(
            outcome=now,
            closing=closing(office, scenario, now),
            moves=closing_moves(office, scenario, now),
            lost=losses(office, other, now) if other else None,
            gained=losses(office, now, other) if other else None,
        )
