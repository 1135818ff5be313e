"""The files of a record in the window: attached, opened, saved, removed and undone without blocking."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts.attachments import AttachmentsPanel
from tests.ui.conftest import add_partners


@pytest.fixture
def panel(qtbot: QtBot, context: Context, plan: Plan) -> AttachmentsPanel:
    """The files of a partner that has none yet."""
    made = AttachmentsPanel(context, Partner)
    qtbot.addWidget(made)
    made.show()
    made.show_record(add_partners(plan, ["Nagoya"])[0], "Nagoya")
    return made


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file outside the plan."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear colleagues")
    return path


def has(qtbot: QtBot, panel: AttachmentsPanel, *names: str) -> None:
    """Wait until the panel lists these files."""
    qtbot.waitUntil(lambda: [file.name for file in panel.files] == list(names))


def test_without_files_it_says_what_to_do(panel: AttachmentsPanel) -> None:
    assert panel.empty.isVisibleTo(panel)
    assert not panel.list.isVisibleTo(panel)


def test_a_dropped_file_is_attached_and_can_be_undone(
    qtbot: QtBot, panel: AttachmentsPanel, letter: Path, plan: Plan
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(letter)), QUrl("https://example.org/a.pdf")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(panel.context.message) as said:
        panel.dropEvent(QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, data, buttons, keys))
    has(qtbot, panel, "letter.txt")

    assert said.args is not None
    assert said.args[1] is True
    assert panel.list.item(0).text() == "letter.txt  ·  15 B"
    assert panel.heading.text() == "Files (1)"
    plan.undo()
    has(qtbot, panel)


def test_enter_opens_a_copy_and_delete_removes(
    qtbot: QtBot, panel: AttachmentsPanel, letter: Path, monkeypatch: pytest.MonkeyPatch, plan: Plan
) -> None:
    opened: list[str] = []

    def remember(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", remember)
    panel.attach([letter])
    has(qtbot, panel, "letter.txt")
    panel.list.setCurrentRow(0)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    assert Path(opened[0]).read_text() == "Dear colleagues"
    assert Path(opened[0]) != letter

    panel.remove_chosen()
    has(qtbot, panel)
    plan.undo()
    has(qtbot, panel, "letter.txt")


def test_a_program_is_not_opened_but_can_be_saved(
    qtbot: QtBot, panel: AttachmentsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: pytest.fail("it was opened"))
    script = tmp_path / "run.sh"
    script.write_text("#!/bin/sh")
    with qtbot.waitSignal(panel.context.message):
        panel.attach([script])
    has(qtbot, panel, "run.sh")
    panel.list.setCurrentRow(0)
    with qtbot.waitSignal(panel.context.message) as said:
        panel.open_chosen()
    assert said.args is not None
    assert "does not open those" in said.args[0]

    with qtbot.waitSignal(panel.context.message):
        panel.save_chosen(tmp_path / "kept.sh")
    assert (tmp_path / "kept.sh").read_text() == "#!/bin/sh"


def test_a_folder_is_refused_in_words(qtbot: QtBot, panel: AttachmentsPanel, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.context.message) as said:
        panel.attach([tmp_path])

    assert said.args is not None
    assert "is no file" in said.args[0]
