"""Importing in the window, step by step: nothing is written before the rows were looked at, all can be undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from cityplanner.base.settings import LEARNED_COLUMNS
from cityplanner.exchange.intake.outcome import LEAVE_OUT, Fate
from cityplanner.model.contact import Contact
from cityplanner.model.partner import Partner
from cityplanner.store import backups
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.import_assistant import ImportAssistant
from cityplanner.ui.dialogs.import_steps import Step

ROWS = "Name,Kind,Country,Remarks,Grade\nĐà Nẵng,city,VN,x,1\n大阪,city,JP,y,2\n,city,JP,z,3\n"
SLOW = 30_000


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with two good rows, one without a name, and a column that fits nothing."""
    path = tmp_path / "partners.csv"
    path.write_text(ROWS, "utf-8")
    return path


def settle(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=SLOW)


def opened(qtbot: QtBot, context: Context, path: Path, table: str = "") -> ImportAssistant:
    """The assistant, once it has read a file."""
    dialog = ImportAssistant(context, path, table)
    QAbstractItemModelTester(dialog.rows.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    dialog.open()
    settle(qtbot, context)
    return dialog


def go_to(qtbot: QtBot, context: Context, dialog: ImportAssistant, step: Step) -> None:
    """Go on until a step is shown."""
    for _turn in Step:
        if dialog.step is step:
            return
        dialog.next.click()
        settle(qtbot, context)
    raise AssertionError(f"{step} is never reached")


def shown(dialog: ImportAssistant) -> Step:
    """The step under way."""
    return dialog.step


def text_at(table: QTableWidget, row: int, column: int) -> str:
    """What a cell says."""
    item = table.item(row, column)
    assert item is not None
    return item.text()


def names(plan: Plan) -> list[str]:
    """The names of all partners."""
    with plan.reading() as session:
        ids = listing.ids(session, Partner)
        return sorted(name for (name,) in listing.rows(session, Partner, ["name"], ids))


def focus() -> QWidget:
    """What takes the keys now."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifiers)


def test_a_file_is_shown_with_what_it_was_taken_for(qtbot: QtBot, context: Context, table: Path) -> None:
    dialog = opened(qtbot, context, table)
    assert dialog.step is Step.FILE
    assert dialog.file.table == "partner"
    assert (dialog.file.encoding.currentText(), dialog.file.delimiter.currentText()) == (
        "utf-8 (found out)",
        "comma (found out)",
    )
    assert text_at(dialog.file.sample, 1, 0) == "大阪"
    assert dialog.steps.accessibleName() == "Step 1 of 5: File"
    dialog.reject()


def test_encoding_and_delimiter_can_be_said_instead(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Name;City\nŁódź;Łódź\n".encode("cp1250"))
    dialog = opened(qtbot, context, path)
    box = dialog.file.encoding
    box.setCurrentIndex(box.findData("cp1250"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, context)
    assert text_at(dialog.file.sample, 0, 0) == "Łódź"
    assert box.currentText() == "cp1250"
    dialog.reject()


def test_the_sheet_of_a_spreadsheet_can_be_chosen(
    qtbot: QtBot, context: Context, plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "partners.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for title, name in (("First", "Osaka"), ("Second", "Busan")):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, ["Name"])
            sheet.write_row(1, 0, [name])
    dialog = opened(qtbot, context, path)
    box = dialog.file.tab
    box.setCurrentIndex(box.findData("Second"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, context)
    go_to(qtbot, context, dialog, Step.REPORT)
    assert names(plan) == ["Busan"]
    dialog.accept()


def test_columns_say_how_they_are_known_and_what_is_chosen_is_remembered(
    qtbot: QtBot, context: Context, plan: Plan, table: Path
) -> None:
    dialog = opened(qtbot, context, table)
    go_to(qtbot, context, dialog, Step.COLUMNS)

    def known_by() -> list[str]:
        return [text_at(dialog.matching.table, row, 3) for row in range(5)]

    assert known_by() == ["Exact", "Exact", "Exact", "Synonym", "–"]
    assert "大阪" in text_at(dialog.matching.table, 0, 1)
    box = dialog.matching.table.cellWidget(4, 2)
    assert isinstance(box, QComboBox)
    assert focus() is box  # the first column that fits nothing
    box.setCurrentIndex(box.findData("own_name"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, context)
    assert known_by()[4] == "Chosen now"
    go_to(qtbot, context, dialog, Step.REPORT)
    assert context.settings.get(LEARNED_COLUMNS) == {"partner": {"grade": "own_name"}}
    dialog.accept()
    dialog = opened(qtbot, context, table)
    go_to(qtbot, context, dialog, Step.COLUMNS)
    assert known_by()[4] == "Learned"
    dialog.reject()


def test_the_rows_say_what_each_would_do_and_nothing_is_written(
    qtbot: QtBot, context: Context, plan: Plan, table: Path
) -> None:
    dialog = opened(qtbot, context, table)
    go_to(qtbot, context, dialog, Step.ROWS)
    page = dialog.rows
    assert page.preview is not None
    counts = page.preview.counts
    assert (counts[Fate.NEW], counts[Fate.ERROR]) == (2, 1)
    assert "New: 2" in page.state.text()
    page.fate.setCurrentIndex(page.fate.findData("error"))
    page.fate.activated.emit(page.fate.currentIndex())
    assert page.model.rowCount() == 1
    assert "Name: is missing" in page.about.text()
    dialog.reject()
    assert names(plan) == []


def test_the_import_is_one_change_after_a_backup_and_twice_changes_nothing(
    qtbot: QtBot, context: Context, plan: Plan, table: Path, tmp_path: Path
) -> None:
    dialog = opened(qtbot, context, table)
    go_to(qtbot, context, dialog, Step.REPORT)
    assert names(plan) == ["Đà Nẵng", "大阪"]
    assert next(one.path.name for one in backups.backups(plan.path)) in dialog.report.backup.text()
    assert dialog.report.save_rejected.isVisible()
    dialog.save_rejected(tmp_path / "rest.csv")
    settle(qtbot, context)
    assert "is missing" in (tmp_path / "rest.csv").read_text("utf-8-sig")
    dialog.next.click()
    dialog = opened(qtbot, context, table)
    go_to(qtbot, context, dialog, Step.ROWS)
    assert not dialog.next.isEnabled()
    assert dialog.rows.preview is not None
    assert dialog.rows.preview.counts[Fate.SAME] == 2
    dialog.reject()
    plan.undo()
    assert names(plan) == []


def test_doubtful_rows_are_decided_one_by_one_or_all_alike(
    qtbot: QtBot, context: Context, plan: Plan, tmp_path: Path
) -> None:
    with plan.edit("x") as edit:
        edit.add(Contact(given="Taro", family="Yamada", email="taro@example.jp"))
        edit.add(Contact(given="Zahra", family="Fatima", email="zahra@example.ma"))
    path = tmp_path / "people.csv"
    path.write_text(
        "Given name,Family name,E-mail\n太郎,山田,taro@example.jp\nفاطمة,الزهراء,zahra@example.ma\n", "utf-8"
    )
    dialog = opened(qtbot, context, path)
    go_to(qtbot, context, dialog, Step.ROWS)
    page = dialog.rows
    assert page.preview is not None
    assert [line.fate for line in page.preview.lines] == [Fate.DOUBTFUL] * 2
    assert page.asking.isVisible()
    page.choice.setCurrentIndex(page.choice.findData(LEAVE_OUT))
    page.choice.activated.emit(page.choice.currentIndex())
    assert sorted(page.choices.values()) == [LEAVE_OUT, 0]
    page.same.click()
    assert not dialog.next.isEnabled()
    page.choice.setCurrentIndex(1)
    page.same.click()
    assert "update “Zahra Fatima” (same e-mail)" in page.model.index(1, 3).data()
    go_to(qtbot, context, dialog, Step.REPORT)
    with plan.reading() as session:
        ids = listing.ids(session, Contact)
        people = {row[0] for row in listing.rows(session, Contact, ["family"], ids)}
    assert people == {"山田", "الزهراء"}
    dialog.accept()


def test_cards_skip_the_columns(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    path.write_text("BEGIN:VCARD\nFN:Ana Ito\nEMAIL:ana@example.org\nPHOTO:x\nEND:VCARD\n", "utf-8")
    dialog = opened(qtbot, context, path, "partner")
    assert dialog.steps.accessibleName() == "Step 1 of 4: File"
    dialog.next.click()
    settle(qtbot, context)
    assert (dialog.step, dialog.noun) == (Step.ROWS, Contact)
    assert "1 picture or sound was left out." in dialog.rows.state.text()
    dialog.back.click()
    assert dialog.step is Step.FILE
    dialog.reject()


def test_a_whole_plan_is_handed_on_to_become_a_plan_of_its_own(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({}), "utf-8")
    dialog = opened(qtbot, context, path)
    with qtbot.waitSignal(dialog.bundle_chosen) as handed:
        dialog.next.click()
    assert handed.args == [path]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\x00\x01\x02", "bytes that no text has"),
        ("a.xlsx", b"nonsense", "damaged"),
        ("a.vcf", b"nonsense", "no cards of people"),
        ("a.ics", b"", "no appointments"),
    ],
)
def test_an_empty_or_senseless_file_is_refused_in_words(
    qtbot: QtBot, context: Context, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    dialog = opened(qtbot, context, tmp_path / name)
    assert words in dialog.trouble.text()
    assert not dialog.next.isEnabled()
    dialog.reject()


def test_a_table_of_something_else_can_still_be_matched_by_hand(
    qtbot: QtBot, context: Context, plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "poem.csv"
    path.write_text("roses,violets\nred,blue\n", "utf-8")
    dialog = opened(qtbot, context, path)
    go_to(qtbot, context, dialog, Step.COLUMNS)
    assert not dialog.next.isEnabled()
    assert dialog.matching.warning.isVisible()
    box = dialog.matching.table.cellWidget(0, 2)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("name"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, context)
    go_to(qtbot, context, dialog, Step.REPORT)
    assert names(plan) == ["red"]
    dialog.accept()


def test_the_whole_way_is_walked_by_keyboard(qtbot: QtBot, context: Context, plan: Plan, table: Path) -> None:
    dialog = ImportAssistant(context)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.file.path)
    QTest.keyClicks(focus(), str(table))
    press(Qt.Key.Key_Return)
    settle(qtbot, context)
    assert (dialog.step, focus()) == (Step.FILE, dialog.file.noun)
    press(Qt.Key.Key_Return)
    settle(qtbot, context)
    assert dialog.step is Step.COLUMNS
    press(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shown(dialog) is Step.FILE)
    press(Qt.Key.Key_Return)
    settle(qtbot, context)
    press(Qt.Key.Key_Return)
    settle(qtbot, context)
    assert (dialog.step, focus()) == (Step.ROWS, dialog.rows.rows)
    press(Qt.Key.Key_Down)
    assert dialog.rows.rows.currentIndex().row() == 1
    press(Qt.Key.Key_Return)
    settle(qtbot, context)
    assert (dialog.step, focus()) == (Step.REPORT, dialog.next)
    assert names(plan) == ["Đà Nẵng", "大阪"]
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())


@pytest.mark.parametrize("step", [Step.FILE, Step.COLUMNS, Step.ROWS])
def test_escape_half_way_changes_nothing(
    qtbot: QtBot, context: Context, plan: Plan, table: Path, step: Step
) -> None:
    dialog = opened(qtbot, context, table)
    go_to(qtbot, context, dialog, step)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert names(plan) == []
    assert plan.undoable() is None
    assert backups.backups(plan.path) == []
    assert context.settings.get(LEARNED_COLUMNS) == {}


def test_escape_while_it_is_written_takes_everything_back_and_stays(
    qtbot: QtBot, context: Context, plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("Name\n" + "".join(f"City {n}\n" for n in range(20_000)), "utf-8")
    dialog = opened(qtbot, context, path)
    go_to(qtbot, context, dialog, Step.ROWS)
    dialog.next.click()
    assert dialog.step is Step.WRITING
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, context)
    assert shown(dialog) is Step.ROWS
    assert "Nothing was changed" in dialog.state.text()
    assert names(plan) == []
    assert plan.undoable() is None
    dialog.reject()
