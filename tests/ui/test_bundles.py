"""A whole plan leaves the window as one JSON file, and such a file becomes a plan that opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cityplanner.base.errors import UserError
from cityplanner.base.settings import Settings
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import create_plan
from cityplanner.store.queries import listing
from cityplanner.ui.app import Shell
from cityplanner.ui.desk import Desk
from tests.conftest import make_office

SLOW = 30_000


@pytest.fixture
def desk(qtbot: QtBot, qapp: QCoreApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk with a plan on it that holds one partner."""
    with create_plan(tmp_path / "one.cityplan", make_office(), user="tester") as plan, plan.edit("x") as edit:
        edit.add(Partner(name="Đà Nẵng"))
    # As in the application it belongs to an object of Qt: its plan's last reference must not take it along.
    made = Desk(Settings(tmp_path / "settings.json"), qapp)
    with qtbot.waitSignal(made.opened, timeout=SLOW):
        made.open(tmp_path / "one.cityplan")
    yield made
    made.close()
    made.deleteLater()


def test_a_plan_leaves_as_a_bundle_and_a_bundle_becomes_an_open_plan(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    made: list[Path] = []
    desk.export_bundle(tmp_path / "all.json", made.append)
    qtbot.waitUntil(lambda: made == [tmp_path / "all.json"], timeout=SLOW)
    with qtbot.waitSignal(desk.opened, timeout=SLOW):
        desk.restore(made[0], tmp_path / "two.cityplan")
    assert desk.context is not None
    assert desk.context.plan.path == tmp_path / "two.cityplan"
    with desk.context.plan.reading() as session:
        assert listing.rows(session, Partner, ["name"], listing.ids(session, Partner)) == [("Đà Nẵng",)]


def test_what_is_no_bundle_is_refused_and_the_open_plan_stays(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "bad.json").write_text("[]", "utf-8")
    with qtbot.waitSignal(desk.refused, timeout=SLOW) as refused:
        desk.restore(tmp_path / "bad.json", tmp_path / "two.cityplan")
    assert refused.args is not None
    assert isinstance(refused.args[0], UserError)
    assert desk.context is not None
    assert desk.context.plan.path == tmp_path / "one.cityplan"
    assert not (tmp_path / "two.cityplan").exists()


def test_the_file_menu_asks_for_a_bundle_and_where_to_keep_its_plan(
    qtbot: QtBot, qapp: object, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    desk.export_bundle(tmp_path / "all.json", made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=SLOW)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(made[0]), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "kept"), ""))
    shell = Shell(qapp, Settings(tmp_path / "settings.json"))  # type: ignore[arg-type]
    with qtbot.waitSignal(shell.desk.opened, timeout=SLOW):
        shell.perform("restore")
    assert (tmp_path / "kept.cityplan").is_file()
    shell.perform("export_bundle")
    qtbot.waitUntil((tmp_path / "kept.json").is_file, timeout=SLOW)
    shell.window.close()
    shell.window.deleteLater()
    shell.deleteLater()
