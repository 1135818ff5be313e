"""The sample's money and people: funds, staff positions, and five scenarios of which one is adopted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from cityplanner.exchange.sample.data import cents, document, initiatives
from cityplanner.exchange.sample.initiatives import level_key
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.entity import Entity
from cityplanner.model.fund import (
    Fund,
    FundAmount,
    FundRestriction,
    FundSource,
    FundType,
    StaffPosition,
    Term,
)
from cityplanner.model.initiative import Initiative, ServiceLevel
from cityplanner.model.roundtable import Theme
from cityplanner.model.scenario import Decision, FrozenPosition, FundChange, Scenario, ScenarioKind

Row = dict[str, Any]
FULL = "full"


def write_funds(writer: Writer) -> None:
    """Enter the funds with their amounts, then the staff positions they pay."""
    with writer.plan.edit("Enter funds and their amounts") as edit:
        rows = document("budget.yaml")["funds"]
        writer.keep(edit, [(row["code"], _fund(writer, row)) for row in rows])
        writer.insert(edit, [one for row in rows for one in _amounts(writer, row)])
    with writer.plan.edit("Enter staff positions") as edit:
        rows = document("budget.yaml")["staff"]
        writer.keep(edit, [(row["title"], _position(writer, row)) for row in rows])


def _fund(writer: Writer, row: Row) -> Fund:
    return writer.new(
        Fund,
        code=row["code"],
        title=row["title"],
        type=FundType[row["type"]],
        source=FundSource[row["source"]],
        term=Term[row["term"]],
        themes=tuple(Theme[name].value for name in row.get("themes", ())),
        notes=row["notes"],
    )


def _amounts(writer: Writer, row: Row) -> Iterator[FundAmount]:
    for year, dollars in row["amounts"].items():
        yield writer.new(
            FundAmount, fund_id=writer.id(Fund, row["code"]), fiscal_year=year, amount=cents(dollars)
        )


def _position(writer: Writer, row: Row) -> StaffPosition:
    held = f"Held by {row['who']} since {row['since']}." if "who" in row else ""
    return writer.new(
        StaffPosition,
        title=row["title"],
        fte=Decimal(row["fte"]),
        salary=cents(row["salary"]),
        benefits=cents(row["benefits"]),
        fund_id=writer.id(Fund, row["fund"]),
        vacant=row.get("vacant", False),
        notes=row.get("notes", held),
    )


def restrict(writer: Writer) -> None:
    """Say which initiatives the bound funds may pay for."""
    with writer.plan.edit("Restrict funds to initiatives") as edit:
        writer.insert(
            edit,
            [
                writer.new(
                    FundRestriction,
                    fund_id=writer.id(Fund, row["code"]),
                    initiative_id=writer.id(Initiative, code),
                )
                for row in document("budget.yaml")["funds"]
                for code in row.get("initiatives", ())
            ],
        )


def write_scenarios(writer: Writer) -> None:
    """Draw up the scenarios, one change each."""
    for row in document("budget.yaml")["scenarios"]:
        with writer.plan.edit(f"Draw up the scenario “{row['title']}”") as edit:
            writer.keep(edit, [(row["title"], _scenario(writer, row))])
            writer.insert(edit, [*_changes(writer, row), *_frozen(writer, row), *_decisions(writer, row)])


def _scenario(writer: Writer, row: Row) -> Scenario:
    return writer.new(
        Scenario,
        title=row["title"],
        kind=ScenarioKind[row["kind"]],
        fiscal_year=row["year"],
        furlough_days=row.get("furlough"),
        cost_growth=Decimal(row["growth"]) if "growth" in row else None,
        notes=row["notes"],
    )


def _changes(writer: Writer, row: Row) -> Iterator[Entity]:
    for code, change in row.get("funds", {}).items():
        yield writer.new(
            FundChange,
            scenario_id=writer.id(Scenario, row["title"]),
            fund_id=writer.id(Fund, code),
            percent=Decimal(change["percent"]) if "percent" in change else None,
            amount=cents(change.get("amount")),
        )


def _frozen(writer: Writer, row: Row) -> Iterator[Entity]:
    for title in row.get("frozen", ()):
        yield writer.new(
            FrozenPosition,
            scenario_id=writer.id(Scenario, row["title"]),
            staff_position_id=writer.id(StaffPosition, title),
        )


def _decisions(writer: Writer, row: Row) -> Iterator[Entity]:
    for initiative in initiatives():
        code = initiative["code"]
        kind, note = row["decisions"].get(code, (FULL, ""))
        yield writer.new(
            Decision,
            scenario_id=writer.id(Scenario, row["title"]),
            initiative_id=writer.id(Initiative, code),
            service_level_id=writer.id(ServiceLevel, level_key(code, kind)),
            note=note or "",
        )


def adopt(writer: Writer) -> None:
    """Adopt what the council adopted; from then on it is locked."""
    for row in document("budget.yaml")["scenarios"]:
        if "adopted" in row:
            with writer.plan.edit(f"Adopt the scenario “{row['title']}”") as edit:
                scenario = edit.get(Scenario, writer.id(Scenario, row["title"]))
                if scenario is not None:
                    scenario.adopted_at = datetime.combine(row["adopted"], time(20, 30), UTC)
                    scenario.adopted_by = "City Council"
