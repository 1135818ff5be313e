"""What leaves as a table comes back without a difference."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cityplanner.base.errors import UserError
from cityplanner.exchange.cell_texts import join, split
from cityplanner.exchange.cells import CellReader, write
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Fate, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.tables import export_csv
from cityplanner.model.attachment import Attachment
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan, create_plan, open_plan
from tests.conftest import make_office
from tests.exchange.whole_plan import contents, fill


def previewed(plan: Plan, path: Path, noun: type[Entity], **options: bool) -> Preview:
    sheet = read_sheet(path)
    return preview(plan, sheet, noun, match(sheet.headers, noun), **options)


def cells_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    made = create_plan(tmp_path_factory.mktemp("whole") / "whole.cityplan", make_office(), user="tester")
    fill(made)
    return made


@pytest.mark.parametrize("table", list(nouns()))
def test_importing_an_export_of_any_noun_changes_nothing(table: str, whole: Plan, tmp_path: Path) -> None:
    noun = nouns()[table]
    written = export_csv(whole, noun, tmp_path / "out.csv")
    found = previewed(whole, tmp_path / "out.csv", noun, clear_empty=True)
    assert [line.problems for line in found.lines if line.problems] == []
    assert [line.differences for line in found.lines if line.differences] == []
    assert found.counts[Fate.SAME] == written > 0
    assert not found.changes


@pytest.mark.parametrize("table", list(nouns()))
def test_an_export_without_uids_still_finds_its_records(table: str, whole: Plan, tmp_path: Path) -> None:
    noun = nouns()[table]
    export_csv(whole, noun, tmp_path / "out.csv")
    rows = [row[:-1] for row in cells_of(tmp_path / "out.csv")]
    with (tmp_path / "bare.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    found = previewed(whole, tmp_path / "bare.csv", noun)
    assert {line.fate for line in found.lines} == {Fate.SAME}, [line.problems for line in found.lines]


def test_three_years_of_work_leave_and_come_back_with_and_without_uids(
    sample_file: Path, tmp_path: Path
) -> None:
    with open_plan(sample_file, read_only=True) as plan:
        for noun in nouns().values():
            written = export_csv(plan, noun, tmp_path / "out.csv")
            sheet = read_sheet(tmp_path / "out.csv") if written else None
            columns = match(sheet.headers, noun) if sheet else ()
            for chosen in (columns, columns[:-1]):
                found = preview(plan, sheet, noun, chosen, clear_empty=True) if sheet else None
                assert found is None or found.counts[Fate.SAME] == written, noun


def test_everything_exported_from_one_plan_makes_an_equal_plan(whole: Plan, tmp_path: Path) -> None:
    with create_plan(tmp_path / "copy.cityplan", make_office(), user="tester") as copy:
        waiting = [noun for name, noun in nouns().items() if name != "office"]
        for _round in range(len(waiting)):
            for noun in tuple(waiting):
                export_csv(whole, noun, tmp_path / "out.csv", ids=[1, 2])
                found = previewed(copy, tmp_path / "out.csv", noun)
                if not found.rejected:
                    apply(copy, found)
                    waiting.remove(noun)
        # A table cannot bring the contents of files along.
        assert waiting == [Attachment]
        ours, theirs = contents(whole), contents(copy)
        for table, rows in ours.items():
            # The office has a uid of its own, the origin of a roundtable is worked out, files travel otherwise.
            if table not in ("office", "roundtable", "attachment"):
                assert theirs[table] == rows, table


def test_a_file_begins_with_the_mark_that_spreadsheets_look_for(whole: Plan, tmp_path: Path) -> None:
    export_csv(whole, Partner, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_exactly_the_rows_and_columns_asked_for_are_written_in_their_order(
    whole: Plan, tmp_path: Path
) -> None:
    assert export_csv(whole, Contact, tmp_path / "out.csv", names=["email", "country"], ids=[2, 1, 99]) == 2
    header, first, second = cells_of(tmp_path / "out.csv")
    assert header == ["E-mail", "Country", "uid"]
    assert (first[:2], second[:2]) == (["'+plus@example.org", "CI"], ["first.last@example.org", "JP"])


def test_an_export_that_cannot_be_written_leaves_nothing_behind(whole: Plan, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        export_csv(whole, Partner, tmp_path / "missing" / "out.csv")
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.text(min_size=1, max_size=20).filter(str.strip), max_size=5))
def test_any_list_survives_being_one_cell(items: list[str]) -> None:
    assert [item for item, _quoted in split(join(tuple(items)))] == items


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(["USD", "JPY", "KWD"]))
def test_any_amount_survives_in_its_currency(minor: int, currency: str) -> None:
    field = field_of(nouns()["fund_change"], "amount")
    assert CellReader(currency).read(field, write(field, minor, currency)) == minor


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30).map(str.strip)
_PARTNERS = st.lists(
    st.fixed_dictionaries(
        {
            "name": _TEXT.filter(bool),
            "city": _TEXT,
            "notes": _TEXT,
            "tags": st.lists(_TEXT.filter(bool), max_size=3, unique=True).map(tuple),
            "country": st.sampled_from([None, "JP", "DE", "NO"]),
            "keep_in_touch": st.none() | st.integers(1, 3660),
        }
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "blank.cityplan"
    create_plan(path, make_office()).close()
    return path


@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(told=_PARTNERS)
def test_any_partners_come_back_as_they_left(told: list[dict[str, object]], blank: Path) -> None:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        one, other = (
            open_plan(Path(shutil.copyfile(blank, folder / name))) for name in ("a.cityplan", "b.cityplan")
        )
        with one, other:
            with one.edit("Add") as edit:
                edit.insert_many(Partner, [Partner(**values) for values in told])
            export_csv(one, Partner, folder / "out.csv", ids=range(1, len(told) + 1))
            assert not previewed(one, folder / "out.csv", Partner, clear_empty=True).changes
            apply(other, previewed(other, folder / "out.csv", Partner))
            assert contents(other)["partner"] == contents(one)["partner"]
            assert not previewed(other, folder / "out.csv", Partner).changes
