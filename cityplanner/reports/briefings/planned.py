"""What several briefings say of the plan's scenarios: what each comes to, and what it loses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.planning import losses, scenarios
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.gathering import PlanFacts

MOST_SCENARIOS = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """The partners and agreements that the audience may see, by id."""

    partner_ids: frozenset[int]
    agreement_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Compared:
    """A scenario with its result and what it loses against the one that holds, `named` what of that may be named.

    The scenario that holds has no losses, nor has any where none holds. `gained` is what it has and the one that
    holds has not.
    """

    scenario: ScenarioFact
    outcome: scenarios.Outcome
    lost: losses.Losses | None = None
    named: losses.Losses | None = None
    gained: losses.Losses | None = None

    def hidden(self) -> set[tuple[str, int]]:
        """The partners and agreements lost that may not be named."""
        if self.lost is None or self.named is None:
            return set()
        return _names(self.lost) - _names(self.named)


def compared(
    facts: PlanFacts, quartiles: Mapping[int, int | None], wanted: Sequence[int], seen: Seen
) -> tuple[Compared | None, tuple[Compared, ...]]:
    """The scenario that holds, and those wanted in their order (the first five, where none is), against it.

    Raises `UserError` for more than five.
    """
    adopted = facts.adopted()
    base = scenarios.outcome(facts.office, adopted, quartiles) if adopted else None
    found = tuple(_compared(facts, one, quartiles, base, seen) for one in _wanted(facts, wanted))
    return Compared(adopted, base) if adopted and base else None, found


def _wanted(facts: PlanFacts, wanted: Sequence[int]) -> Sequence[ScenarioFact]:
    """Those chosen that are still there; without any the first five."""
    if len(wanted) > MOST_SCENARIOS:
        raise UserError(
            _("Up to five scenarios can be compared, and {n} are chosen.").format(n=len(wanted)),
            _("Choose five or fewer."),
        )
    known = {one.id: one for one in facts.scenarios}
    return [known[key] for key in dict.fromkeys(wanted) if key in known] or facts.scenarios[:MOST_SCENARIOS]


def _compared(
    facts: PlanFacts,
    one: ScenarioFact,
    quartiles: Mapping[int, int | None],
    base: scenarios.Outcome | None,
    seen: Seen,
) -> Compared:
    result = scenarios.outcome(facts.office, one, quartiles)
    if base is None or result.scenario_id == base.scenario_id:
        return Compared(one, result)
    lost = losses.losses(facts.office, base, result)
    named = replace(
        lost,
        silent_partner_ids=tuple(key for key in lost.silent_partner_ids if key in seen.partner_ids),
        agreement_ids=tuple(key for key in lost.agreement_ids if key in seen.agreement_ids),
    )
    return Compared(one, result, lost, named, losses.losses(facts.office, result, base))


def _names(lost: losses.Losses) -> set[tuple[str, int]]:
    partners = {("partner", key) for key in lost.silent_partner_ids}
    return partners | {("agreement", key) for key in lost.agreement_ids}
