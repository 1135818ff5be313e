"""The demo: everything at work in one folder, a second time too, and nobody's files harmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityplanner.cli import demo
from cityplanner.cli.app import run
from cityplanner.cli.display import MissingLibraryError
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import open_plan
from cityplanner.store.queries.listing import count
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def _without_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def nobody(plan: Path | None) -> int:
    raise AssertionError("no window was to be opened")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that ran."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DISPLAY", raising=False)
        patch.delenv("WAYLAND_DISPLAY", raising=False)
        assert run(nobody, ["demo", "--folder", str(folder)]) == 0
    return folder


def partners(path: Path) -> int:
    with open_plan(path, read_only=True) as plan, plan.reading() as session:
        return count(session, Partner)


def test_both_plans_and_the_briefings_are_there_and_nothing_else(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == [
        "executive briefing.pdf", demo.MANIFEST, demo.WITH_LIST, demo.SAMPLE,
    ]  # fmt: skip
    assert partners(made / demo.WITH_LIST) == partners(made / demo.SAMPLE) + 25
    assert (made / "executive briefing.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_display_it_says_so_in_one_line_and_ends_well(
    made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(nobody, ["demo", "--folder", str(made)]) == 0
    out, err = capfd.readouterr()
    assert out.splitlines()[-1].startswith("There is no display")
    assert str(made / demo.SAMPLE) in out
    assert err == ""


def test_with_a_display_the_window_opens_on_the_sample_plan(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    shown: list[Path | None] = []

    def show(plan: Path | None) -> int:
        shown.append(plan)
        return 0

    assert run(show, ["demo", "--folder", str(made)]) == 0
    assert shown == [made / demo.SAMPLE]


def test_missing_system_libraries_are_named_but_the_demo_ends_well(
    made: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")

    def fail(plan: Path | None) -> int:
        raise MissingLibraryError("libEGL.so.1")

    assert run(fail, ["demo", "--folder", str(made)]) == 0
    assert "libEGL.so.1" in capfd.readouterr().err


def test_a_plan_that_was_changed_is_moved_aside_and_not_lost(made: Path) -> None:
    with open_plan(made / demo.SAMPLE, user="tester", clock=lambda: NOW) as plan, plan.edit("Add") as edit:
        edit.add(Partner(name="Ours alone"))
    changed = partners(made / demo.SAMPLE)
    assert run(nobody, ["demo", "--folder", str(made), "--no-window"]) == 0
    (aside,) = made.glob("sample until *.cityplan")
    assert (partners(aside), partners(made / demo.SAMPLE)) == (changed, changed - 1)
    aside.unlink()


def test_a_file_that_is_not_its_own_is_left_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / demo.SAMPLE).write_text("mine")
    assert run(nobody, ["demo", "--folder", str(tmp_path)]) == 1
    assert "not made by this command" in capfd.readouterr().err
    assert (tmp_path / demo.SAMPLE).read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_demo_plan_that_is_open_elsewhere_is_left_alone(
    made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (made / demo.WITH_LIST).read_bytes()
    with open_plan(made / demo.SAMPLE, user="tester"):
        assert run(nobody, ["demo", "--folder", str(made)]) == 1
    assert "is open on" in capfd.readouterr().err
    assert (made / demo.WITH_LIST).read_bytes() == before


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert run(nobody, ["demo", "--folder", str(tmp_path / "file")]) == 1
    assert "cannot be used" in capfd.readouterr().err
