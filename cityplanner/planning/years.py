"""Several fiscal years in a row: a scenario for each, or the one of the year before carried forward.

A fiscal year is named after the year it ends in. What is carried forward keeps its levels, furlough, frozen positions
and changes to funds; costs grow from year to year. Ongoing money of which a year has no amount stays at the last one
stated before; one-time money is there only in the years that name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from cityplanner.base.language import N_, Language, current
from cityplanner.planning.agenda import CommitmentFact
from cityplanner.planning.facts import FundFact, OfficeFacts, ScenarioFact
from cityplanner.planning.scenarios import Outcome, outcome

USUAL_GROWTH = Decimal(3)
"""Per cent a year, where no scenario of the current service level says how much costs grow."""
CURRENT = "current service level"
OPEN = frozenset({"pending", "in progress"})
JANUARY = 1


@dataclass(frozen=True, slots=True)
class Year:
    """One fiscal year of a chain, `carried` forward from the one before or with a scenario of its own.

    `assumed_fund_ids` are ongoing funds that have the last amount stated before, `ended_fund_ids` one-time money
    that was there the year before and has no amount any more. `stopped_ids` are initiatives that ran the year
    before and no longer do, `past_ids` those that run and are planned to end only after this year. Commitments
    are open ones: `due_ids` fall due in the year (in the first, or before it), `later_ids` after it.
    """

    fiscal_year: int
    first_on: date
    last_on: date
    scenario: ScenarioFact
    carried: bool
    outcome: Outcome
    assumed_fund_ids: tuple[int, ...]
    ended_fund_ids: tuple[int, ...]
    stopped_ids: tuple[int, ...]
    past_ids: tuple[int, ...]
    due_ids: tuple[int, ...]
    later_ids: tuple[int, ...]

    @property
    def amount(self) -> int:
        """What all funds offer."""
        return sum(fund.amount for fund in self.outcome.funds)

    @property
    def over(self) -> int:
        """By how much all funds that are over their amounts are over."""
        return sum(fund.over for fund in self.outcome.funds)


def fiscal_year(on: date, start_month: int) -> int:
    """The fiscal year a day lies in: the year it ends in (July 2026 begins 2027; from January: 2026 is 2026)."""
    return on.year + (start_month != JANUARY and on.month >= start_month)


def span(year: int, start_month: int) -> tuple[date, date]:
    """The first and last day of a fiscal year; raises ValueError for a month outside 1-12."""
    begins_in = year - (start_month != JANUARY)
    following = date(begins_in + 1, start_month, 1)
    return date(begins_in, start_month, 1), following - timedelta(days=1)


def usual_growth(scenarios: Iterable[ScenarioFact]) -> Decimal:
    """How much costs grow each year in per cent, as the last scenario of the current service level has it."""
    now = [one.cost_growth for one in scenarios if one.kind == CURRENT]
    return now[-1] if now else USUAL_GROWTH


def carried(scenario: ScenarioFact, year: int, growth: Decimal) -> ScenarioFact:
    """A scenario as it would be in a later year, with costs grown by `growth` per cent for each year between.

    3 per cent of its own and 3 a year for one year are 6.09. Raises ValueError for an earlier year.
    """
    years = year - scenario.fiscal_year
    if years < 0:
        raise ValueError(f"fiscal year {scenario.fiscal_year} cannot be carried back to {year}")
    grown = (100 + scenario.cost_growth) * (1 + growth / 100) ** years - 100
    return replace(scenario, fiscal_year=year, cost_growth=grown)


def chain(
    office: OfficeFacts,
    first: ScenarioFact,
    following: Iterable[ScenarioFact | None],
    growth: Decimal,
    start_month: int,
    commitments: Sequence[CommitmentFact] = (),
    quartiles: Mapping[int, int | None] | None = None,
) -> tuple[Year, ...]:
    """A scenario and the years that follow it, one after the other; None carries the one before forward.

    An initiative that ended before a year begins is not carried into it. Raises ValueError for a scenario that
    stands in another place than its fiscal year.
    """
    years: list[Year] = []
    for place, chosen in enumerate((first, *following)):
        number = first.fiscal_year + place
        if chosen is not None and chosen.fiscal_year != number:
            raise ValueError(f"{chosen.name} is of fiscal year {chosen.fiscal_year}, not {number}")
        held = chosen or carried(years[-1].scenario, number, growth)
        years.append(
            _year(office, held, chosen is None, start_month, commitments, quartiles, years[-1:] or None)
        )
    return tuple(years)


def _year(
    office: OfficeFacts,
    scenario: ScenarioFact,
    is_carried: bool,
    start_month: int,
    commitments: Sequence[CommitmentFact],
    quartiles: Mapping[int, int | None] | None,
    before: Sequence[Year] | None,
) -> Year:
    first_on, last_on = span(scenario.fiscal_year, start_month)
    ends = {one.id: one.ends_on for one in office.initiatives}
    if is_carried:
        scenario = replace(scenario, decisions=_not_ended(scenario.decisions, ends, first_on))
    funds = tuple(_extended(fund, scenario.fiscal_year) for fund in office.funds)
    found = outcome(replace(office, funds=funds), scenario, quartiles)
    assumed = [old.id for old, new in zip(office.funds, funds, strict=True) if old is not new]
    due = [(one.id, one.due_on) for one in commitments if one.status in OPEN and one.due_on is not None]
    earlier = before[0] if before else None
    ran = earlier.outcome.running_ids if earlier else ()
    return Year(
        fiscal_year=scenario.fiscal_year,
        first_on=first_on,
        last_on=last_on,
        scenario=scenario,
        carried=is_carried,
        outcome=found,
        assumed_fund_ids=tuple(assumed),
        ended_fund_ids=_ended_funds(found, earlier),
        stopped_ids=tuple(key for key in ran if key not in found.running_ids),
        past_ids=tuple(key for key in found.running_ids if (ends[key] or last_on) > last_on),
        due_ids=tuple(key for key, on in due if on <= last_on and (earlier is None or on >= first_on)),
        later_ids=tuple(key for key, on in due if on > last_on),
    )


def _not_ended(
    decisions: Mapping[int, int | None], ends: Mapping[int, date | None], first_on: date
) -> dict[int, int | None]:
    return {key: level for key, level in decisions.items() if (ends.get(key) or first_on) >= first_on}


def _extended(fund: FundFact, year: int) -> FundFact:
    """The fund with an amount for the year: an ongoing one keeps the last that was stated before."""
    known = [one for one in fund.amounts if one < year]
    if year in fund.amounts or not fund.ongoing or not known:
        return fund
    return replace(fund, amounts={**fund.amounts, year: fund.amounts[max(known)]})


def _ended_funds(found: Outcome, earlier: Year | None) -> tuple[int, ...]:
    if earlier is None:
        return ()
    had = {fund.fund_id for fund in earlier.outcome.funds if fund.amount}
    return tuple(fund.fund_id for fund in found.funds if fund.fund_id in had and not fund.stated)


def year_words(
    office: OfficeFacts,
    years: Sequence[Year],
    commitments: Sequence[CommitmentFact],
    language: Language | None = None,
) -> tuple[str, ...]:
    """What stops, ends and runs past the years of a chain, one sentence each, for page and paper."""
    return tuple(_words(office, years, commitments, language or current()))


def _words(
    office: OfficeFacts, years: Sequence[Year], commitments: Sequence[CommitmentFact], say: Language
) -> Iterator[str]:
    titles = {one.id: one.title for one in office.initiatives}
    ends = {one.id: one.ends_on for one in office.initiatives}
    funds = {fund.id: fund.name for fund in office.funds}
    for year in years:
        name = str(year.fiscal_year)
        for key in year.ended_fund_ids:
            text = N_("{fund} is one-time money and has no amount for fiscal year {year}.")
            yield say.text(text).format(fund=funds[key], year=name)
        if year.assumed_fund_ids:
            text = N_("In fiscal year {year} the last amount stated is taken for: {funds}.")
            yield say.text(text).format(
                year=name, funds=say.listed(funds[key] for key in year.assumed_fund_ids)
            )
        if year.stopped_ids:
            text = N_("In fiscal year {year} no longer running: {initiatives}.")
            yield say.text(text).format(
                year=name, initiatives=say.listed(titles[key] for key in year.stopped_ids)
            )
    if not years:
        return
    last = years[-1]
    for key in last.past_ids:
        text = N_("{initiative} runs past these years, until {day}.")
        yield say.text(text).format(initiative=titles[key], day=say.date(ends[key] or last.last_on))
    promised = {one.id: one for one in commitments}
    for key in last.later_ids:
        one = promised[key]
        text = N_("Promised past these years, for {day}: {commitment}")
        yield say.text(text).format(day=say.date(one.due_on or last.last_on), commitment=one.text)
