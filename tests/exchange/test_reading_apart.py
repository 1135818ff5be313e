"""Cards, calendars and bundles are read in a process that may crash, hang or starve without harm to the window."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.exchange.bundle import restore_bundle
from cityplanner.exchange.child import Limits
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.reading_apart import Reader, read_apart
from cityplanner.exchange.sheet import NO_HINTS, Hints, Progress, Row, Sheet, silent

CARDS = "BEGIN:VCARD\nFN:阮文\nEMAIL:nguyen@example.org\nEND:VCARD\n"


def _many(data: bytes, name: str, hints: Hints, progress: Progress) -> Sheet:
    return Sheet(name, ("Name",), tuple(Row(n, (f"{n} {hints.encoding}",)) for n in range(5000)))


def _crash(data: bytes, name: str, hints: Hints, progress: Progress) -> Sheet:
    os._exit(9)


def _starve(data: bytes, name: str, hints: Hints, progress: Progress) -> Sheet:
    raise MemoryError


def _hang(data: bytes, name: str, hints: Hints, progress: Progress) -> Sheet:
    while True:
        time.sleep(0.1)


def test_a_sheet_arrives_whole_and_in_order() -> None:
    sheet = read_apart(_many, b"", "a.vcf", Hints(encoding="x"), silent)
    assert sheet == _many(b"", "a.vcf", Hints(encoding="x"), silent)


@pytest.mark.parametrize(
    ("read", "seconds", "words"),
    [(_crash, 60, "ended all of a sudden"), (_starve, 60, "more memory"), (_hang, 1, "took too long")],
)
def test_a_reader_that_crashes_starves_or_hangs_ends_in_words(
    read: Reader, seconds: float, words: str
) -> None:
    with pytest.raises(UserError, match=words) as refused:
        read_apart(read, b"", "a.vcf", NO_HINTS, silent, Limits(seconds=seconds))
    assert refused.value.remedy


def test_reading_cards_can_be_cancelled() -> None:
    def stop(share: float, text: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        read_apart(_hang, b"", "a.vcf", NO_HINTS, stop)


def test_cards_and_calendars_are_read_apart(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_text(CARDS, "utf-8")
    assert len(read_sheet(tmp_path / "a.vcf").rows) == 1
    (tmp_path / "a.ics").write_text(
        "BEGIN:VEVENT\nSUMMARY:Call\nDTSTART:20260401T100000Z\nEND:VEVENT\n", "utf-8"
    )
    assert read_sheet(tmp_path / "a.ics").table == "engagement"


@pytest.mark.parametrize("name", ["a.vcf", "a.ics", "a.csv", "a.xlsx"])
@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe nonsense \x00" * 9])
def test_an_empty_or_senseless_file_is_refused_in_words(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError) as refused:
        read_sheet(tmp_path / name)
    assert refused.value.remedy


def test_a_senseless_bundle_is_refused_in_words_by_the_process_that_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", "utf-8")
    with pytest.raises(UserError, match="no JSON"):
        restore_bundle(tmp_path / "a.json", tmp_path / "a.cityplan")
    assert not (tmp_path / "a.cityplan").exists()
