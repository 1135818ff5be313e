"""No network access at all: whatever is done, no socket of the internet is opened and no name is looked up."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cityplanner.store.plan_file import Plan

WATCH = """
import sys
seen = []
def watch(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind"):
        where = args[1] if event in ("socket.connect", "socket.bind", "socket.sendto") else args
        if not isinstance(where, (str, bytes)):  # a path is a local socket, such as that of the window system
            seen.append((event, repr(where)))
    elif event in ("urllib.Request", "http.client.connect", "smtplib.connect", "ftplib.connect"):
        seen.append((event, repr(args)))
sys.addaudithook(watch)
"""
REPORT = """
print("ASKED", seen)
"""
COMMANDS = """
import contextlib
from cityplanner.__main__ import main
def run(*words):
    sys.argv = ["cityplanner", *words]
    with contextlib.suppress(SystemExit):
        main()
folder = sys.argv[1]
run("demo", "--folder", folder, "--no-window")
plan = f"{folder}/sample.cityplan"
run("search", "--plan", plan, "http://example.org consul")
run("check", "--plan", plan)
run("backup", "--plan", plan)
run("export", "partner", "--plan", plan, "-o", f"{folder}/partners.xlsx")
run("report", "recommendations", "--plan", plan, "-o", f"{folder}/r.html")
"""
WINDOW = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.faults.window import calm, shown, walk
folder = Path(sys.argv[1])
application = QApplication([])
pages = 0
with shown(application, folder / "settings.json", folder / "sample.cityplan") as shell:
    for place in walk(shell):
        pages += 1
    for command in ("find", "help", "about", "shortcuts", "preferences", "office", "log_engagement"):
        shell.window.commands[command].trigger()
        calm(shell)
        for window in application.topLevelWidgets():
            if window is not shell.window:
                window.close()
assert pages > 20, pages
seen += [name for name in sys.modules if name.endswith("QtNetwork")]  # what Qt asks for, no watch would see
"""
SOCKET = """
import socket
with contextlib.suppress(OSError):
    socket.create_connection(("127.0.0.1", 9), timeout=0.2)
"""


def asked(program: str, *arguments: str) -> str:
    """What a program asked the network for, run in a process of its own so that its watch ends with it."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH + program + REPORT, *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("ASKED")]
    assert lines, done.stderr[-2000:]
    assert done.returncode == 0, done.stderr[-2000:]
    return lines[-1].removeprefix("ASKED ")


def test_the_watch_sees_a_socket_where_there_is_one() -> None:
    assert "socket.connect" in asked("import contextlib\n" + SOCKET)


def test_no_command_asks_the_network_for_anything(tmp_path: Path) -> None:
    assert asked(COMMANDS, str(tmp_path / "demo")) == "[]"
    assert (tmp_path / "demo" / "sample.cityplan").exists()
    assert (tmp_path / "demo" / "r.html").exists()


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="Qt is not there")
def test_no_page_of_the_window_asks_the_network_for_anything(sample: Plan, tmp_path: Path) -> None:
    """Every page and list, and the dialogs that open without a question, on three years of work."""
    sample.close()
    assert asked(WINDOW, str(tmp_path)) == "[]"
