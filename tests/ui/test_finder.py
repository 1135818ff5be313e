"""What the palette finds of records: an attached file opens the record that it hangs on, with the file chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cityplanner.base.settings import Settings
from cityplanner.model.contact import Contact, Position
from cityplanner.store import attachments
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.finder import look_up
from cityplanner.ui.main_window import MainWindow
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.parts.attachments import AttachmentsPanel
from cityplanner.ui.parts.palette import Palette
from cityplanner.ui.theme import Theme
from tests.ui.conftest import add_partners


@pytest.fixture
def nagoya(plan: Plan, tmp_path: Path) -> int:
    """A partner with two files."""
    (number,) = add_partners(plan, ["Nagoya"])
    paths = [tmp_path / name for name in ("agenda.txt", "zebra crossing.txt")]
    for path in paths:
        path.write_text("Text")
    attachments.attach(plan, "partner", number, "Nagoya", paths)
    return number


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, context: Context, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "settings.json")
    made = MainWindow(settings, Theme(qapp, settings), Atlas())
    made.resize(1280, 800)
    made.show()
    made.show_plan(context)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    yield made
    qtbot.waitUntil(lambda: not context.jobs.busy)
    made.leave_plan()
    made.close()
    made.deleteLater()


def test_an_attached_file_is_found_with_the_record_it_hangs_on(plan: Plan, nagoya: int) -> None:
    ((hit, holder),) = look_up(plan, "zebra")
    assert (hit.table, hit.title) == ("attachment", "zebra crossing.txt")
    assert holder == attachments.Holder("partner", nagoya, "Nagoya")


def details(palette: Palette) -> list[str]:
    """What stands beside each entry of the palette."""
    return [palette.model.entry(place).detail for place in range(palette.model.rowCount())]


def test_a_found_file_opens_its_record_and_is_chosen_there(
    qtbot: QtBot, window: MainWindow, context: Context, nagoya: int
) -> None:
    window.open_palette()
    palette = window.finder.palette
    assert palette is not None
    qtbot.keyClicks(palette.field, "zebra")
    found = "Attached file · Partner · Nagoya"
    # The command that would take the attaching back may be found before it.
    qtbot.waitUntil(lambda: found in details(palette))
    for _place in range(details(palette).index(found)):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(context.opened) as opened:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.args == ["partner", nagoya]

    def chosen() -> bool:
        panels = [one for one in window.findChildren(AttachmentsPanel) if one.isVisible() and one.chosen]
        return any(panel.chosen and panel.chosen.name == "zebra crossing.txt" for panel in panels)

    qtbot.waitUntil(chosen)
    (panel,) = [one for one in window.findChildren(AttachmentsPanel) if one.isVisible() and one.chosen]
    qtbot.waitUntil(lambda: not panel.list.visibleRegion().isEmpty())  # what is below it may still be read
    assert "4 B" in panel.list.currentItem().text()


def test_a_person_is_found_by_former_addresses_and_positions(plan: Plan) -> None:
    (osaka,) = add_partners(plan, ["Osaka"])
    with plan.edit("Person") as edit:
        ana = Contact(family="Reyes", email="new@example.org", other_emails=("old@example.org",))
        edit.add(ana)
        edit.flush()
        held = Position(
            contact_id=ana.id,
            partner_id=osaka,
            title="Attaché for Trade",
            ends_on=date(2020, 1, 1),
            email="ana@consulate.example",
        )
        edit.add(held)
    assert {hit.table for hit, _holder in look_up(plan, "old@example.org")} == {"contact"}
    for words in ("ana@consulate.example", "attache trade"):
        ((hit, _holder),) = look_up(plan, words)
        assert (hit.table, hit.record_id) == ("position", held.id)
        assert "Reyes" in hit.title
        assert "Osaka" in hit.title
