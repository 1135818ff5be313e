"""Scenarios side by side: what each comes to in one table and figure, and what it loses in sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from cityplanner.base.language import N_
from cityplanner.planning.facts import OfficeFacts
from cityplanner.planning.losses import loss_summary, loss_words
from cityplanner.reports.blocks import Block, Cell, Column, Figure, Paragraph, Table, Text
from cityplanner.reports.briefings.planned import Compared
from cityplanner.reports.charts.description import BarChart, Series
from cityplanner.reports.table_blocks import Align
from cityplanner.reports.voice import NOTHING, Voice

LONGEST_HEADING = 48
WIDE, NARROW = 2.2, 1.2
MOST_WITH_WIDE_NAMES = 3


def overview(voice: Voice, compared: Sequence[Compared]) -> Table:
    """A row for each scenario: its year, cost, staff and coverage, and whether it balances."""
    return Table(
        columns=(
            Column(voice.t(N_("Scenario")), 2.4),
            Column(voice.t(N_("Year")), 0.8, "end"),
            Column(voice.t(N_("Cost")), 1.3, "end"),
            Column(voice.t(N_("Over its funds")), 1.1, "end"),
            Column(voice.t(N_("Staff, FTE")), 0.9, "end"),
            Column(voice.t(N_("Coverage")), 1, "end"),
            Column(voice.t(N_("Balanced")), 1, "center"),
        ),
        rows=[_overview_row(voice, one) for one in compared],
        row_headers=1,
    )


def _overview_row(voice: Voice, one: Compared) -> tuple[str, ...]:
    result = one.outcome
    return (
        one.scenario.name,
        str(one.scenario.fiscal_year),
        voice.money(result.total),
        voice.money(sum(fund.over for fund in result.funds)) if result.over else NOTHING,
        voice.number(float(result.capacity.fte_after), 1),
        voice.share(result.coverage.office.coverage),
        voice.t(N_("yes")) if result.ready else voice.t(N_("no")),
    )


def coverage_figure(voice: Voice, compared: Sequence[Compared]) -> Iterator[Block]:
    """A bar for each scenario, where anything is supported."""
    measured = [(one.scenario.name, one.outcome.coverage.office.coverage) for one in compared]
    if all(share is None for _name, share in measured):
        return
    series = Series(
        voice.t(N_("Coverage in per cent")),
        tuple(float(share or 0) * 100 for _name, share in measured),
        tuple(voice.share(share) for _name, share in measured),
    )
    yield Figure(
        BarChart(tuple(name for name, _share in measured), (series,), scale=(0, 100)),
        alt=voice.t(N_("Coverage by scenario: {list}.")).format(
            list=voice.say.parted(f"{name} {voice.share(share)}" for name, share in measured)
        ),
        caption=voice.t(N_("Coverage of the supported recommendations by scenario")),
    )


def losses_of(office: OfficeFacts, one: Compared, voice: Voice) -> tuple[Paragraph | None, tuple[str, ...]]:
    """How much a scenario loses, and each loss that may be named; nothing where nothing is lost."""
    if one.lost is None or one.named is None or one.lost.nothing:
        return None, ()
    named = () if one.named.nothing else loss_words(office, one.named, voice.say)
    return Paragraph(loss_summary(one.lost, voice.say)), named


def across(
    voice: Voice,
    compared: Sequence[Compared],
    first: str,
    rows: Iterable[tuple[str, Sequence[Text]]],
    *,
    caption: str = "",
    total: tuple[str, Sequence[Text]] | None = None,
    align: Align = "end",
    empty: str = "",
) -> Table:
    """A column for each scenario below its name; each row is its label and a text for each scenario."""
    width = NARROW if len(compared) > MOST_WITH_WIDE_NAMES else NARROW * 1.3
    names = headings(one.scenario.name for one in compared)
    return Table(
        (Column(first, WIDE), *(Column(name, width, align) for name in names)),
        [(Cell(label, header=True, scope="Row"), *texts) for label, texts in rows],
        caption=caption,
        total=(total[0], *total[1]) if total else None,
        empty=empty,
    )


def headings(names: Iterable[str]) -> list[str]:
    """Names of scenarios for narrow columns: long ones are cut, unless two could no longer be told apart.

    The overview has them whole.
    """
    whole = list(names)
    short = [textwrap.shorten(name, LONGEST_HEADING, placeholder="…") for name in whole]
    return short if len(set(short)) == len(set(whole)) and all(len(one) > 1 for one in short) else whole
