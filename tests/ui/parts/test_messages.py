"""The message bar: says what happened and takes it back, without asking."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cityplanner.ui.parts.messages import MessageBar


def test_a_message_shows_as_text_and_offers_to_undo(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)

    bar.show_message("Deleted <b>Nagoya</b>", True)

    assert bar.isVisible()
    assert bar.text == "Deleted <b>Nagoya</b>"
    button = bar.findChild(QPushButton)
    assert button is not None
    with qtbot.waitSignal(bar.undo_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_a_message_that_cannot_be_undone_offers_nothing(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)

    bar.show_message("Copied")

    button = bar.findChild(QPushButton)
    assert button is not None
    assert not button.isVisible()
