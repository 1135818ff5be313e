"""What is entered into a plan cell by cell: contributions, scores, weights, answers; each one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _
from cityplanner.model.entity import Entity
from cityplanner.model.initiative import Contribution, ContributionKind, Initiative
from cityplanner.model.priority import Criterion, CriterionWeight, Score
from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import SourceItem
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing

E = TypeVar("E", bound=Entity)
USUAL_WEIGHT = 3
"""The weight of a recommendation that is supported before anybody weighed it: the middle."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a cell belongs to: its id, and its code for the words of the change."""

    id: int
    code: str


def enter_contribution(plan: Plan, item: Named, initiative: Named, kind: ContributionKind | None) -> None:
    """Say how closely an initiative answers a recommendation; None: it does not."""
    if kind is None:
        label = _("Unlink {item} and {initiative}").format(item=item.code, initiative=initiative.code)
    else:
        label = _("Link {item} and {initiative}: {kind}").format(
            item=item.code, initiative=initiative.code, kind=_(kind)
        )
    with plan.edit(label) as edit:
        _need(edit, SourceItem, item)
        _need(edit, Initiative, initiative)
        found = _one(edit, Contribution, source_item_id=item.id, initiative_id=initiative.id)
        if kind is None:
            if found is not None:
                edit.remove(found)
        elif found is None:
            edit.add(Contribution(source_item_id=item.id, initiative_id=initiative.id, kind=kind))
        else:
            found.kind = kind


def enter_score(plan: Plan, initiative: Named, criterion: Criterion, value: int | None) -> None:
    """Score an initiative on a criterion, 0-4; None takes the score away. Fit is derived and refused."""
    label = _("Score {initiative}, {criterion}: {value}").format(
        initiative=initiative.code, criterion=_(criterion), value="–" if value is None else value
    )
    with plan.edit(label) as edit:
        _need(edit, Initiative, initiative)
        found = _one(edit, Score, initiative_id=initiative.id, criterion=criterion)
        if value is None:
            if found is not None:
                edit.remove(found)
        elif found is None:
            edit.add(Score(initiative_id=initiative.id, criterion=criterion, value=value))
        else:
            found.value = value


def enter_weight(plan: Plan, criterion: Criterion, weight: int) -> None:
    """Say how much a criterion counts, 0-10."""
    label = _("Weight of {criterion}: {weight}").format(criterion=_(criterion), weight=weight)
    with plan.edit(label) as edit:
        found = _one(edit, CriterionWeight, criterion=criterion)
        if found is None:
            edit.add(CriterionWeight(criterion=criterion, weight=weight))
        else:
            found.weight = weight


def enter_response(plan: Plan, item: Named, response: Response) -> None:
    """Say how far the office takes a recommendation up; one supported without a weight gets the usual one."""
    with plan.edit(_("Answer {item}: {response}").format(item=item.code, response=_(response))) as edit:
        found = _answer(edit, item)
        found.response = response
        if response.counts and found.weight is None:
            found.weight = USUAL_WEIGHT
        edit.add(found)


def enter_answer_weight(plan: Plan, item: Named, weight: int) -> None:
    """Say how much a recommendation counts, 0-5."""
    with plan.edit(_("Weight of {item}: {weight}").format(item=item.code, weight=weight)) as edit:
        found = _answer(edit, item)
        found.weight = weight
        edit.add(found)


def _answer(edit: Editing, item: Named) -> Answer:
    _need(edit, SourceItem, item)
    found = _one(edit, Answer, source_item_id=item.id)
    return Answer(source_item_id=item.id) if found is None else found


def _need(edit: Editing, noun: type[Entity], named: Named) -> None:
    if edit.get(noun, named.id) is None:
        raise NotFoundError(
            _("{code} was deleted in the meantime.").format(code=named.code),
            _("Undo the deletion to get it back."),
        )


def _one(edit: Editing, noun: type[E], **equal: object) -> E | None:
    found = listing.ids(edit, noun, equal=equal)
    return edit.get(noun, found[0]) if found else None
