"""The initiatives in the order of their priority."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.wording import choice_label
from cityplanner.reports.blocks import (
    Block,
    CallOut,
    Cell,
    Column,
    Paragraph,
    Table,
)
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts
from cityplanner.reports.voice import Voice

MOST_INITIATIVES = 15


def initiatives(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """The ranking, with the service level that holds and its cost."""
    ranked = facts.priorities[:MOST_INITIATIVES]
    if not ranked:
        yield CallOut("note", voice.t(N_("There is no initiative yet.")))
        return
    levels = {level.id: level for level in facts.plan.office.levels}
    decisions = facts.holding.scenario.decisions if facts.holding else {}
    titles = {one.id: one for one in facts.plan.office.initiatives}
    rows = []
    for one in ranked:
        initiative = titles[one.initiative_id]
        level = levels.get(decisions.get(initiative.id) or 0)
        rows.append(
            (
                voice.say.number(one.rank) if one.rank else "–",
                f"{initiative.code}  {initiative.title}",
                choice_label(level.kind, voice.say) if level else "–",
                voice.money(sum(line.amount for line in level.lines)) if level else "–",
                voice.say.number(float(one.result), 1) if one.result is not None else "–",
                voice.say.number(one.quartile) if one.quartile else "–",
            )
        )
    more = len(facts.priorities) - len(ranked)
    yield Table(
        caption=voice.t(
            N_("Priority from 0 to 100 by the office's weighted criteria; the first quartile ranks highest")
        ),
        columns=(
            Column(voice.t(N_("Rank")), 0.6, "end"),
            Column(voice.t(N_("Initiative")), 3.6),
            Column(voice.t(N_("Service level")), 1.1),
            Column(voice.t(N_("Program cost")), 1.1, "end"),
            Column(voice.t(N_("Priority")), 0.8, "end"),
            Column(voice.t(N_("Quartile")), 0.8, "end"),
        ),
        rows=[(rank, Cell(title, header=True, scope="Row"), *rest) for rank, title, *rest in rows],
    )
    if more > 0:
        yield Paragraph(
            voice.say.plural("{n} more initiative ranks below.", "{n} more initiatives rank below.", more),
            "small",
        )
