"""Every kind of briefing on a plan that strains it: every script, long names and texts, many rows and one."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.partner import Partner
from cityplanner.reports.choices import Ask, Choices, Form
from cityplanner.reports.kinds import KINDS, kind_named
from cityplanner.reports.pdf.bidi import has_right_to_left
from cityplanner.reports.report import write_report
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.queries.records import records
from tests.reports.briefings.heavy import FORMULAS, LONELY, LONG, TEXT, WORD, add_heavy, heavy_names
from tests.reports.briefings.samples import choices_for, words
from tests.reports.pdf.test_conformance import PDFTOTEXT, failures

NAMES = [kind.name for kind in KINDS]
NAMING = {"delegation-book": 30, "agreement-register": 0, "engagement-log": 0, "directory": 0}
"""The kinds that name every partner or the agreements named after them; up to which page, if not to the end."""
LISTING = ("partner-profile", "engagement-log")
"""The kinds that list all engagements with a partner."""


@pytest.fixture(scope="module")
def heavy(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Plan, int]]:
    """The sample plan with all that strains a page, and the partner most of it hangs on."""
    path = tmp_path_factory.mktemp("heavy") / "heavy.cityplan"
    shutil.copyfile(sample_file, path)
    with open_plan(path, user="tester") as plan:
        yield plan, add_heavy(plan)


@pytest.fixture(scope="module")
def written(heavy: tuple[Plan, int], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind as PDF, made once."""
    folder = tmp_path_factory.mktemp("written")
    for name in NAMES:
        write_report(name, heavy[0], folder / f"{name}.pdf", _choices(name, heavy), today=SAMPLE_TODAY)
    return {name: folder / f"{name}.pdf" for name in NAMES}


def _choices(name: str, heavy: tuple[Plan, int]) -> Choices:
    plan, host = heavy
    kind = kind_named(name)
    choices = choices_for(kind, plan)
    return replace(choices, partners=(host,)) if Ask.PARTNER in kind.asks else choices


def _unspaced(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_what_strains_a_page_is_printed_accessibly(written: dict[str, Path], name: str) -> None:
    assert failures(written[name], "ua1") == []


@pytest.mark.skipif(PDFTOTEXT is None, reason="poppler's pdftotext is not installed")
@pytest.mark.parametrize("name", NAMING)
def test_names_in_every_script_and_length_can_be_copied_whole(written: dict[str, Path], name: str) -> None:
    found = _copied(written[name], NAMING[name])
    assert [short for short in heavy_names() if _unspaced(short) not in found] == []
    assert _unspaced(LONG) in found
    if name == "agreement-register":
        across = [long for long in heavy_names().values() if not has_right_to_left(long)]
        assert [long for long in across if _unspaced(long) not in found] == []


def _copied(path: Path, last: int) -> str:
    """What poppler gives: as read, where lines of neighboring cells mix, and as drawn, where order is lost."""
    assert PDFTOTEXT
    ways = ([PDFTOTEXT, *way, "-l", str(last), str(path), "-"] for way in ([], ["-raw"]))
    return _unspaced(
        "".join(subprocess.run(way, capture_output=True, check=True).stdout.decode() for way in ways)
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_looks_like_markup_or_a_formula_is_printed_as_it_is(heavy: tuple[Plan, int], name: str) -> None:
    said = words(kind_named(name).compose(heavy[0], _choices(name, heavy), SAMPLE_TODAY))
    if name in LISTING:
        assert [one for one in (*FORMULAS, TEXT, WORD) if one.strip() not in said] == []
    assert "&amp;" not in said


@pytest.mark.parametrize("name", LISTING)
def test_hundreds_of_rows_are_all_there(heavy: tuple[Plan, int], name: str) -> None:
    said = words(kind_named(name).compose(heavy[0], _choices(name, heavy), SAMPLE_TODAY))
    assert [n for n in range(12, 400) if n % 9 and f"Meeting {n} about the harbor" not in said] == []


@pytest.mark.parametrize("form", [Form.HTML, Form.DOCX])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_written_in_the_other_forms(
    heavy: tuple[Plan, int], tmp_path: Path, name: str, form: Form
) -> None:
    target = tmp_path / f"b.{form}"
    write_report(name, heavy[0], target, _choices(name, heavy), form=form, today=SAMPLE_TODAY)
    assert target.stat().st_size > 10_000
    if form is Form.HTML:
        assert "<script>alert" not in target.read_text()


@pytest.mark.parametrize(
    "name", [kind.name for kind in KINDS if {Ask.PARTNER, Ask.PARTNERS} & set(kind.asks)]
)
def test_one_row_is_a_whole_table(heavy: tuple[Plan, int], tmp_path: Path, name: str) -> None:
    plan, _host = heavy
    with plan.reading() as session:
        lonely = next(one.id for one in records(session, Partner) if one.name == LONELY)
    choices = replace(_choices(name, heavy), partners=(lonely,))
    target = tmp_path / "b.pdf"
    assert write_report(name, plan, target, choices, today=SAMPLE_TODAY) >= 1
    assert failures(target, "ua1") == []
