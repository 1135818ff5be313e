"""The office's dialog shows the seal and changes it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cityplanner.store.seal import seal_of
from cityplanner.ui.context import Context
from cityplanner.ui.parts.seal_row import SealRow


def test_a_picture_is_taken_described_by_keyboard_and_removed(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "emblem.png"
    Image.new("RGB", (40, 40), "navy").save(path)
    row = SealRow(context)
    qtbot.addWidget(row)
    row.show()
    assert not row.remove.isEnabled()
    row.take(path)
    qtbot.waitUntil(lambda: row.remove.isEnabled())
    assert "Say in words" in row.problem.text()
    QTest.keyClicks(row.words, "A lighthouse")
    QTest.keyClick(row.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not row.problem.isVisible())
    assert context.office is not None
    with context.plan.reading() as session:
        kept = seal_of(session, context.office)
    assert kept is not None
    assert kept.words == "A lighthouse"
    row.remove.click()
    qtbot.waitUntil(lambda: not row.remove.isEnabled())


def test_a_file_that_is_no_picture_is_refused_in_place(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "seal.txt"
    path.write_text("no picture")
    row = SealRow(context)
    qtbot.addWidget(row)
    row.take(path)
    qtbot.waitUntil(lambda: "PNG or JPEG" in row.problem.text())
