"""The command palette: matching, keys, and that the newest question wins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cityplanner.ui.parts.palette import Entry, EntryModel, Palette, fold, matching


def entry(title: str, detail: str = "Command", ran: list[str] | None = None) -> Entry:
    """A line that notes that it was run."""
    return Entry(title, detail, "file-text", lambda: (ran if ran is not None else []).append(title))


@pytest.fixture
def ran() -> list[str]:
    """What was run."""
    return []


@pytest.fixture
def palette(qtbot: QtBot, ran: list[str]) -> Iterator[Palette]:
    """An open palette over a window."""
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    made = Palette(
        [entry("Undo", ran=ran), entry("Open recent", ran=ran), entry("Partners", "Page", ran)], window
    )
    made.open_over(window)
    yield made
    made.close()


def titles(palette: Palette) -> list[str]:
    """The lines shown."""
    return [palette.model.entry(row).title for row in range(palette.model.rowCount())]


def test_words_match_beginnings_of_words_without_accents_and_case() -> None:
    entries = [entry("Ångström café"), entry("Open recent")]
    assert [found.title for found in matching(entries, "CAFE ang")] == ["Ångström café"]
    assert [found.title for found in matching(entries, "pen")] == []
    assert fold("É") == "e"


def test_entries_that_begin_with_the_text_come_first() -> None:
    entries = [entry("Open recent"), entry("Recent plans")]
    assert [found.title for found in matching(entries, "rec")] == ["Recent plans", "Open recent"]


def test_typing_narrows_and_enter_runs_the_first(qtbot: QtBot, palette: Palette, ran: list[str]) -> None:
    assert titles(palette) == ["Undo", "Open recent", "Partners"]
    qtbot.keyClicks(palette.field, "par")
    assert titles(palette) == ["Partners"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["Partners"]
    assert not palette.isVisible()


def test_arrow_keys_choose_another_line(qtbot: QtBot, palette: Palette, ran: list[str]) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["Open recent"]


def test_every_keystroke_asks_for_records(qtbot: QtBot, palette: Palette) -> None:
    asked: list[str] = []
    palette.asked.connect(asked.append)
    qtbot.keyClicks(palette.field, "nag")
    assert asked == ["n", "na", "nag"]


def test_an_answer_to_an_older_question_is_not_shown(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "nag")
    palette.show_records("na", [entry("Late answer", "Partner")])
    assert titles(palette) == []
    palette.show_records("nag", [entry("Nagoya", "Partner")])
    assert titles(palette) == ["Nagoya"]


def test_nothing_found_is_said(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "zzz")
    assert not palette.list.isVisible()
    assert palette._empty.isVisible()


def test_escape_closes_without_running(qtbot: QtBot, palette: Palette, ran: list[str]) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert ran == []


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot) -> None:
    model = EntryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show([entry("One"), entry("Two")])
    assert model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole) == "Two, Command"
    model.show([])


def test_markup_in_a_title_stays_text(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "img")
    palette.show_records("img", [entry("<img src=x>", "Partner")])
    assert titles(palette) == ["<img src=x>"]
    assert not palette.grab().isNull()
