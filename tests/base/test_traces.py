"""Where an error came from, without what it says."""

from __future__ import annotations

import faulthandler
import subprocess
import sys
from pathlib import Path

import pytest

from cityplanner.base.traces import from_dump, trace

NAME = "Nguyễn Thị Ánh Tuyết"


def fail(secret: str) -> None:
    """Fail with a name in the words, in a variable and in a cause."""
    held = {secret: [secret]}
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"{secret} {held}") from error


def caught(secret: str) -> BaseException:
    """The error of `fail`."""
    try:
        fail(secret)
    except ValueError as error:
        return error
    raise AssertionError


def test_kinds_functions_and_lines_are_told_the_first_cause_first() -> None:
    lines = trace(caught(NAME)).split("\n")
    line = fail.__code__.co_firstlineno
    assert lines[:2] == ["KeyError", f"  tests.base.test_traces, line {line + 4}, in fail"]
    assert lines[2] == "ValueError"
    assert lines[-1] == f"  tests.base.test_traces, line {line + 6}, in fail"


def test_nothing_that_was_said_or_held_is_told() -> None:
    group = ExceptionGroup(NAME, [caught(NAME), OSError(28, NAME, f"/home/{NAME}/plan")])
    try:
        raise group
    except ExceptionGroup as error:
        told = trace(error)
    assert "OSError (28)" in told
    for part in (*NAME.split(), "home"):
        assert part not in told


def test_an_error_that_names_itself_in_its_code_is_told_by_its_class_alone() -> None:
    error = OSError(NAME)
    error.errno = NAME  # type: ignore[assignment]
    assert trace(error) == "OSError"


def test_a_deep_fall_is_told_by_its_ends() -> None:
    def fall(depth: int) -> None:
        if depth:
            fall(depth - 1)
        raise RecursionError

    with pytest.raises(RecursionError) as raised:
        fall(300)
    lines = trace(raised.value).split("\n")
    assert len(lines) < 50
    assert any("more" in line for line in lines)


def test_what_caused_itself_is_told_once() -> None:
    error = ValueError()
    other = KeyError()
    error.__cause__, other.__cause__ = other, error
    assert trace(error) == "KeyError\nValueError"


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("/home/dana/CityPlanner/cityplanner/ui/app.py", "cityplanner.ui.app"),
        ("C:\\Users\\dana\\cityplanner\\ui\\app.py", "cityplanner.ui.app"),
        ("/home/dana/v/lib/python3.12/site-packages/sqlalchemy/engine/base.py", "sqlalchemy.engine.base"),
        ("/usr/lib/python3.11/threading.py", "threading"),
        ("C:\\Users\\dana\\Python312\\Lib\\threading.py", "threading"),
        ("/home/dana/dana.py", "?"),
        ("<string>", "?"),
    ],
)
def test_the_paths_of_a_dump_become_modules(path: str, module: str) -> None:
    thread = "Thread 0x00007f [dana] (most recent call first):"
    dump = f'Fatal Python error: Aborted\n\n{thread}\n  File "{path}", line 7 in run\n'
    assert from_dump(dump) == f"Aborted\nAnother thread\n  {module}, line 7, in run"


def test_what_is_no_line_of_a_dump_is_left_out() -> None:
    dump = f'Fatal Python error: {NAME}\n{NAME}\n  File "{NAME}", line 1 in {NAME} x\nExtension modules: {NAME}\n'
    assert from_dump(dump) == "Fatal error"
    assert from_dump("started\nrecord_new\n") == ""


def test_a_process_that_is_brought_down_is_told_of(tmp_path: Path) -> None:
    dump = tmp_path / NAME
    code = "import faulthandler, sys; faulthandler.enable(open(sys.argv[1], 'w')); faulthandler._sigsegv()"
    assert faulthandler is not None
    assert subprocess.run([sys.executable, "-c", code, str(dump)], check=False).returncode != 0
    told = from_dump(dump.read_text("utf-8"))
    assert told.split("\n")[:2] == ["Segmentation fault", "Current thread, innermost first"]
    assert NAME not in told
