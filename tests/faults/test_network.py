"""No network access at all: whatever is done, no socket of the internet is opened and no name is looked up."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cityplanner.store.plan_file import Plan
from tests.faults.sizes import is_long

WATCH = """
import os, sys
def watch(event, args):
    if event.partition(".")[0] == "socket":
        if event not in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
                         "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "socket.bind"):
            return
        ours = event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
        where = args[1] if ours else args
        if where is None or isinstance(where, (str, bytes)):
            return  # a path is a socket of this computer, such as that of the window system
    elif event not in ("urllib.Request", "http.client.connect", "smtplib.connect", "ftplib.connect"):
        return
    with open(os.environ["ASKED"], "a") as file:
        print(event, args[1:], file=file)
    raise PermissionError("the network is watched")
sys.addaudithook(watch)
with open(os.environ["ASKED"] + ".watched", "a") as file:
    print(os.getpid(), file=file)
"""
"""Loaded by every Python that starts, those that the application starts to read and to compute in as well."""
COMMANDS = """
import contextlib, sys
from cityplanner.__main__ import main
def run(*words):
    sys.argv = ["cityplanner", *words]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (words, ended.code)
def work(folder):
    plan = f"{folder}/sample.cityplan"
    run("import", f"{folder}/partners.csv", "--plan", plan)
    run("search", "--plan", plan, "http://example.org consul")
    run("check", "--plan", plan)
    run("backup", "--plan", plan)
    run("export", "partner", "--plan", plan, "-o", f"{folder}/partners.xlsx")
    run("import", f"{folder}/partners.xlsx", "--plan", plan)
    run("solve", "--plan", plan, "--scenario", "Twenty-five per cent less FY 2028")
    run("report", "recommendations", "--plan", plan, "-o", f"{folder}/r.pdf")
    run("report", "recommendations", "--plan", plan, "-o", f"{folder}/r.html")
if __name__ == "__main__":
    work(sys.argv[1])
"""
DEMO = """
import sys
from cityplanner.__main__ import main
if __name__ == "__main__":
    sys.argv = ["cityplanner", "demo", "--folder", sys.argv[1], "--no-window"]
    main()
"""
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from cityplanner.ui.dialogs.import_assistant import ImportAssistant
from cityplanner.ui.dialogs.import_steps import Step
from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk
from tests.faults.window import calm, shown, walk
def until(shell, done):
    for _try in range(500):
        calm(shell)
        if done():
            return
    raise AssertionError("it never came")
def work(folder, whole):
    application = QApplication([])
    with shown(application, folder / "settings.json", folder / "sample.cityplan") as shell:
        assert len(list(walk(shell, whole))) > (20 if whole else 8)
        for command in ("find", "help", "about", "shortcuts", "preferences", "office", "log_engagement"):
            shell.window.commands[command].trigger()
            calm(shell)
            for window in application.topLevelWidgets():
                if window is not shell.window:
                    window.close()
        bring_in(shell, folder / "partners.csv")
        find_best(shell)
    maps = Path("/proc/self/maps")
    assert not maps.exists() or "Qt6Network" not in maps.read_text()  # what it asks for, no watch would see
def bring_in(shell, path):
    dialog = ImportAssistant(shell.desk.context, path)
    dialog.open()
    calm(shell)
    until(shell, lambda: dialog.next.click() or dialog.step is list(Step)[-1])
    dialog.close()
    assert shell.desk.context.plan.search("Đà Nẵng")
def find_best(shell):
    desk = ScenarioDesk(shell.desk.context)
    desk.show()
    until(shell, lambda: desk.facts is not None)
    at = desk.choice.findText("Twenty-five per cent less FY 2028")
    desk.choice.setCurrentIndex(at)
    desk.choice.activated.emit(at)
    calm(shell)
    desk.search.begin()
    until(shell, lambda: desk.search.preview is not None)
    assert "optimal" in desk.search.headline.text()
    desk.close()
if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2:] == ["long"])
"""
SOCKETS = {
    "connect": 'socket.create_connection(("127.0.0.1", 9), timeout=0.2)',
    "look up": 'socket.getaddrinfo("example.org", 80)',
    "send": 'socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9))',
    "fetch": 'import urllib.request; urllib.request.urlopen("http://127.0.0.1:9/")',
    "another process": 'subprocess.run([sys.executable, "-c", "import socket; socket.getaddrinfo(None, 9)"])',
}


def asked(program: str, folder: Path, *words: str) -> str:
    """What a program, with all that it starts, asked the network for; each time it was refused."""
    (folder / "watch").mkdir()
    (folder / "watch" / "sitecustomize.py").write_text(WATCH, "utf-8")
    (folder / "program.py").write_text(program, "utf-8")
    root = Path(__file__).parents[2]
    seen = folder / "asked.txt"
    ways = os.pathsep.join(map(str, (folder / "watch", root)))
    watched = {"PYTHONPATH": ways, "ASKED": str(seen), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, str(folder / "program.py"), *words],
        capture_output=True,
        text=True,
        timeout=600,
        env=os.environ | watched,
        check=False,
    )
    found = seen.read_text("utf-8") if seen.exists() else ""
    assert found or done.returncode == 0, done.stderr[-2000:]
    return found


def processes(folder: Path) -> int:
    """How many processes were watched."""
    return len(set((folder / "asked.txt.watched").read_text("utf-8").split()))


@pytest.fixture
def office(sample: Plan, tmp_path: Path) -> Path:
    """A folder with three years of work and a list to bring in."""
    sample.close()
    (tmp_path / "partners.csv").write_text("Name,Kind,Country\nĐà Nẵng,city,VN\n大阪,city,JP\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("how", SOCKETS)
def test_the_watch_sees_a_socket_where_there_is_one(tmp_path: Path, how: str) -> None:
    assert asked(f"import socket, subprocess, sys\n{SOCKETS[how]}", tmp_path)


def test_no_command_asks_the_network_for_anything(office: Path) -> None:
    assert asked(COMMANDS, office, str(office)) == ""
    assert (office / "r.pdf").exists()
    assert processes(office) > 1, "the process that reads spreadsheets is watched too"


@pytest.mark.skipif(not is_long(), reason="it writes every briefing")
def test_the_demonstration_asks_the_network_for_nothing(tmp_path: Path) -> None:
    assert asked(DEMO, tmp_path, str(tmp_path / "demo")) == ""
    assert (tmp_path / "demo" / "sample.cityplan").exists()


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="Qt is not there")
def test_no_page_of_the_window_asks_the_network_for_anything(office: Path) -> None:
    """Every page, the dialogs that open without a question, an import and a best plan, on three years of work."""
    assert asked(WINDOW, office, str(office), *(["long"] if is_long() else [])) == ""
    assert processes(office) > 1, "the process that looks for the best plan is watched too"
