"""How a window ended that is gone: in order, killed, or brought down by a fault of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cityplanner.base import crash, session
from cityplanner.base.session import End, Session

LIVE = (
    "import sys, time; from pathlib import Path; from cityplanner.base.session import Session\n"
    "one = Session(Path(sys.argv[1])); one.begin(); one.step('record_new'); print('there', flush=True)\n"
)


def begun(folder: Path, then: str = "sys.stdin.read()") -> subprocess.Popen[str]:
    """Another process that has begun a session."""
    process = subprocess.Popen(
        [sys.executable, "-c", LIVE + then, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "there\n"
    return process


def looked_back(folder: Path) -> list[End]:
    """What a window that starts now is told; it closes in order."""
    one = Session(folder)
    try:
        return one.begin()
    finally:
        one.close()


def test_one_that_closed_is_not_told_of(tmp_path: Path) -> None:
    process = begun(tmp_path, "one.close()")
    process.communicate()
    assert looked_back(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_one_that_was_killed_is_told_of_once(tmp_path: Path) -> None:
    process = begun(tmp_path)
    process.kill()
    process.communicate()
    assert looked_back(tmp_path) == [End(None)]
    assert looked_back(tmp_path) == []
    assert crash.reports() == []


def test_one_that_lives_is_left_alone(tmp_path: Path) -> None:
    process = begun(tmp_path)
    assert looked_back(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 1
    process.communicate()


@pytest.mark.parametrize("kind", ["SIGSEGV", "SIGABRT"])
def test_one_that_was_brought_down_leaves_a_report_with_its_steps(tmp_path: Path, kind: str) -> None:
    process = begun(tmp_path, f"import os, signal; os.kill(os.getpid(), signal.{kind})")
    process.communicate()
    (end,) = looked_back(tmp_path)
    assert end.report is not None
    text = end.report.read_text("utf-8")
    assert ("Segmentation fault" if kind == "SIGSEGV" else "Aborted") in text
    assert "  started\n  record_new\n" in text
    assert str(tmp_path) not in text
    assert crash.untold() == [end.report]


def test_only_plain_names_are_noted(tmp_path: Path) -> None:
    one = Session(tmp_path)
    one.begin()
    for name in ("record_new", "page partners", "Dana Ito", "x\ny", "", "é", "a" * 60):
        one.step(name)
    assert one.steps == ["started", "record_new", "page partners"]
    (path,) = tmp_path.iterdir()
    assert path.read_text("utf-8") == "started\nrecord_new\npage partners\n"
    one.close()


def test_a_file_that_is_being_begun_is_none_that_ended(tmp_path: Path) -> None:
    fresh = tmp_path / "session-1-00.txt"
    fresh.touch()
    assert looked_back(tmp_path) == []
    assert fresh.exists()
    long_ago = time.time() - 7200
    os.utime(fresh, (long_ago, long_ago))
    assert looked_back(tmp_path) == []
    assert not fresh.exists()


def test_without_a_folder_to_write_in_nothing_is_known_and_nothing_fails(tmp_path: Path) -> None:
    one = Session(tmp_path / "none")
    assert one.begin() == []
    one.step("record_new")
    assert one.steps == ["started", "record_new"]
    one.close()


def test_the_process_has_one_session_that_commands_are_noted_in() -> None:
    session.step("nobody listens")
    assert session.steps() == []
    assert session.begin() == []
    session.step("record_new")
    assert session.steps() == ["started", "record_new"]
    session.close()
    assert session.steps() == []
