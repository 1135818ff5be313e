"""What a smart group or words leave of a plan's records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _
from cityplanner.model.entity import Entity
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.nouns import nouns
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups, listing
from cityplanner.store.queries.records import Reading


@dataclass(frozen=True, slots=True)
class Members:
    """The records that meet a group: of which noun, and their ids."""

    of: GroupOf
    ids: frozenset[int]


def members(plan: Plan, session: Reading, group: int | None, today: dt.date) -> Members | None:
    """Who is in a group on a day; None without a group. Raises `NotFoundError` for one that is gone."""
    if group is None:
        return None
    chosen = session.get(SmartGroup, group)
    if chosen is None:
        raise NotFoundError(_("The group is no longer in the plan."), _("Choose another one."))
    asked = groups.Asked(chosen.words, chosen.conditions)
    noon = dt.datetime.combine(today, dt.time(12), dt.UTC)
    noun = nouns()[chosen.of.table]
    return Members(chosen.of, frozenset(groups.members(session, noun, asked, now=noon, index=plan.index)))


def holding(plan: Plan, session: Reading, noun: type[Entity], words: str) -> frozenset[int] | None:
    """The ids of the records that the search finds for words; None without words."""
    return frozenset(listing.ids(session, noun, words=words, index=plan.index)) if words.strip() else None
