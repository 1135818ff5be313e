"""Any engagements and agreements leave as a spreadsheet, and engagements as a calendar, and come back equal."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cityplanner.exchange.calendars import export_icalendar
from cityplanner.exchange.icalendar_reading import FIELDS, read_icalendar
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Sheet
from cityplanner.exchange.spreadsheet_reading import read_spreadsheet
from cityplanner.exchange.spreadsheets import export_xlsx
from cityplanner.model.agreement import Agreement
from cityplanner.model.engagement import Engagement
from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Field, Kind
from cityplanner.store.plan_file import Plan, create_plan, open_plan
from cityplanner.store.queries.records import records
from tests.conftest import make_office
from tests.exchange.in_place import read_in_place

Values = dict[str, Any]
_SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"))
_LINE = st.text(_SIGNS, max_size=30).map(str.strip)
_LINES = st.lists(_LINE.filter(bool), max_size=3).map("\n".join)
_ZONES = st.sampled_from(["UTC", "America/Los_Angeles", "Asia/Tokyo", "Europe/Paris", "Asia/Kathmandu"])
_DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))
_MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2199, 12, 30)).map(
    lambda moment: moment.replace(microsecond=0, second=0, tzinfo=UTC)
)


def _any(field: Field) -> st.SearchStrategy[Any]:
    """Any value that a field may have."""
    filled: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: _LINE,
        Kind.LONG_TEXT: _LINES,
        Kind.DATE: _DAYS,
        Kind.MOMENT: _MOMENTS,
        Kind.ZONE: _ZONES,
        Kind.FLAG: st.booleans(),
        Kind.WORDS: st.lists(_LINE.filter(bool), max_size=3, unique=True).map(tuple),
        Kind.INTEGER: st.integers(int(field.minimum or 0), int(field.maximum or 10**6)),
        Kind.NUMBER: st.decimals(0, 1000, places=field.places).map(Decimal),
        Kind.MONEY: st.integers(0, 10**9),
        Kind.PARTIAL_DATE: _DAYS.map(str)
        | _DAYS.map(lambda day: str(day)[:7])
        | _DAYS.map(lambda day: str(day.year)),
    }
    found = st.sampled_from(list(field.choices)) if field.choices else filled[field.kind]
    always = field.required or field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.WORDS, Kind.FLAG)
    return found if always else st.none() | found


def _some(noun: type[Entity]) -> st.SearchStrategy[list[Values]]:
    """A few records of a noun that follow its rules; each has a title of its own."""
    asked = {field.name: _any(field) for field in fields(noun) if field.kind is not Kind.LINK}
    numbered = st.lists(st.fixed_dictionaries(asked), min_size=1, max_size=4).map(
        lambda found: [one | {"title": f"{one['title']} {n}".strip()} for n, one in enumerate(found)]
    )
    return numbered.filter(lambda found: not any(noun(**one).check() for one in found))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "blank.cityplan"
    create_plan(path, make_office()).close()
    return path


@contextmanager
def _two_plans(blank: Path) -> Iterator[tuple[Plan, Plan, Path]]:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        one, other = (
            open_plan(Path(shutil.copyfile(blank, folder / name))) for name in ("a.cityplan", "b.cityplan")
        )
        with one, other:
            yield one, other, folder


def _told(plan: Plan, noun: type[Entity], names: tuple[str, ...]) -> dict[str, list[object]]:
    with plan.reading() as session:
        return {one.uid: [getattr(one, name) for name in names] for one in records(session, noun)}


def _there_and_back(
    blank: Path,
    noun: type[Entity],
    told: list[Values],
    leave: Callable[[Plan, Path], Sheet],
    names: tuple[str, ...],
) -> None:
    with _two_plans(blank) as (one, other, folder):
        with one.edit("x") as edit:
            edit.add_all(noun(**values) for values in told)
        sheet = leave(one, folder)
        assert not preview(one, sheet, noun, match(sheet.headers, noun)).changes
        found = preview(other, sheet, noun, match(sheet.headers, noun))
        assert [line.problems for line in found.lines if line.problems] == []
        apply(other, found)
        assert _told(other, noun, names) == _told(one, noun, names)
        assert not preview(other, sheet, noun, match(sheet.headers, noun)).changes


_quickly = settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def _as_spreadsheet(noun: type[Entity]) -> Callable[[Plan, Path], Sheet]:
    def leave(plan: Plan, folder: Path) -> Sheet:
        export_xlsx(plan, noun, folder / "a.xlsx")
        return read_in_place(read_spreadsheet, (folder / "a.xlsx").read_bytes())

    return leave


def _as_calendar(plan: Plan, folder: Path) -> Sheet:
    export_icalendar(plan, Engagement, folder / "a.ics")
    return read_in_place(read_icalendar, (folder / "a.ics").read_bytes())


def _all_names(noun: type[Entity]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(noun))


@_quickly
@given(told=_some(Engagement))
def test_any_engagements_come_back_from_a_spreadsheet_equal(told: list[Values], blank: Path) -> None:
    _there_and_back(blank, Engagement, told, _as_spreadsheet(Engagement), _all_names(Engagement))


@_quickly
@given(told=_some(Agreement))
def test_any_agreements_come_back_from_a_spreadsheet_equal(told: list[Values], blank: Path) -> None:
    _there_and_back(blank, Agreement, told, _as_spreadsheet(Agreement), _all_names(Agreement))


@_quickly
@given(told=_some(Engagement))
def test_any_engagements_come_back_from_a_calendar_equal(told: list[Values], blank: Path) -> None:
    names = ("title", "starts_at", "minutes", "zone", "place", "purpose", *FIELDS)
    _there_and_back(blank, Engagement, told, _as_calendar, names)
