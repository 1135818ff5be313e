"""A whole plan leaves as one file and is restored equal; a broken file leaves no plan behind."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cityplanner.base.errors import UserError
from cityplanner.exchange.bundle import export_bundle, restore_bundle
from cityplanner.model.entity import fields
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store import attachments
from cityplanner.store.checks import check_content
from cityplanner.store.plan_file import Plan, create_plan
from cityplanner.store.queries.values import values
from tests.builders import make
from tests.conftest import make_office
from tests.exchange.bundles import read_bundles_in_place, small_bundle

Contents = dict[str, dict[str, dict[str, Any]]]


def contents(plan: Plan) -> Contents:
    """Every record by noun and uid; links by the uid of what they point to, files by their bytes."""
    with plan.reading() as session:
        known = {table: dict(values(session, noun, ("id", "uid"))) for table, noun in nouns().items()}
        found: Contents = {}
        for table, noun in nouns().items():
            declared = fields(noun)
            found[table] = {}
            for uid, *row in values(session, noun, ("uid", *(field.name for field in declared))):
                record = {
                    field.name: known[field.target].get(value) if field.kind is Kind.LINK else value
                    for field, value in zip(declared, row, strict=True)
                }
                if table == "attachment":
                    record["record_id"] = known[str(record["noun"])][record["record_id"]]
                    record["data"] = attachments.content(session, str(record["sha256"]))
                found[table][uid] = record
        return found


def there_and_back(plan: Plan, folder: Path) -> None:
    count = export_bundle(plan, folder / "plan.json")
    with restore_bundle(folder / "plan.json", folder / "again.cityplan") as again:
        assert contents(again) == contents(plan)
        assert sum(map(len, contents(again).values())) == count
        assert all(finding.ok for finding in check_content(again))


def test_three_years_of_work_are_restored_equal(sample: Plan, tmp_path: Path) -> None:
    there_and_back(sample, tmp_path)


@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(st.permutations([table for table in nouns() if table not in ("office", "attachment")]), st.booleans())
def test_any_plan_is_restored_equal(order: list[str], full: bool) -> None:
    with TemporaryDirectory() as folder, create_plan(Path(folder) / "a.cityplan", make_office()) as plan:
        with plan.edit("x") as edit:
            for table in order:
                make(edit, nouns()[table], full=full)
        there_and_back(plan, Path(folder))


def test_attached_files_and_the_gaps_of_deleted_records_are_no_trouble(plan: Plan, tmp_path: Path) -> None:
    with plan.edit("x") as edit:
        gone = make(edit, Partner)
        kept = make(edit, Partner)
        edit.remove(gone)
        attachments.add(edit, "partner", kept.id, "note.txt", b"\x00\xffbytes")
    there_and_back(plan, tmp_path)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A small bundle."""
    return small_bundle(tmp_path_factory.mktemp("bundle"))


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bundles are read here: many broken ones need no process each."""
    read_bundles_in_place(monkeypatch)


def refused(whole: Any, folder: Path) -> UserError:
    (folder / "plan.json").write_text(json.dumps(whole), "utf-8")
    with pytest.raises(UserError) as found:
        restore_bundle(folder / "plan.json", folder / "b.cityplan")
    assert list(folder.glob("*.cityplan*")) == []
    return found.value


@pytest.mark.usefixtures("in_this_process")
def test_what_is_no_bundle_is_refused_in_words_and_leaves_no_plan(
    bundle: dict[str, Any], tmp_path: Path
) -> None:
    records = bundle["records"]
    partner = records["partner"][0]
    for whole, words in (
        ([], "no plan of this application"),
        (bundle | {"version": 99}, "another version"),
        (bundle | {"records": {}}, "no office"),
        (bundle | {"records": []}, "no records"),
        (bundle | {"records": records | {"partner": [5]}}, "not a list"),
        (bundle | {"files": [1]}, "its files"),
        (bundle | {"records": records | {"../../etc/passwd": []}}, "unknown noun"),
        (bundle | {"records": records | {"partner": [partner, partner]}}, "are the same"),
        (bundle | {"records": records | {"partner": [partner | {"path": "/etc"}]}}, "unknown field"),
        (bundle | {"records": records | {"partner": [partner | {"name": 5}]}}, "cannot be read"),
        (bundle | {"records": records | {"partner": [partner | {"name": ""}]}}, "is missing"),
        (bundle | {"records": records | {"partner": []}}, "cannot be read"),
        (bundle | {"files": {}}, "contents of an attached file"),
        (bundle | {"files": dict.fromkeys(bundle["files"], "AAAA")}, "not what it was"),
    ):
        error = refused(whole, tmp_path)
        assert words in error.what
        assert error.remedy


def test_an_existing_plan_is_never_touched(plan: Plan, bundle: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(bundle), "utf-8")
    before = plan.path.read_bytes()
    with pytest.raises(UserError, match="exists already"):
        restore_bundle(tmp_path / "plan.json", plan.path)
    assert plan.path.read_bytes() == before
