"""What is done to a budget scenario as a whole or in its parts; each function is one step of one edit.

The caller opens the edit, so that one step or several are one change that can be undone:
`with plan.edit(label) as edit: copy(edit, 4, "Better")`. An adopted scenario refuses every step but `copy`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _
from cityplanner.model.entity import fields
from cityplanner.model.scenario import Decision, FrozenPosition, FundChange, Scenario, ScenarioKind
from cityplanner.store.journal import Editing
from cityplanner.store.queries.parts import Part, parts, scenario_titles

OF_ITSELF = frozenset({"scenario_id", "title", "kind", "adopted_at", "adopted_by"})
"""What a copy does not take over from the scenario it is made of."""

PARTS: tuple[type[Part], ...] = (FundChange, FrozenPosition, Decision)


def free_title(edit: Editing, wanted: str) -> str:
    """The wanted name, or with the lowest number behind it that makes it the only one."""
    taken = scenario_titles(edit)
    number, title = 1, wanted
    while title in taken:
        number += 1
        title = f"{wanted} {number}"
    return title


def copy(edit: Editing, scenario_id: int, title: str) -> int:
    """A new scenario with all that belongs to another one, open to change; its id.

    Its name is made the only one. The copy of an adopted scenario is a contingency, since only one is adopted.
    """
    source = _scenario(edit, scenario_id)
    kind = ScenarioKind.CONTINGENCY if source.kind is ScenarioKind.ADOPTED else source.kind
    values = {one.name: getattr(source, one.name) for one in fields(Scenario) if one.name not in OF_ITSELF}
    made = Scenario(title=free_title(edit, title), kind=kind, **values)
    edit.add(made)
    edit.flush()
    for noun in PARTS:
        for part in parts(edit, noun, scenario_id):
            kept = {one.name: getattr(part, one.name) for one in fields(noun) if one.name not in OF_ITSELF}
            edit.add(noun(scenario_id=made.id, **kept))
    edit.flush()
    return made.id


def rename(edit: Editing, scenario_id: int, title: str) -> None:
    """Give a scenario another name."""
    _scenario(edit, scenario_id).title = title


def adopt(edit: Editing, scenario_id: int, by: str, at: datetime) -> None:
    """Promote a scenario to adopted: it says who did it and when, and is locked from then on."""
    scenario = _scenario(edit, scenario_id)
    scenario.kind = ScenarioKind.ADOPTED
    scenario.adopted_by, scenario.adopted_at = by, at


def decide(edit: Editing, scenario_id: int, levels: Mapping[int, int | None]) -> None:
    """Give initiatives their service levels; None: the initiative does not run. Others stay as they are."""
    held = {one.initiative_id: one for one in parts(edit, Decision, scenario_id)}
    for initiative_id, level_id in levels.items():
        decision = held.get(initiative_id)
        if level_id is None:
            if decision is not None:
                edit.remove(decision)
        elif decision is None:
            edit.add(
                Decision(scenario_id=scenario_id, initiative_id=initiative_id, service_level_id=level_id)
            )
        elif decision.service_level_id != level_id:
            decision.service_level_id = level_id


def change_fund(
    edit: Editing, scenario_id: int, fund_id: int, percent: Decimal | None = None, amount: int | None = None
) -> None:
    """Change a fund by per cent or by an amount in minor units; neither: it is left as it is."""
    held = {one.fund_id: one for one in parts(edit, FundChange, scenario_id)}.get(fund_id)
    if not percent and not amount:
        if held is not None:
            edit.remove(held)
    elif held is None:
        edit.add(
            FundChange(
                scenario_id=scenario_id, fund_id=fund_id, percent=percent or None, amount=amount or None
            )
        )
    else:
        held.percent, held.amount = percent or None, amount or None


def freeze(edit: Editing, scenario_id: int, position_ids: Collection[int]) -> None:
    """Leave exactly these staff positions unfilled and unpaid."""
    held = {one.staff_position_id: one for one in parts(edit, FrozenPosition, scenario_id)}
    for position_id, frozen in held.items():
        if position_id not in position_ids:
            edit.remove(frozen)
    for position_id in sorted(set(position_ids) - set(held)):
        edit.add(FrozenPosition(scenario_id=scenario_id, staff_position_id=position_id))


def assume(
    edit: Editing, scenario_id: int, *, furlough_days: int | None, cost_growth: Decimal | None
) -> None:
    """Set the days each person is sent home without pay, and how much costs grow in per cent."""
    scenario = _scenario(edit, scenario_id)
    scenario.furlough_days, scenario.cost_growth = furlough_days or None, cost_growth or None


def _scenario(edit: Editing, scenario_id: int) -> Scenario:
    found = edit.get(Scenario, scenario_id)
    if found is None:
        raise NotFoundError(_("The scenario does not exist any more."), _("Choose another one."))
    return found
