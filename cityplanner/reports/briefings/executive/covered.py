"""How far the recommendations are covered, by theme, and which are not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cityplanner.base.language import N_
from cityplanner.model.wording import choice_label
from cityplanner.planning.facts import RecommendationFact
from cityplanner.reports.blocks import (
    Block,
    CallOut,
    Column,
    Figure,
    Heading,
    Paragraph,
    Table,
)
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts
from cityplanner.reports.charts.description import CoverageBar, CoverageBars
from cityplanner.reports.voice import HALF_COVERED, Voice, tone_of


def covered(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """Coverage by theme, and what is left open."""
    found = facts.coverage
    yield Paragraph(
        voice.t(
            N_(
                "Coverage says how far the office's initiatives, at the service levels of the scenario that "
                "holds, answer the recommendations it supports: a direct contribution counts in full, a "
                "supporting one half, an enabling one a quarter, weighted by the office."
            )
        )
    )
    groups = [group for group in found.themes if group.coverage is not None]
    if not groups:
        yield CallOut("note", voice.t(N_("No recommendation is supported yet.")))
        return
    groups.sort(key=lambda group: (-(group.coverage or 0), group.key))
    yield Figure(
        CoverageBars(
            tuple(
                CoverageBar(
                    choice_label(group.key, voice.say),
                    float(group.coverage or 0),
                    voice.share(group.coverage),
                    voice.say.plural("{n} recommendation", "{n} recommendations", group.supported),
                    tone_of(group.coverage),
                )
                for group in groups
            )
        ),
        alt=voice.t(N_("Coverage by theme: {list}.")).format(
            list=voice.say.parted(
                f"{choice_label(g.key, voice.say)} {voice.share(g.coverage)}" for g in groups
            )
        ),
        caption=voice.t(N_("Coverage by theme, of the recommendations the office supports")),
    )
    yield from _uncovered(facts, voice)


def _uncovered(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    by_id = {one.recommendation_id: one.coverage for one in facts.coverage.recommendations}
    open_items = sorted(
        (
            item
            for item in facts.plan.office.recommendations
            if item.supported and by_id[item.id] < HALF_COVERED
        ),
        key=lambda item: (by_id[item.id], -item.weight, item.code),
    )
    yield Heading(2, voice.t(N_("What is not covered")))
    yield Table(
        columns=(
            Column(voice.t(N_("Recommendation")), 3.6),
            Column(voice.t(N_("Theme")), 2),
            Column(voice.t(N_("Weight")), 0.8, "end"),
            Column(voice.t(N_("Coverage")), 1, "end"),
        ),
        rows=[_uncovered_row(voice, item, by_id[item.id]) for item in open_items],
        caption=voice.t(N_("Supported recommendations that are covered by less than half")),
        row_headers=1,
        empty=voice.t(N_("Every supported recommendation is covered by at least half.")),
    )


def _uncovered_row(voice: Voice, item: RecommendationFact, share: Fraction) -> tuple[str, ...]:
    return (
        f"{item.code}  {item.title}",
        choice_label(item.theme, voice.say),
        voice.say.number(item.weight),
        voice.share(share),
    )
