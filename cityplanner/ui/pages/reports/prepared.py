"""What was chosen for a kind of briefing: remembered for each plan, and settled with what the plan still holds."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from cityplanner.base.language import _, current, translated
from cityplanner.base.settings import BRIEFINGS, PAPER
from cityplanner.model.entity import Entity
from cityplanner.model.initiative import Initiative
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario
from cityplanner.reports.choices import Ask, Choices, Form, Paper
from cityplanner.reports.kind import Kind
from cityplanner.reports.periods import Preset, days
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups
from cityplanner.store.queries.titles import titles
from cityplanner.ui.context import Context

MOST_PLANS = 10
NOUNS: dict[str, type[Entity]] = {"partners": Partner, "initiatives": Initiative, "scenarios": Scenario}
"""The choices that name records, and of which noun."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything chosen: the choices but for a period that has a name, that name, and the file's form."""

    choices: Choices = field(default_factory=Choices)
    preset: Preset = Preset.USUAL
    form: Form = Form.PDF

    def today(self, plan: Plan, today: dt.date) -> Choices:
        """The choices with the days that the period has today."""
        if self.preset is Preset.CUSTOM:
            return self.choices
        begin, end = days(self.preset, plan, today)
        return replace(self.choices, begin=begin, end=end)

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be remembered."""
        return {"choices": self.choices.as_json(), "period": self.preset.value, "form": self.form.value}

    @staticmethod
    def from_json(kept: dict[str, Any]) -> Prepared:
        """What was remembered; what can't be read any more is left at its default."""
        found = Prepared()
        with suppress(KeyError, TypeError, ValueError):
            found = replace(found, preset=Preset(kept["period"]))
        with suppress(KeyError, TypeError, ValueError):
            found = replace(found, form=Form(kept["form"]))
        choices = kept.get("choices")
        return replace(found, choices=Choices.from_json(choices)) if isinstance(choices, dict) else found


def remembered(context: Context, kind: Kind[Any]) -> Prepared:
    """What was chosen last for a kind in this plan; at first what suits the window."""
    kept = context.settings.get(BRIEFINGS).get(str(context.plan.path), {}).get(kind.name)
    if isinstance(kept, dict):
        found = Prepared.from_json(kept)
        known = found.choices.language in translated()
        return found if known else replace(found, choices=replace(found.choices, language="en"))
    tag = current().tag
    paper = context.settings.get(PAPER)
    return Prepared(
        Choices(
            language=tag if tag in translated() else "en",
            paper=Paper(paper) if paper in set(Paper) else Paper.LETTER,
            audience=kind.audience,
        )
    )


def remember(context: Context, kind: Kind[Any], prepared: Prepared) -> None:
    """Keep what was chosen, for the plans used last."""
    plans = context.settings.get(BRIEFINGS)
    own = plans.pop(str(context.plan.path), {})
    plans = dict(list(plans.items())[1 - MOST_PLANS :])
    plans[str(context.plan.path)] = {**own, kind.name: prepared.as_json()}
    context.settings.set(BRIEFINGS, plans)


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan holds of what can be chosen: titles of records by choice (empty: gone), and the groups."""

    titles: dict[str, dict[int, str]] = field(default_factory=dict)
    groups: tuple[tuple[int, str], ...] = ()


def read_known(plan: Plan, kind: Kind[Any], choices: Choices) -> Known:
    """Read the titles of the records chosen and the groups that a kind may be narrowed to."""
    with plan.reading() as session:
        named = {}
        for name, noun in NOUNS.items():
            wanted = getattr(choices, name)
            found = titles(session, noun, wanted)
            named[name] = {key: found.get(key, "") for key in wanted}
        offered = [
            (group.id, _("{group} ({nouns})").format(group=group.title, nouns=_(of.value)))
            for of in (kind.groups if Ask.GROUP in kind.asks else ())
            for group in groups.groups(session, of)
        ]
    return Known(named, tuple(offered))


def settled(prepared: Prepared, known: Known) -> Prepared:
    """What was chosen without records and groups that are gone."""
    kept: dict[str, Any] = {
        name: tuple(key for key in getattr(prepared.choices, name) if known.titles.get(name, {}).get(key))
        for name in NOUNS
    }
    group = prepared.choices.group
    there = group if group in dict(known.groups) else None
    return replace(prepared, choices=replace(prepared.choices, **kept, group=there))
