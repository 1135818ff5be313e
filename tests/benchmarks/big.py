"""What fills the big plan beside its partners and contacts: the log of many years, and the office's own work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cityplanner.model.engagement import Engagement, EngagementPartner
from cityplanner.model.fund import Fund, FundAmount
from cityplanner.model.initiative import (
    BudgetLine,
    Category,
    Contribution,
    ContributionKind,
    Initiative,
    LevelKind,
    ServiceLevel,
)
from cityplanner.model.roundtable import Roundtable, Section, SourceItem, Theme
from cityplanner.model.scenario import FundChange, Scenario
from cityplanner.planning.facts import OfficeFacts
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from tests.benchmarks.best_plan import YEAR, large_office, scenarios
from tests.benchmarks.data import SEED, Size, Words

FIRST = dt.datetime(1996, 1, 1, 8, tzinfo=dt.UTC)
DAYS = 31 * 365
PAGE = 50_000
KNOWN_WELL = 1
"""The partner that was met at one engagement in 200: 5,000 of a million."""


def fill(plan: Plan, size: Size) -> None:
    """Add the log, the initiatives, the recommendations and the scenarios to a plan with its partners."""
    words = Words(SEED + 2)
    for start in range(0, size.engagements, PAGE):
        with plan.edit("Log") as edit:
            _log(edit, words, size, range(start, min(start + PAGE, size.engagements)))
    with plan.edit("Work") as edit:
        _work(edit, words, large_office(size.scale))


def _log(edit: Editing, words: Words, size: Size, numbers: range) -> None:
    ids = edit.insert_values(Engagement, [_engagement(words, size, number) for number in numbers])
    met = (KNOWN_WELL if number % 200 == 0 else 1 + words.dice.randrange(size.partners) for number in numbers)
    ties = [{"engagement_id": one, "partner_id": partner} for one, partner in zip(ids, met, strict=True)]
    edit.insert_values(EngagementPartner, ties)


def _engagement(words: Words, size: Size, number: int) -> dict[str, object]:
    """About 30 words, in the order of the days, as logs grow."""
    return {
        "title": words.sentence(5),
        "starts_at": FIRST + dt.timedelta(days=DAYS * number // size.engagements),
        "zone": "America/Chicago",
        "minutes": 60,
        "place": words.dice.choice(words.family),
        "purpose": words.sentence(10),
        "result": words.sentence(15),
    }


def _work(edit: Editing, words: Words, office: OfficeFacts) -> None:
    themes = tuple(Theme)
    items = _recommendations(edit, words, office)
    funds = _funds(edit, office)
    initiatives = edit.insert_values(
        Initiative,
        [
            {
                "code": one.code,
                "title": words.sentence(5),
                "theme": themes[at % len(themes)],
                "objective": words.sentence(20),
            }
            for at, one in enumerate(office.initiatives)
        ],
    )
    edit.insert_values(
        Contribution,
        [
            {
                "initiative_id": initiatives[one.initiative_id],
                "source_item_id": items[one.recommendation_id],
                "kind": ContributionKind[one.kind.upper()],
            }
            for one in office.contributions
        ],
    )
    _levels(edit, office, initiatives, funds)
    _scenarios(edit, office, funds)


def _recommendations(edit: Editing, words: Words, office: OfficeFacts) -> list[int]:
    (roundtable,) = edit.insert_values(Roundtable, [{"title": "Roundtable", "held_on": "2025"}])
    (section,) = edit.insert_values(Section, [{"roundtable_id": roundtable, "number": 1, "title": "Section"}])
    themes = tuple(Theme)
    return edit.insert_values(
        SourceItem,
        [
            {
                "code": f"BIG-{at}",
                "title": words.sentence(6),
                "theme": themes[at % len(themes)],
                "section_id": section,
                "text": words.sentence(40),
            }
            for at in range(len(office.recommendations))
        ],
    )


def _funds(edit: Editing, office: OfficeFacts) -> list[int]:
    ids = edit.insert_values(Fund, [{"code": one.code, "title": one.name} for one in office.funds])
    years = zip(ids, office.funds, strict=True)
    edit.insert_values(
        FundAmount,
        [{"fund_id": n, "fiscal_year": YEAR, "amount": one.amounts[YEAR]} for n, one in years],
    )
    return ids


def _levels(edit: Editing, office: OfficeFacts, initiatives: list[int], funds: list[int]) -> None:
    ids = edit.insert_values(
        ServiceLevel,
        [
            {
                "initiative_id": initiatives[one.initiative_id],
                "title": one.kind,
                "kind": LevelKind[one.kind.upper()],
                "fte": one.fte,
                "result_share": one.result_share,
            }
            for one in office.levels
        ],
    )
    lines = [
        {
            "service_level_id": number,
            "fund_id": funds[line.fund_id],
            "category": Category[line.category.upper()],
            "amount": line.amount,
        }
        for number, one in zip(ids, office.levels, strict=True)
        for line in one.lines
        if line.fund_id is not None
    ]
    edit.insert_values(BudgetLine, lines)


def _scenarios(edit: Editing, office: OfficeFacts, funds: list[int]) -> None:
    cuts = [problem.scenario for problem in scenarios(office)]
    ids = edit.insert_values(
        Scenario,
        [{"title": one.name, "fiscal_year": YEAR, "furlough_days": int(one.furlough_days)} for one in cuts],
    )
    changes: Iterator[FundChange] = (
        FundChange(scenario_id=number, fund_id=funds[change.fund_id], percent=change.percent)
        for number, one in zip(ids, cuts, strict=True)
        for change in one.fund_changes
    )
    edit.insert_many(FundChange, list(changes))
