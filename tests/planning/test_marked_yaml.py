"""Broken files of any sort become faults with a place, and never another error."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning.catalogue import CatalogueError, read_catalogue
from cityplanner.planning.marked_yaml import Entry, Fault, Reading

TABLE = (Path(__file__).parents[1] / "data" / "catalogue" / "table.yaml").read_text("utf-8").splitlines()


def read(folder: Path, content: str | bytes) -> tuple[list[Entry], Reading]:
    (folder / "a.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    reading = Reading(folder)
    return reading.file("a.yaml"), reading


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "expected"),
        ("a: 1\n\tb: 2\n", 2, "cannot start any token"),
        ("a: 1\n---\nb: 2\n", 2, "another document"),
        (b"a: 1\nb: caf\xe9\n", 2, "this is not UTF-8 text"),
        ("a: 1\nb: 2\nc: \x07\n", 3, "this character is not allowed in YAML"),
        ("", 1, "the file is empty"),
        ("[]", 1, "the file is empty"),
        ("just words", 1, "keys with values are expected here"),
        ("- a: 1\n- 2\n", 2, "keys with values are expected here"),
        ("[" * 5000, 1, "the lists are nested too deeply"),
    ],
)
def test_a_broken_file_is_told_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, words: str
) -> None:
    entries, reading = read(tmp_path, content)
    for entry in entries:
        entry.whole("a")
    (fault,) = reading.faults()
    assert (fault.file, fault.line) == ("a.yaml", line)
    assert words in fault.text


def test_a_key_given_twice_is_told_at_its_second_place(tmp_path: Path) -> None:
    (entry,), reading = read(tmp_path, "a: 1\nb: 2\na: 3\n")
    assert (entry.whole("a"), entry.whole("b")) == (3, 2)
    assert reading.faults() == (Fault("a.yaml", 3, "“a” stands here twice"),)


def test_tags_construct_nothing(tmp_path: Path) -> None:
    (entry,), reading = read(
        tmp_path, "a: !!python/object/apply:os.getcwd []\nb: !!python/name:os.getcwd x\n"
    )
    assert (entry.text("a"), entry.text("b")) == ("", "")
    assert [fault.line for fault in reading.faults()] == [1, 2]


def test_a_date_may_stand_without_quotes(tmp_path: Path) -> None:
    (entry,), reading = read(tmp_path, "a: 2020-07-16\nb: 2020-07\nc: 2020\n")
    assert [entry.date(key) for key in "abc"] == ["2020-07-16", "2020-07", "2020"]
    assert reading.faults() == ()


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (entry,), reading = read(tmp_path, b"\xef\xbb\xbfa: 1\n")
    assert entry.whole("a") == 1
    assert reading.faults() == ()


def test_a_fault_reads_as_file_line_and_words() -> None:
    assert str(Fault("a.yaml", 3, "“a” stands here twice")) == "a.yaml:3: “a” stands here twice"


@given(
    at=st.integers(0, len(TABLE)),
    drop=st.integers(0, 3),
    text=st.text(st.sampled_from("ab12:-[]{}&*!|>#%@`\"' \n\t\\?,\x07é"), max_size=20),
)
def test_any_damage_is_told_or_harmless(at: int, drop: int, text: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "catalogue.yaml").write_text(
            "version: 1\nreleased: 2026\nroundtables: [t.yaml]\nlinks: []\n", "utf-8"
        )
        damaged = "\n".join([*TABLE[:at], text, *TABLE[at + drop :]])
        (folder / "t.yaml").write_text(damaged, "utf-8")
        told = _told(folder)
    assert all(1 <= fault.line <= damaged.count("\n") + 2 and fault.text for fault in told)


def _told(folder: Path) -> tuple[Fault, ...]:
    try:
        read_catalogue(folder)
    except CatalogueError as error:
        return error.faults
    return ()
