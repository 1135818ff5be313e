"""Money is exact: a million times ten cents, currencies of 0, 2 and 3 decimals, through file, table and report."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from cityplanner.base import money
from cityplanner.base.errors import UserError
from cityplanner.base.language import Language
from cityplanner.exchange.formats import OUT, read_sheet
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.preview import preview
from cityplanner.model.fund import Fund
from cityplanner.model.initiative import BudgetLine, Initiative, ServiceLevel
from cityplanner.model.roundtable import Theme
from cityplanner.store.plan_file import Plan, create_plan
from tests.conftest import make_office
from tests.faults.sizes import size

CURRENCIES = ("USD", "EUR", "JPY", "KWD", "CHF", "MXN", "CLP", "TND", "BRL", "INR")
OF_DECIMALS = {"JPY": 0, "USD": 2, "KWD": 3}
LANGUAGES = ("en", "de", "fr", "es", "pt-BR", "ar", "he", "ja")


def test_a_million_times_ten_cents_is_exactly_a_hundred_thousand() -> None:
    total = sum(money.to_minor("0.10", "USD") for _ in range(1_000_000))

    assert money.to_decimal(total, "USD") == Decimal(100_000)


@pytest.mark.parametrize(("currency", "places"), OF_DECIMALS.items())
def test_a_currency_has_the_decimals_of_the_standard(currency: str, places: int) -> None:
    assert money.exponent(currency) == places
    assert money.to_minor("7", currency) == 7 * 10**places


@settings(max_examples=size(100, 10_000), deadline=None)
@given(st.integers(-(10**15), 10**15), st.sampled_from(CURRENCIES))
def test_minor_units_come_back_from_the_exact_amount(minor: int, currency: str) -> None:
    assert money.to_minor(money.to_decimal(minor, currency), currency) == minor


def test_even_forty_digits_stay_exact() -> None:
    assert money.to_minor("1" * 40 + ".01", "USD") == int("1" * 40 + "01")


@pytest.mark.parametrize(("amount", "currency"), [("0.001", "USD"), ("0.5", "JPY"), ("1.0001", "KWD")])
def test_more_decimals_than_the_currency_has_are_refused_in_words(amount: str, currency: str) -> None:
    with pytest.raises(UserError, match=f"more decimals than {currency}"):
        money.to_minor(amount, currency)


@settings(max_examples=size(100, 5000), deadline=None)
@given(st.integers(-(10**14), 10**14), st.sampled_from(CURRENCIES))
def test_what_is_shown_is_read_back(minor: int, currency: str) -> None:
    assert money.parse(Language("en").money(minor, currency, cents=True), currency) == minor


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("currency", OF_DECIMALS)
def test_no_language_shows_another_amount(tag: str, currency: str) -> None:
    shown = Language(tag).money(-1_234_567, currency, cents=True)
    digits = "".join(str(int(sign)) for sign in shown if sign.isdigit())
    assert digits == "1234567"


def budget(plan: Plan, amounts: list[int]) -> None:
    """Budget lines of these amounts."""
    with plan.edit("Make") as edit:
        fund, initiative = (
            Fund(code="GF", title="General"),
            Initiative(code="I-1", title="Desk", theme=Theme.NETWORKS),
        )
        edit.add_all([fund, initiative])
        edit.flush()
        level = ServiceLevel(initiative_id=initiative.id, title="Full", fte=Decimal(1), result_share=100)
        edit.add(level)
        edit.flush()
        lines = [BudgetLine(service_level_id=level.id, fund_id=fund.id, amount=amount) for amount in amounts]
        edit.insert_many(BudgetLine, lines)


def test_ten_cents_as_often_as_a_plan_holds_them_add_up_in_the_file(plan: Plan) -> None:
    count = size(2_000, 100_000)
    budget(plan, [money.to_minor("0.10", "USD")] * count)
    with plan.reading() as session:
        total = session.scalar(select(func.sum(BudgetLine.amount)))
    assert money.to_decimal(int(total or 0), "USD") == Decimal(count) / 10


@pytest.mark.parametrize("currency", OF_DECIMALS)
def test_amounts_leave_as_tables_and_come_back_to_the_last_place(currency: str, tmp_path: Path) -> None:
    office = make_office()
    office.currency = currency
    amounts = [0, 1, 10, 99, 100, 999, 1_000, 12_345_678, 10**15 - 1, 10**15]
    with create_plan(tmp_path / "a.cityplan", office) as plan:
        budget(plan, amounts)
        for form in ("csv", "xlsx"):
            OUT[form](plan, BudgetLine, tmp_path / f"out.{form}")
            sheet = read_sheet(tmp_path / f"out.{form}")
            found = preview(plan, sheet, BudgetLine, match(sheet.headers, BudgetLine), clear_empty=True)
            assert [line.problems for line in found.lines if line.problems] == []
            assert [line.differences for line in found.lines if line.differences] == []
            assert len(found.lines) == len(amounts)
