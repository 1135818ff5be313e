"""The command line as a person or a script uses it: results, words on trouble, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cityplanner.base import paths
from cityplanner.base.errors import UserError
from cityplanner.base.paths import resources
from cityplanner.cli import display
from cityplanner.cli.app import run
from cityplanner.store import sqlite
from cityplanner.store.plan_file import Plan, create_plan, open_plan
from tests.conftest import make_office

LOS_ANGELES = resources() / "samples" / "los-angeles-sister-cities.csv"


class Window:
    """A caller that remembers which plans it was asked to show."""

    def __init__(self) -> None:
        self.shown: list[Path | None] = []

    def open(self, plan: Path | None) -> int:
        self.shown.append(plan)
        return 0


class Line:
    """The command line with what it wrote."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self._capfd = capfd
        self.window = Window()
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> int:
        code = run(self.window.open, [str(argument) for argument in arguments])
        self.out, self.err = self._capfd.readouterr()
        return code


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A plan that nobody has open."""
    create_plan(tmp_path / "office.cityplan", make_office(), user="tester").close()
    return tmp_path / "office.cityplan"


def test_without_a_command_the_window_opens(line: Line) -> None:
    assert line() == 0
    assert line.window.shown == [None]


def test_open_shows_a_plan_and_refuses_what_is_none(line: Line, file: Path, tmp_path: Path) -> None:
    assert line("open", file) == 0
    assert line.window.shown == [file]
    (tmp_path / "list.cityplan").write_text("Name,City\n" * 200)
    assert line("open", tmp_path / "list.cityplan") == 1
    assert "is not a CityPlanner plan" in line.err


@pytest.mark.parametrize(
    "command",
    [
        "",
        "demo",
        "new",
        "open",
        "report",
        "import",
        "export",
        "search",
        "solve",
        "check",
        "backup",
        "restore",
        "history",
    ],
)
def test_every_command_has_help_with_an_example(line: Line, command: str) -> None:
    assert line(*filter(None, [command]), "--help") == 0
    assert "Example" in line.out


def test_the_version_is_shown(line: Line) -> None:
    assert line("--version") == 0
    assert line.out.startswith("CityPlanner ")


@pytest.mark.parametrize("arguments", [["nonsense"], ["new"], ["search"], ["history", "--limit", "none"]])
def test_wrong_usage_ends_with_two(line: Line, arguments: list[str]) -> None:
    assert line(*arguments) == 2


def test_new_makes_a_plan_with_the_catalog(line: Line, tmp_path: Path) -> None:
    assert line("new", tmp_path / "ours", "--city", "Nagoya", "--country", "Japan") == 0
    with open_plan(tmp_path / "ours.cityplan", read_only=True) as made:
        office = made.office()
        assert office is not None
        assert (office.city, office.country, office.zone, office.currency) == (
            "Nagoya",
            "JP",
            "Asia/Tokyo",
            "JPY",
        )
        assert made.search("consular")
    assert line("new", tmp_path / "ours", "--city", "Nagoya", "--country", "JP") == 1
    assert "exists already" in line.err


@pytest.mark.parametrize("options", [["--country", "Atlantis"], ["--country", "US", "--zone", "Mars/Base"]])
def test_an_office_that_cannot_be_is_refused_and_leaves_no_file(
    line: Line, tmp_path: Path, options: list[str]
) -> None:
    assert line("new", tmp_path / "ours", "--city", "Riverton", *options) == 1
    assert "Traceback" not in line.err
    assert list(tmp_path.iterdir()) == []


class TestBadPlans:
    def test_a_missing_plan_says_where_it_was_looked_for(self, line: Line) -> None:
        assert line("check") == 1
        assert str(paths.default_plan()) in line.err.replace("\n", "")

    def test_what_is_not_a_plan_is_refused(self, line: Line) -> None:
        assert line("search", "x", "--plan", LOS_ANGELES) == 1
        assert line.err == (
            "Error: “los-angeles-sister-cities.csv” is not a CityPlanner plan.\n"
            "Choose a file that ends in .cityplan, or create a new plan.\n"
        )

    def test_a_newer_plan_is_refused_and_not_changed(self, line: Line, file: Path) -> None:
        connection = sqlite.connect(file)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        before = file.read_bytes()
        for arguments in (["check"], ["export", "partner"], ["import", LOS_ANGELES], ["history"]):
            assert line(*arguments, "--plan", file) == 1
            assert "newer version" in line.err
        assert file.read_bytes() == before

    def test_a_truncated_plan_is_refused_and_not_changed(self, line: Line, file: Path) -> None:
        whole = file.read_bytes()
        for length in (0, 50, 5000, len(whole) // 2, len(whole) - 4096):
            file.write_bytes(whole[:length])
            assert line("check", "--plan", file) == 1
            assert "Traceback" not in line.err
            assert file.read_bytes() == whole[:length]

    def test_a_plan_that_is_open_can_be_read_but_not_written(self, line: Line, plan: Plan) -> None:
        assert line("search", "office", "--plan", plan.path) == 0
        assert line("import", LOS_ANGELES, "--dry-run", "--plan", plan.path) == 0
        assert line("backup", "--plan", plan.path) == 0
        assert line("import", LOS_ANGELES, "--plan", plan.path) == 1
        assert "is open on" in line.err
        backup = next(plan.path.with_name("test backups").iterdir())
        assert line("restore", backup, "--plan", plan.path) == 1
        assert "is open on" in line.err


class TestImport:
    def test_a_dry_run_shows_all_and_changes_no_byte(self, line: Line, file: Path) -> None:
        before, names = file.read_bytes(), sorted(path.name for path in file.parent.iterdir())
        assert line("import", LOS_ANGELES, "--plan", file, "--dry-run") == 0
        assert "25 new" in line.out
        assert "dry run" in line.out
        assert file.read_bytes() == before
        assert sorted(path.name for path in file.parent.iterdir()) == names

    def test_the_real_list_comes_in_once(self, line: Line, file: Path) -> None:
        assert line("import", LOS_ANGELES, "--plan", file, "--noun", "partner") == 0
        assert "Partners: 25 new. Along with them: 25 agreements." in line.out
        assert line("import", LOS_ANGELES, "--plan", file) == 0
        assert "Partners: 25 same." in line.out
        assert "Nothing was changed." in line.out

    def test_json_tells_the_fate_of_every_row(self, line: Line, file: Path) -> None:
        assert line("import", LOS_ANGELES, "--plan", file, "--json") == 0
        told = json.loads(line.out)
        assert (told["noun"], told["counts"]["new"], len(told["rows"]), told["applied"]) == (
            "partner",
            25,
            25,
            True,
        )
        assert told["rows"][0]["also"] == [
            {"noun": "agreement", "fate": "new", "title": "Sister city: Athens"}
        ]

    def test_refused_rows_are_written_out_and_the_command_ends_with_one(
        self, line: Line, file: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "list.csv").write_text("Name,Country\nLima,PE\nQuito,Atlantis\n")
        assert line("import", tmp_path / "list.csv", "--plan", file, "--rejected", tmp_path / "bad.csv") == 1
        assert "1 new, 1 error" in line.out
        assert "Quito,Atlantis,Country: “Atlantis” is not a country" in (tmp_path / "bad.csv").read_text(
            "utf-8-sig"
        )

    def test_a_mapping_decides_what_columns_are(self, line: Line, file: Path, tmp_path: Path) -> None:
        (tmp_path / "list.csv").write_text("Bezeichnung,Vermerk\nLima,x\n")
        (tmp_path / "map.json").write_text('{"Bezeichnung": "name", "Vermerk": ""}')
        options = ["--noun", "partner", "--map", tmp_path / "map.json", "--plan", file]
        assert line("import", tmp_path / "list.csv", *options) == 0
        (tmp_path / "map.json").write_text("[]")
        assert line("import", tmp_path / "list.csv", *options) == 1
        assert "not a mapping" in line.err

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_lists_in_other_encodings_come_in(
        self, line: Line, file: Path, tmp_path: Path, encoding: str
    ) -> None:
        (tmp_path / "list.csv").write_bytes(
            "Name;Country\nMálaga;España\nSão Paulo;Brazil\n".encode(encoding)
        )
        (tmp_path / "list.csv").write_bytes("Name;Country\nMálaga;Spain\nSão Paulo;Brazil\n".encode(encoding))
        assert line("import", tmp_path / "list.csv", "--plan", file) == 0
        assert line("search", "sao", "--plan", file) == 0
        assert "São Paulo" in line.out

    @pytest.mark.parametrize("content", [b"", b"Name\n", b"PK\x03\x04", b"foo,bar\n1,2\n"])
    def test_a_list_that_is_none_is_refused(
        self, line: Line, file: Path, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "list.csv").write_bytes(content)
        assert line("import", tmp_path / "list.csv", "--plan", file) == 1
        assert line.err.startswith("Error: ")
        assert len(line.err.splitlines()) >= 2

    def test_an_unknown_noun_is_answered_with_those_there_are(self, line: Line, file: Path) -> None:
        assert line("import", LOS_ANGELES, "--plan", file, "--noun", "unicorn") == 1
        assert "partner" in line.err


class TestExport:
    def test_standard_output_is_a_table_that_can_be_imported_again(
        self, line: Line, file: Path, tmp_path: Path
    ) -> None:
        line("import", LOS_ANGELES, "--plan", file)
        assert line("export", "partners", "--plan", file) == 0
        (tmp_path / "out.csv").write_text(line.out, "utf-8", newline="")
        assert line("import", tmp_path / "out.csv", "--plan", file, "--noun", "partner") == 0
        assert "25 same" in line.out

    def test_fields_and_file_can_be_chosen(self, line: Line, file: Path, tmp_path: Path) -> None:
        line("import", LOS_ANGELES, "--plan", file)
        assert (
            line("export", "partner", "--plan", file, "-o", tmp_path / "o.csv", "--fields", "city,country")
            == 0
        )
        assert (tmp_path / "o.csv").read_text("utf-8-sig").startswith("City,Country,uid\nAthens,GR,")
        assert line("export", "partner", "--plan", file, "--fields", "nonsense") == 1
        assert "There is no field “nonsense”" in line.err


def test_search_finds_words_and_speaks_json(line: Line, file: Path) -> None:
    line("import", LOS_ANGELES, "--plan", file)
    assert line("search", "nag", "--plan", file, "--noun", "partner", "--json") == 0
    assert [hit["title"] for hit in json.loads(line.out)] == ["Nagoya"]
    assert line("search", "nowhere", "--plan", file) == 0
    assert (line.out, line.err) == ("", "Nothing was found.\n")


def test_history_names_what_was_done_and_undone(line: Line, file: Path) -> None:
    line("import", LOS_ANGELES, "--plan", file)
    with open_plan(file, user="tester") as opened:
        opened.undo()
    assert line("history", "--plan", file, "--limit", "2") == 0
    undone, imported = line.out.splitlines()
    assert "undone: Import 25 partners from los-angeles-sister-cities.csv" in undone
    assert imported.endswith("75")
    assert line("history", "--plan", file, "--json") == 0
    assert [change["kind"] for change in json.loads(line.out)] == ["undo", "edit", "setup"]


def test_check_answers_for_everything_and_finds_a_tampered_history(line: Line, file: Path) -> None:
    assert line("check", "--plan", file) == 0
    assert line.out.count("✓") == 7
    connection = sqlite.connect(file)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE change SET label = 'Something else'")
    connection.close()
    assert line("check", "--plan", file, "--json") == 1
    told = json.loads(line.out)
    assert [finding["ok"] for finding in told["findings"]] == [True, False, True, True, True, True, True]


def test_a_backup_is_made_listed_and_restored(line: Line, file: Path) -> None:
    assert line("backup", "--plan", file) == 0
    made = Path(line.out.strip())
    line("import", LOS_ANGELES, "--plan", file)
    assert line("backup", "--list", "--plan", file) == 0
    assert len(line.out.splitlines()) == 2
    assert line("restore", made, "--plan", file) == 0, line.err
    assert "is now" in line.out
    assert line("search", "nagoya", "--plan", file) == 0
    assert line.out == ""
    assert len(list(file.parent.glob("office before restore *.cityplan"))) == 1


@pytest.mark.parametrize("name", ["missing.cityplan", "list.csv"])
def test_a_backup_that_is_none_is_refused_and_the_plan_stays(
    line: Line, file: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "list.csv").write_text("Name\n" * 2000)
    before = file.read_bytes()
    assert line("restore", tmp_path / name, "--plan", file) == 1
    assert file.read_bytes() == before


class TestReport:
    def test_without_a_kind_those_there_are_are_listed(self, line: Line) -> None:
        assert line("report") == 0
        assert "executive" in line.out

    @pytest.mark.parametrize(
        "options",
        [["unicorn"], ["executive", "--language", "xx-klingon"], ["executive", "-o", "missing/x.pdf"]],
    )
    def test_what_cannot_be_printed_is_refused(self, line: Line, file: Path, options: list[str]) -> None:
        assert line("report", *options, "--plan", file) == 1
        assert line.err.startswith("Error: ")

    def test_a_briefing_of_a_new_office_is_written(self, line: Line, tmp_path: Path) -> None:
        line("new", tmp_path / "ours", "--city", "Riverton", "--country", "US")
        plan = tmp_path / "ours.cityplan"
        assert line("report", "executive", "--plan", plan, "-o", tmp_path / "b.pdf", "--paper", "a4") == 0
        assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")


class TestDisplay:
    def test_a_screen_is_known_by_its_environment(self) -> None:
        assert not display.has_display({}, "linux")
        assert display.has_display({"DISPLAY": ":0"}, "linux")
        assert display.has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
        assert display.has_display({}, "darwin")

    def test_a_missing_library_is_named_with_the_commands_that_install_it(self) -> None:
        error = display.explained(ImportError("libEGL.so.1: cannot open shared object file: No such file"))
        assert "libEGL.so.1" in error.what
        assert "sudo apt-get install libgl1 libegl1" in error.remedy
        assert "sudo dnf install" in error.remedy
        assert "cannot be loaded" in display.explained(ImportError("no module")).what

    def test_libraries_of_x11_are_asked_for_only_where_qt_uses_it(self) -> None:
        x11 = {library.file for library in display.missing_libraries({"DISPLAY": ":0"}, "linux")}
        wayland = {library.file for library in display.missing_libraries({"WAYLAND_DISPLAY": "w"}, "linux")}
        assert not any("xcb" in file for file in wayland)
        assert not any("wayland" in file for file in x11)
        assert display.missing_libraries({}, "win32") == []

    @pytest.mark.skipif(sys.platform != "linux", reason="only X11 has displays that may be silent")
    def test_a_display_that_does_not_answer_is_found_out_before_qt_is_loaded(self) -> None:
        environment = {
            "DISPLAY": ":987",
            "PATH": os.environ["PATH"],
            "CITYPLANNER_HOME": str(paths.data_folder()),
        }
        program = [sys.executable, "-m", "cityplanner"]
        ended = subprocess.run(program, env=environment, check=False, capture_output=True, text=True)
        assert ended.returncode == 1
        assert ended.stderr.startswith("Error: The ")
        assert "cannot open" in ended.stderr

    def test_a_window_that_cannot_open_ends_with_one_in_words(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        def closed(plan: Path | None) -> int:
            raise display.NoDisplayError

        assert run(closed, []) == 1
        assert "There is no display" in capfd.readouterr().err


def test_a_mistake_of_ours_is_logged_and_not_shown_as_a_traceback(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(plan: Path | None) -> int:
        raise RuntimeError("oops")

    assert run(broken, []) == 1
    assert "Traceback" not in capfd.readouterr().err
    assert "RuntimeError" in caplog.text
    assert "oops" not in caplog.text  # the words of an error may hold what a plan does


def test_an_error_without_remedy_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    def refused(plan: Path | None) -> int:
        raise UserError("No [bold]mark-up[/bold] is read, and no \x1b[31mcolor.")

    assert run(refused, []) == 1
    assert capfd.readouterr().err == "Error: No [bold]mark-up[/bold] is read, and no  [31mcolor.\n"


def test_headless_commands_never_load_qt() -> None:
    program = (
        "import sys; import cityplanner.__main__, cityplanner.cli.app;"
        "from cityplanner.cli.app import run; run(lambda plan: 0, ['report']);"
        "sys.exit(any(name.startswith(('PySide6', 'cityplanner.ui')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0


def test_the_way_to_the_window_loads_no_other_command() -> None:
    """The window opens at once: what it does not need to paint is loaded behind it, or never."""
    program = (
        "import sys; import cityplanner.__main__ as start; import cityplanner.ui.app;"
        "late = {'sqlalchemy', 'typer', 'rich', 'reportlab', 'babel', 'numpy'};"
        "start.open_window = lambda plan: len(late & sys.modules.keys());"
        "sys.argv = ['cityplanner']; start.main()"
    )
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
