"""What is said after a bad end, and how one goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from cityplanner.base import crash, paths
from cityplanner.base.session import End
from cityplanner.base.settings import Settings
from cityplanner.store.plan_file import Plan
from cityplanner.ui.app import Shell
from cityplanner.ui.dialogs.capture import CaptureDialog
from cityplanner.ui.dialogs.log_engagement import LogDialog
from cityplanner.ui.dialogs.unclean import UncleanDialog
from cityplanner.ui.parts.drafts import Drafts
from cityplanner.ui.parts.record_dialog import RecordDialog
from cityplanner.ui.parts.unfinished import Unfinished
from tests.ui.conftest import Chain
from tests.ui.test_app import boxes, calm, opened


def dialog_of(qtbot: QtBot, *found: Unfinished) -> UncleanDialog:
    """What is said when these were found."""
    dialog = UncleanDialog(found, None)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_without_anything_typed_only_the_plan_is_spoken_of(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot)
    assert dialog.heading.text() == "CityPlanner was not closed properly last time."
    assert dialog.texts == ["Your plan is whole: everything that was saved is in it."]
    assert not dialog.list.isVisible()
    assert not dialog.go.isVisible()
    assert not dialog.show_report.isVisible()


def test_enter_goes_on_with_what_is_chosen(qtbot: QtBot) -> None:
    one = Unfinished("partner", None, "New partner", "Port")
    other = Unfinished("contact", None, "New contact", "")
    dialog = dialog_of(qtbot, one, other)
    assert [dialog.list.item(at).text() for at in range(2)] == ["New partner · Port", "New contact"]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert wanted.args == [other]


def test_after_a_fall_the_report_is_offered_and_noted_as_told(qtbot: QtBot) -> None:
    report = crash.write("Aborted", ["started"])
    dialog = UncleanDialog([], report)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.heading.text() == "Something went wrong inside CityPlanner last time."
    assert dialog.show_report.isVisible()
    assert crash.untold() == []


def draft_of(sort: str, chain: Chain) -> tuple[str, int | None]:
    """The name of a draft of a sort, and its record."""
    return {
        "new": ("partner", None),
        "known": ("partner", chain.partner),
        "detail": (f"service_level?initiative_id={chain.initiative}", None),
        "tie": ("contribution", 1),
        "capture": ("quick capture", None),
        "log": ("engagement log", None),
        "log of a partner": ("engagement log", chain.partner),
    }[sort]


SHOWN: dict[str, type[QDialog] | None] = {
    "new": None,
    "known": None,
    "detail": RecordDialog,
    "tie": RecordDialog,
    "capture": CaptureDialog,
    "log": LogDialog,
    "log of a partner": LogDialog,
}


@pytest.mark.parametrize("sort", SHOWN)
def test_going_on_leads_to_where_it_was_typed(
    qtbot: QtBot, qapp: QApplication, plan: Plan, chain: Chain, sort: str
) -> None:
    plan.close()
    name, number = draft_of(sort, chain)
    Drafts(plan.path, paths.data_folder() / "drafts").keep(name, number, {"text": "typed", "edits": "{}"})
    shell = Shell(qapp, Settings(), [End(None)])
    opened(qtbot, shell, plan.path)
    (dialog,) = boxes(qapp, UncleanDialog)
    assert isinstance(dialog, UncleanDialog)
    assert len(dialog.found) == 1
    dialog.go.click()
    wanted = SHOWN[sort]
    if wanted is not None:
        (shown,) = boxes(qapp, wanted)
        shown.close()
    else:
        page = shell.window.page
        qtbot.waitUntil(lambda: page is not None and page.page.record_id == number)  # type: ignore[attr-defined]
    calm(qtbot, shell)
    shell.window.close()
    shell.window.deleteLater()
    shell.deleteLater()
