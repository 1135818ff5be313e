"""How values are kept."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from cityplanner.model.columns import Choice, Exact, Moment, Words

DIALECT = sqlite.dialect()


class Size(StrEnum):
    """Two sizes."""

    SMALL = "small"
    LARGE = "large"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=5))
def test_a_decimal_number_comes_back_exactly(value: Decimal) -> None:
    exact = Exact(5)

    assert exact.process_result_value(exact.process_bind_param(value, DIALECT), DIALECT) == value


def test_an_absent_number_stays_absent() -> None:
    assert Exact(2).process_bind_param(None, DIALECT) is None
    assert Exact(2).process_result_value(None, DIALECT) is None


@given(st.datetimes(datetime(1001, 1, 1), datetime(9998, 12, 30), timezones=st.timezones()))
def test_an_instant_comes_back_in_utc_to_the_second(value: datetime) -> None:
    moment = Moment()
    back = moment.process_result_value(moment.process_bind_param(value, DIALECT), DIALECT)

    assert back == value.astimezone(UTC).replace(microsecond=0)
    assert back is not None
    assert back.utcoffset() == timedelta(0)


def test_instants_sort_as_texts_whatever_their_zone() -> None:
    east = datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=9)))
    west = datetime(2025, 12, 31, 23, 0, tzinfo=timezone(timedelta(hours=-8)))

    assert str(Moment().process_bind_param(east, DIALECT)) < str(Moment().process_bind_param(west, DIALECT))


def test_an_instant_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime(2026, 1, 1), DIALECT)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple))
def test_a_list_comes_back_as_a_tuple(value: tuple[str, ...]) -> None:
    words = Words()

    assert words.process_result_value(words.process_bind_param(value, DIALECT), DIALECT) == value


def test_an_absent_list_is_an_empty_one() -> None:
    assert Words().process_bind_param(None, DIALECT) == "[]"
    assert Words().process_result_value(None, DIALECT) == ()


def test_a_choice_is_kept_by_its_value() -> None:
    choice = Choice(Size)

    assert choice.process_bind_param(Size.LARGE, DIALECT) == "large"
    assert choice.process_bind_param("small", DIALECT) == "small"
    assert choice.process_result_value("large", DIALECT) is Size.LARGE
    with pytest.raises(ValueError, match="huge"):
        choice.process_bind_param("huge", DIALECT)
