"""The real application in a process of its own, doing one thing as soon as it can.

`python -m tests.faults.apart DEED PLAN`
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cityplanner.ui import app
from cityplanner.ui.dialogs.fault_reports import ReportsDialog
from cityplanner.ui.dialogs.unclean import UncleanDialog
from cityplanner.ui.main_window import MainWindow
from cityplanner.ui.parts.record_form import RecordForm

T = TypeVar("T", bound=QWidget)
LOOKED_MS = 20
SETTLED_MS = 500


def tell(what: object) -> None:
    """Say something to whoever started this process, a line of JSON."""
    print(json.dumps(what), flush=True)


def shown(kind: type[T]) -> T | None:
    """A widget of a kind that can be seen."""
    for top in QApplication.topLevelWidgets():
        for one in [top, *top.findChildren(kind)]:
            if isinstance(one, kind) and one.isVisible():
                return one
    return None


def seen(kind: type[T]) -> T:
    """The widget of a kind that can be seen."""
    found = shown(kind)
    assert found is not None
    return found


def when(ready: Callable[[], object], do: Callable[[], object]) -> None:
    """Do something once something else is so."""
    timer = QTimer(QApplication.instance(), interval=LOOKED_MS)

    def look() -> None:
        if ready():
            timer.stop()
            do()

    timer.timeout.connect(look)
    timer.start()


def is_open() -> bool:
    """Whether the plan is there with its first page."""
    window = shown(MainWindow)
    return window is not None and window.is_open


def type_into_a_form() -> None:
    """Begin a partner and type the beginning of its name; tell once the draft is put by."""
    seen(MainWindow).begin_record("partner")

    def write() -> None:
        form = seen(RecordForm)
        editor = form.form.row("name").editor
        QTest.keyClicks(editor.focusProxy() or editor, "Port of Elm Har")
        when(lambda: form.context.drafts.path.exists(), lambda: tell("typed"))

    when(lambda: shown(RecordForm), write)


def go_on() -> None:
    """Tell what is offered after a bad end, go on with it, tell what is in the form, and close."""

    def look() -> None:
        dialog = seen(UncleanDialog)
        tell([dialog.heading.text(), [[one.title, one.words] for one in dialog.found]])
        dialog.go.click()
        when(lambda: shown(RecordForm), read)

    def read() -> None:
        form = seen(RecordForm)
        tell([form.form.typed().get("name"), form.notice])
        close()

    when(lambda: shown(UncleanDialog), look)


def fall() -> None:
    """Be brought down by a fault of its own, after going to a page."""
    seen(MainWindow).go("partners")
    os.kill(os.getpid(), signal.SIGSEGV)


def read_report() -> None:
    """Tell what is said after a fall, and what the report holds; close."""

    def look() -> None:
        dialog = seen(UncleanDialog)
        tell([dialog.heading.text(), *dialog.texts])
        dialog.show_report.click()
        when(lambda: shown(ReportsDialog), read)

    def read() -> None:
        tell(seen(ReportsDialog).text.toPlainText())
        close()

    when(lambda: shown(UncleanDialog), look)


def look_around() -> None:
    """Tell whether anything is said of an earlier end, and close."""
    QTimer.singleShot(SETTLED_MS, lambda: (tell(shown(UncleanDialog) is not None), close()))


def close() -> None:
    """Close all windows, the dialogs first."""
    for kind in (ReportsDialog, UncleanDialog, MainWindow):
        found = shown(kind)
        if found is not None:
            found.close()


DEEDS = {deed.__name__: deed for deed in (type_into_a_form, go_on, fall, read_report, look_around)}


if __name__ == "__main__":
    application = QApplication([])
    when(is_open, DEEDS[sys.argv[1]])
    sys.exit(app.run(Path(sys.argv[2])))
