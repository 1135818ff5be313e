"""Every file is read in a process that may crash, hang or starve without harm to the window."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cityplanner.base.child import Limits
from cityplanner.base.errors import Cancelled, NotFoundError, UserError
from cityplanner.exchange import reading_apart
from cityplanner.exchange.bundle import restore_bundle
from cityplanner.exchange.csv_reading import read_csv
from cityplanner.exchange.formats import FORMATS, read_sheet
from cityplanner.exchange.reading_apart import read_apart
from cityplanner.exchange.sheet import LONGEST_CELL, NO_HINTS, Hints, Reader, Row, silent
from tests.exchange.readers import crash, hang, many, starve

CARDS = "BEGIN:VCARD\nFN:阮文\nEMAIL:nguyen@example.org\nEND:VCARD\n"
NAMES = ("a.vcf", "a.ics", "a.csv", "a.tsv", "a.xlsx", "a.ods")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text("Name,City\nOsaka\n", "utf-8")
    return tmp_path / "a.csv"


def test_a_sheet_arrives_whole_and_in_order(file: Path) -> None:
    sheet = read_apart(many, file, Hints(encoding="x"), silent)
    assert (sheet.name, sheet.headers, sheet.encoding, sheet.notes) == ("a.csv", ("Name",), "Name", ("two",))
    assert sheet.rows[0] == Row(0, ("0 x", "same"), "too long")
    assert sheet.rows[1:] == tuple(Row(number, (f"{number} x", "same")) for number in range(1, 9001))


def test_a_text_of_many_rows_is_kept_once(file: Path) -> None:
    file.write_text("Name,Country\n" + "".join(f"Town {n},Philippines\n" for n in range(3000)), "utf-8")
    assert len({id(row.cells[1]) for row in read_sheet(file).rows}) == 1


@pytest.mark.parametrize(
    ("read", "seconds", "words"),
    [(crash, 60, "ended all of a sudden"), (starve, 60, "more memory"), (hang, 1, "took too long")],
)
def test_a_reader_that_crashes_starves_or_hangs_ends_in_words(
    read: Reader, seconds: float, words: str, file: Path
) -> None:
    with pytest.raises(UserError, match=words) as refused:
        read_apart(read, file, NO_HINTS, silent, Limits(seconds=seconds))
    assert refused.value.remedy
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")
def test_a_text_that_needs_too_much_memory_is_stopped(file: Path) -> None:
    file.write_text("Name\n" + "Osaka 😀\n" * 4_000_000, "utf-8")
    with pytest.raises(UserError, match="more memory") as refused:
        read_apart(read_csv, file, NO_HINTS, silent, Limits(memory=200_000_000))
    assert "smaller files" in refused.value.remedy


def test_a_text_that_needs_too_long_is_stopped(file: Path) -> None:
    file.write_text("Name\n" + "\n" * 50_000_000 + "Osaka\n", "utf-8")
    begin = time.monotonic()
    with pytest.raises(UserError, match="took too long") as refused:
        read_apart(read_csv, file, NO_HINTS, silent, Limits(seconds=0.3))
    assert time.monotonic() - begin < 5
    assert refused.value.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_process_whose_window_is_gone_does_not_compute_for_ever(file: Path) -> None:
    script = "from cityplanner.base.child import Limits, limit\nlimit(Limits(seconds=0.5))\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", script], timeout=60, check=False, capture_output=True)
    assert ended.returncode < 0


def test_more_rows_than_any_list_has_are_not_taken_from_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_apart, "MOST_HEARD", 100_000)
    with pytest.raises(UserError, match="unpacks to more") as refused:
        read_apart(many, file, NO_HINTS, silent)
    assert refused.value.remedy
    assert not multiprocessing.active_children()


def _stop_at(asked: int) -> Callable[[float, str], None]:
    calls = 0

    def stop(share: float, text: str) -> None:
        nonlocal calls
        calls += 1
        if calls == asked:
            raise Cancelled("stopped")

    return stop


@pytest.mark.parametrize("asked", [1, 5])
def test_cancelling_ends_the_process_at_once(asked: int, file: Path) -> None:
    begin = time.monotonic()
    with pytest.raises(Cancelled):
        read_apart(hang, file, NO_HINTS, _stop_at(asked))
    assert time.monotonic() - begin < 5
    assert not multiprocessing.active_children()


def test_reading_a_long_text_can_be_cancelled_in_the_middle(file: Path) -> None:
    file.write_text("Name\n" + "\n" * 80_000_000 + "Osaka\n", "utf-8")
    with pytest.raises(Cancelled):
        read_sheet(file, progress=_stop_at(4))
    assert not multiprocessing.active_children()


def test_how_far_reading_is_only_grows(file: Path) -> None:
    shares: list[float] = []
    file.write_text("Name\n" + "Osaka\n" * 30_000, "utf-8")
    read_sheet(file, progress=lambda share, _text: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert any(0.1 < share < 0.95 for share in shares)


def test_cards_and_calendars_are_read_apart(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_text(CARDS, "utf-8")
    assert len(read_sheet(tmp_path / "a.vcf").rows) == 1
    (tmp_path / "a.ics").write_text(
        "BEGIN:VEVENT\nSUMMARY:Call\nDTSTART:20260401T100000Z\nEND:VEVENT\n", "utf-8"
    )
    assert read_sheet(tmp_path / "a.ics").table == "engagement"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe nonsense \x00" * 9, bytes(1000)])
def test_an_empty_or_senseless_file_is_refused_in_words(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError) as refused:
        read_sheet(tmp_path / name)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Name,City\nOsaka," + b"x" * 200_000 + b"\n", f"more than {LONGEST_CELL} characters in row 2"),
        (b"Name\nOsa\x00ka\n", "bytes that no text has"),
    ],
)
def test_what_a_text_is_refused_for_comes_over_in_words(data: bytes, words: str, file: Path) -> None:
    file.write_bytes(data)
    with pytest.raises(UserError, match=words) as refused:
        read_sheet(file)
    assert refused.value.remedy


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_told_as_such(name: str, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no file"):
        read_sheet(tmp_path / name)


def test_a_senseless_bundle_is_refused_in_words_by_the_process_that_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", "utf-8")
    with pytest.raises(UserError, match="no JSON"):
        restore_bundle(tmp_path / "a.json", tmp_path / "a.cityplan")
    assert not (tmp_path / "a.cityplan").exists()


def test_what_runs_in_the_process_loads_no_database_no_noun_and_no_locale() -> None:
    modules = {one.read.__module__ for one in FORMATS} | {"cityplanner.exchange.bundle_reading"}
    script = f"import sys, cityplanner.__main__, {', '.join(modules)}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    names = set(loaded.stdout.split())
    heavy = {"sqlalchemy", "babel", "PySide6", "cityplanner.model.entity", "cityplanner.model.field"}
    assert not heavy & names
    assert not {name for name in names if name.startswith(("cityplanner.store", "cityplanner.cli"))}
