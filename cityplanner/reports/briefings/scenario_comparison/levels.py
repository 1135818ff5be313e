"""Coverage by theme and the service level of each initiative in every scenario, what differs first."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.planning.facts import InitiativeFact
from cityplanner.reports.blocks import Block, Column, Figure, Heading, Paragraph, Table
from cityplanner.reports.briefings.scenario_comparison.gather import ComparisonFacts
from cityplanner.reports.briefings.side_by_side import across
from cityplanner.reports.charts.description import BarChart, Series
from cityplanner.reports.voice import Voice


def coverage(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """Coverage by theme side by side: bars where the scenarios differ, a table of all themes."""
    if not facts.compared:
        return
    found = [one.outcome.coverage for one in facts.compared]
    themes = [at for at, group in enumerate(found[0].themes) if group.supported]
    if not themes:
        yield Paragraph(voice.t(N_("No recommendation is supported yet.")))
        return
    differ = [at for at in themes if len({one.themes[at].coverage for one in found}) > 1]
    if differ:
        yield _bars(facts, differ, voice)
    elif len(found) > 1:
        yield Paragraph(voice.t(N_("Every theme is covered alike in all of these scenarios.")))
    rows = [
        (voice.choice(found[0].themes[at].key), [voice.share(one.themes[at].coverage) for one in found])
        for at in themes
    ]
    total = voice.t(N_("All supported recommendations")), [voice.share(one.office.coverage) for one in found]
    yield across(voice, facts.compared, voice.t(N_("Theme")), rows, total=total)


def _bars(facts: ComparisonFacts, themes: list[int], voice: Voice) -> Figure:
    shares = [[one.outcome.coverage.themes[at].coverage for at in themes] for one in facts.compared]
    names = [voice.choice(facts.compared[0].outcome.coverage.themes[at].key) for at in themes]
    return Figure(
        BarChart(
            names,
            [
                Series(
                    one.scenario.name,
                    [float(share or 0) * 100 for share in of_one],
                    [voice.share(share) for share in of_one],
                )
                for one, of_one in zip(facts.compared, shares, strict=True)
            ],
            scale=(0, 100),
        ),
        alt=voice.t(
            N_("Coverage where the scenarios differ: {list}; the table below has every theme."),
            list=voice.joined(names),
        ),
        caption=voice.t(N_("Coverage by theme, where the scenarios differ")),
    )


def levels(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """A row for each initiative: first those whose level differs, then those that are alike."""
    if not facts.compared:
        return
    every = facts.plan.office.initiatives
    if not every:
        yield Paragraph(voice.t(N_("There is no initiative yet.")))
        return
    differ = [one for one in every if len(set(_held(facts, one))) > 1]
    alike = [one for one in every if one not in differ]
    if differ:
        yield Heading(2, voice.t(N_("Where the scenarios differ")))
        yield across(
            voice,
            facts.compared,
            voice.t(N_("Initiative")),
            [(_title(one), [_level(facts, key, voice) for key in _held(facts, one)]) for one in differ],
            align="start",
        )
    if alike:
        if len(facts.compared) > 1:
            yield Heading(2, voice.t(N_("Where they are alike")))
        yield Table(
            (Column(voice.t(N_("Initiative")), 4), Column(voice.t(N_("Service level")), 2)),
            [(_title(one), _level(facts, _held(facts, one)[0], voice)) for one in alike],
            row_headers=1,
        )


def _held(facts: ComparisonFacts, one: InitiativeFact) -> list[int | None]:
    return [compared.scenario.decisions.get(one.id) for compared in facts.compared]


def _title(one: InitiativeFact) -> str:
    return f"{one.code}  {one.title}".strip()


def _level(facts: ComparisonFacts, key: int | None, voice: Voice) -> str:
    return voice.t(N_("does not run")) if key is None else facts.level_titles[key]
