"""Errors that nothing caught: told once, from any thread, with a report that names nobody."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cityplanner.base import crash
from cityplanner.base.errors import Cancelled, UserError
from cityplanner.ui.dialogs.fault_reports import ReportsDialog
from cityplanner.ui.faults import Faults
from tests.base.test_traces import NAME, caught
from tests.ui.test_app import boxes


@pytest.fixture
def faults(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """What hears of errors in a window, in place of what pytest hears them with."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Faults(window)
    held = qInstallMessageHandler(None)
    made.install()
    yield made
    qInstallMessageHandler(held)


def the_box(qtbot: QtBot, qapp: QApplication) -> QMessageBox:
    """The box that tells of a fault."""
    qtbot.waitUntil(lambda: bool(boxes(qapp, QMessageBox)))
    (box,) = boxes(qapp, QMessageBox)
    assert isinstance(box, QMessageBox)
    return box


def test_a_fault_is_told_once_and_its_report_can_be_read(
    qtbot: QtBot, qapp: QApplication, faults: Faults
) -> None:
    for _again in range(3):
        error = caught(NAME)
        sys.excepthook(type(error), error, error.__traceback__)
    box = the_box(qtbot, qapp)
    assert "what was saved is saved" in box.informativeText()
    assert not box.detailedText()
    assert len(crash.reports()) == 1
    assert crash.untold() == []
    next(one for one in box.buttons() if one.text() == "Show the report…").click()
    qtbot.waitUntil(lambda: bool(boxes(qapp, ReportsDialog)))
    (dialog,) = boxes(qapp, ReportsDialog)
    assert isinstance(dialog, ReportsDialog)
    assert "in fail" in dialog.text.toPlainText()
    assert not any(part in dialog.text.toPlainText() for part in NAME.split())
    dialog.close()


def test_a_fault_in_another_thread_is_told_by_the_window(
    qtbot: QtBot, qapp: QApplication, faults: Faults
) -> None:
    def fail_apart() -> None:
        raise ZeroDivisionError(NAME)

    thread = threading.Thread(target=fail_apart)
    thread.start()
    thread.join()
    the_box(qtbot, qapp).close()
    (report,) = crash.reports()
    assert "ZeroDivisionError" in report.read_text("utf-8")
    assert "in test_a_fault_in_another_thread_is_told_by_the_window.<locals>.fail_apart" in report.read_text(
        "utf-8"
    )


def test_another_fault_while_one_is_shown_opens_no_second_box(
    qtbot: QtBot, qapp: QApplication, faults: Faults
) -> None:
    faults.tell(caught(NAME))
    box = the_box(qtbot, qapp)
    faults.tell(ZeroDivisionError())
    assert boxes(qapp, QMessageBox) == [box]
    assert len(crash.reports()) == 2
    box.close()
    faults.tell(KeyError())
    the_box(qtbot, qapp).close()


def test_what_a_person_is_meant_to_read_is_passed_on(
    qtbot: QtBot, qapp: QApplication, faults: Faults
) -> None:
    error = UserError("The disk is full.")
    with qtbot.waitSignal(faults.refused) as refused:
        sys.excepthook(UserError, error, None)
    assert refused.args == [error]
    faults.tell(Cancelled("Stopped."))
    assert crash.reports() == []
    assert boxes(qapp, QMessageBox) == []


def test_what_was_stopped_by_the_keyboard_is_no_fault(
    faults: Faults, capsys: pytest.CaptureFixture[str]
) -> None:
    error = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, error, None)
    assert "KeyboardInterrupt" in capsys.readouterr().err
    assert crash.reports() == []


def test_a_fault_on_a_full_disk_is_told_without_a_report(
    qtbot: QtBot, qapp: QApplication, faults: Faults
) -> None:
    crash.folder().write_text("in the way", "utf-8")
    faults.tell(caught(NAME))
    box = the_box(qtbot, qapp)
    assert "report" not in box.informativeText()
    assert len(box.buttons()) == 1
    box.close()


def test_what_qt_says_is_said_where_it_always_was(faults: Faults, capsys: pytest.CaptureFixture[str]) -> None:
    qWarning("a warning of Qt's")
    assert "a warning of Qt's" in capsys.readouterr().err
    assert QtMsgType.QtFatalMsg is not None


def test_reports_are_read_copied_saved_and_deleted(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    crash.write("ValueError", ["started"])
    crash.write("KeyError", ["started"])
    dialog = ReportsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert crash.untold() == []
    assert "KeyError" in dialog.text.toPlainText()
    dialog.choice.setCurrentIndex(1)
    assert "ValueError" in dialog.text.toPlainText()
    dialog.copy.click()
    assert "ValueError" in qapp.clipboard().text()
    target = tmp_path / "out.txt"
    dialog.save_as(target)
    assert "ValueError" in target.read_text("utf-8")
    dialog.delete.click()
    assert len(crash.reports()) == 1
    assert not dialog.choice.isVisible()
    dialog.delete.click()
    assert crash.reports() == []
    assert dialog.pages.currentWidget() is dialog.empty
    assert not dialog.copy.isEnabled()


def test_a_report_that_cannot_be_saved_is_told_in_words(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    crash.write("ValueError", [])
    dialog = ReportsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.save_as(tmp_path / "none" / "out.txt")
    box = the_box(qtbot, qapp)
    assert "cannot be written" in box.text()
    box.close()
