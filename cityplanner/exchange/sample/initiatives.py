"""The sample's initiatives: what they aim at, with whom, at which service levels and for which recommendations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from cityplanner.exchange.sample.data import cents, day, document, initiatives
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.agreement import Agreement
from cityplanner.model.engagement import Mode
from cityplanner.model.fund import Fund
from cityplanner.model.initiative import (
    BudgetLine,
    Category,
    Contribution,
    ContributionKind,
    Dependency,
    DependencyKind,
    Initiative,
    InitiativeAgreement,
    InitiativePartner,
    InitiativeStatus,
    LevelKind,
    Milestone,
    MilestoneStatus,
    ServiceLevel,
)
from cityplanner.model.partner import Partner
from cityplanner.model.priority import Criterion, CriterionWeight, Score
from cityplanner.model.roundtable import SourceItem, Theme

Row = dict[str, Any]
LEVEL_TITLES = {
    LevelKind.FULL: "Full service",
    LevelKind.REDUCED: "Reduced service",
    LevelKind.VIRTUAL: "Online only",
    LevelKind.PAUSE: "Paused",
    LevelKind.OTHER: "Carried by others",
}
SCORED = (
    Criterion.MANDATE,
    Criterion.RELIANCE,
    Criterion.RECOVERY,
    Criterion.DEMAND,
    Criterion.POPULATION,
    Criterion.BENEFIT,
    Criterion.EQUITY,
    Criterion.COST,
)
_LINKS = {
    "direct": ContributionKind.DIRECT,
    "direct_practice": ContributionKind.DIRECT,
    "supporting": ContributionKind.SUPPORTING,
    "supporting_practice": ContributionKind.SUPPORTING,
    "enabling": ContributionKind.ENABLING,
}


def level_key(code: str, kind: str) -> str:
    """The key under which a service level is remembered."""
    return f"{code} {kind}"


def write(writer: Writer) -> None:
    """Enter the initiatives and everything that hangs on them; funds are there already."""
    for theme in Theme:
        group = [row for row in initiatives() if Theme[row["theme"]] is theme]
        with writer.plan.edit(f"Enter initiatives: {theme}") as edit:
            writer.keep(edit, [(row["code"], _initiative(writer, row)) for row in group])
            for row in group:
                writer.insert(edit, [*_pairings(writer, row), *_milestones(writer, row)])
    with writer.plan.edit("Work out service levels with their cost") as edit:
        for row in initiatives():
            writer.keep(edit, list(_levels(writer, row)))
            writer.insert(edit, list(_lines(writer, row)))
    with writer.plan.edit("Link initiatives to recommendations") as edit:
        writer.insert(edit, [one for row in initiatives() for one in _contributions(writer, row)])
    with writer.plan.edit("Say which initiatives depend on each other") as edit:
        writer.insert(edit, [one for row in initiatives() for one in _dependencies(writer, row)])
    with writer.plan.edit("Weigh the criteria and score the initiatives") as edit:
        writer.insert(edit, [*_weights(writer), *_scores(writer)])


def _initiative(writer: Writer, row: Row) -> Initiative:
    served, decides, left_out = row["equity"]
    return writer.new(
        Initiative,
        code=row["code"],
        title=row["title"],
        theme=Theme[row["theme"]],
        status=InitiativeStatus[row["status"]],
        status_reason=row.get("reason", ""),
        lead=row["lead"],
        starts_on=row["dates"],
        ends_on=day(row.get("until")),
        delivery=Mode[row["delivery"]],
        sdgs=tuple(row["sdgs"]),
        objective=row["objective"],
        risks=row["risks"],
        equity_served=served,
        equity_decides=decides,
        equity_left_out=left_out,
    )


def _pairings(writer: Writer, row: Row) -> Iterator[InitiativePartner | InitiativeAgreement]:
    number = writer.id(Initiative, row["code"])
    for key in row["with"]:
        yield writer.new(InitiativePartner, initiative_id=number, partner_id=writer.id(Partner, key))
    for key in row["agreements"]:
        yield writer.new(InitiativeAgreement, initiative_id=number, agreement_id=writer.id(Agreement, key))


def _milestones(writer: Writer, row: Row) -> Iterator[Milestone]:
    for title, due, *reached in row["milestones"]:
        on: date | None = reached[0] if reached else None
        yield writer.new(
            Milestone,
            initiative_id=writer.id(Initiative, row["code"]),
            title=title,
            due_on=due,
            status=MilestoneStatus.REACHED if on else MilestoneStatus.PENDING,
            reached_on=on,
        )


def _levels(writer: Writer, row: Row) -> Iterator[tuple[str, ServiceLevel]]:
    for kind, fte, share, text, _ in row["levels"]:
        yield (
            level_key(row["code"], kind),
            writer.new(
                ServiceLevel,
                initiative_id=writer.id(Initiative, row["code"]),
                title=LEVEL_TITLES[LevelKind(kind)],
                kind=LevelKind(kind),
                fte=Decimal(str(fte)),
                result_share=share,
                mandated=row.get("mandated") == kind,
                description=text,
            ),
        )


def lines(text: str) -> Iterator[tuple[str, Category, int]]:
    """The budget lines in `101 travel 9000, 214 events 14000`: fund code, category, dollars."""
    for part in filter(None, (part.strip() for part in text.split(","))):
        fund, category, dollars = part.split()
        yield fund, Category[category.upper()], int(dollars)


def _lines(writer: Writer, row: Row) -> Iterator[BudgetLine]:
    for kind, *_, text in row["levels"]:
        for fund, category, dollars in lines(text):
            yield writer.new(
                BudgetLine,
                service_level_id=writer.id(ServiceLevel, level_key(row["code"], kind)),
                fund_id=writer.id(Fund, fund),
                category=category,
                amount=cents(dollars),
            )


def _contributions(writer: Writer, row: Row) -> Iterator[Contribution]:
    for name, kind in _LINKS.items():
        for number in row.get(name, ()):
            yield writer.new(
                Contribution,
                initiative_id=writer.id(Initiative, row["code"]),
                source_item_id=writer.id(SourceItem, str(number)),
                kind=kind,
            )


def _dependencies(writer: Writer, row: Row) -> Iterator[Dependency]:
    for kind in DependencyKind:
        for other in row.get(kind.value, ()):
            yield writer.new(
                Dependency,
                initiative_id=writer.id(Initiative, row["code"]),
                kind=kind,
                other_id=writer.id(Initiative, other),
            )


def _weights(writer: Writer) -> Iterator[CriterionWeight]:
    weights = document("budget.yaml")["weights"].split()
    for criterion, weight in zip(Criterion, weights, strict=True):
        yield writer.new(CriterionWeight, criterion=criterion, weight=int(weight))


def _scores(writer: Writer) -> Iterator[Score]:
    reasons = document("scores.yaml")
    for row in initiatives():
        for criterion, value in zip(SCORED, map(int, row["scores"].split()), strict=True):
            yield writer.new(
                Score,
                initiative_id=writer.id(Initiative, row["code"]),
                criterion=criterion,
                value=value,
                reason=reasons[criterion.name][value],
            )
