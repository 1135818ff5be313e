"""The page of briefings: every choice, its live preview, files, batches, and all of it by keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cityplanner.base.settings import BRIEFINGS
from cityplanner.model.partner import Partner, PartnerKind, Sensitivity
from cityplanner.reports.choices import Ask, Audience, Form, Paper
from cityplanner.reports.kinds import KINDS
from cityplanner.reports.periods import Preset
from cityplanner.reports.report import Batch
from cityplanner.ui.context import Context
from cityplanner.ui.pages.initiative_overview import InitiativeOverview
from cityplanner.ui.pages.partner_overview import PartnerOverview
from cityplanner.ui.pages.reports import page as page_module
from cityplanner.ui.pages.reports.batch import BatchDialog
from cityplanner.ui.pages.reports.page import ReportsPage, with_ending
from cityplanner.ui.pages.reports.prepared import Prepared, remember, remembered
from tests.ui.conftest import Chain, add_partners

LONG = 60_000


def made(qtbot: QtBot, context: Context) -> ReportsPage:
    """The page, shown."""
    page = ReportsPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    qtbot.waitExposed(page)
    calm(qtbot, page, context)
    return page


def calm(qtbot: QtBot, page: ReportsPage, context: Context) -> None:
    """Wait until the preview is what it will be."""
    qtbot.waitUntil(lambda: page.ready and not page.preview.busy and not context.jobs.busy, timeout=LONG)


def choose(qtbot: QtBot, page: ReportsPage, context: Context, name: str) -> None:
    page.choose(name)
    calm(qtbot, page, context)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(one.get_textpage().get_text_bounded() for one in document)
    finally:
        document.close()


def walk_to(page: QWidget, wanted: QWidget) -> None:
    """Press Tab until a widget has the keyboard."""
    for _press in range(60):
        at = page.focusWidget() or page
        if at is wanted or wanted.isAncestorOf(at):
            return
        QTest.keyClick(at, Qt.Key.Key_Tab)
    raise AssertionError(f"{wanted.accessibleName()} cannot be reached by Tab")


def partner(context: Context, name: str, **also: object) -> int:
    one = Partner(name=name, kind=PartnerKind.CITY, country="JP", **also)  # type: ignore[arg-type]
    with context.plan.edit("Add a partner") as edit:
        edit.add(one)
    return one.id


def test_every_kind_can_be_chosen_and_is_described(qtbot: QtBot, context: Context) -> None:
    page = made(qtbot, context)
    for kind in KINDS:
        choose(qtbot, page, context, kind.name)
        assert page.side.description.text() == kind.description
        assert page.form.sections.count() == len(kind.sections)
        assert page.form.audience.currentData() == kind.audience.value
        for widget, ask in page.form._asked.items():
            assert widget.isVisibleTo(page.form) is (ask in kind.asks), (kind.name, ask)
        if not {Ask.PARTNER, Ask.INITIATIVE} & set(kind.asks):
            assert page.preview.data or page.preview.said


def test_what_is_missing_is_said_in_place_until_it_is_chosen(qtbot: QtBot, context: Context) -> None:
    number = partner(context, "Nagoya")
    page = made(qtbot, context)
    choose(qtbot, page, context, "partner-profile")
    assert page.preview.said == "A partner profile is about one partner. Choose the partner."
    assert not page.side.print.isEnabled()
    page.brief("partner", number)
    calm(qtbot, page, context)
    assert page.preview.said == ""
    assert "Nagoya" in text_of(page.preview.data)
    assert page.side.print.isEnabled()
    qtbot.waitUntil(lambda: page.preview.pages.drawn, timeout=LONG)


def test_a_briefing_is_made_by_keys_alone(
    qtbot: QtBot, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partner(context, "Nagoya")
    page = made(qtbot, context)
    page.activateWindow()
    page.kinds.setFocus()
    while page.kind.name != "partner-profile":
        QTest.keyClick(page.kinds, Qt.Key.Key_Down)
    calm(qtbot, page, context)
    line = page.form.partner.line.line
    walk_to(page, line)
    QTest.keyClicks(line, "nago")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.form.partner.ids) == 1)
    walk_to(page, page.form.sections)
    QTest.keyClick(page.form.sections, Qt.Key.Key_Down)
    QTest.keyClick(page.form.sections, Qt.Key.Key_Space)
    walk_to(page, page.form.language)
    while page.form.language.currentData() != "es":
        QTest.keyClick(page.form.language, Qt.Key.Key_Down)
    calm(qtbot, page, context)
    said = text_of(page.preview.data)
    target = tmp_path / "nagoya"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    walk_to(page, page.side.save)
    with qtbot.waitSignal(page.written, timeout=LONG):
        QTest.keyClick(page.side.save, Qt.Key.Key_Space)
    kept = remembered(context, page.kind).choices
    assert kept.language == "es"
    assert kept.left_out == {page.kind.sections[1].key}
    assert text_of((tmp_path / "nagoya.pdf").read_bytes()) == said
    assert page.side.open.isVisible()


@pytest.mark.parametrize(("form", "begins"), [(Form.HTML, b"<!DOCTYPE html"), (Form.DOCX, b"PK")])
def test_web_pages_and_word_documents_are_saved(
    qtbot: QtBot, context: Context, tmp_path: Path, form: Form, begins: bytes
) -> None:
    page = made(qtbot, context)
    page.form.form.setCurrentIndex(page.form.form.findData(form.value))
    target = with_ending(tmp_path / "briefing", form)
    with qtbot.waitSignal(page.written, timeout=LONG):
        page.write(target)
    assert target.suffix == f".{form.value}"
    assert target.read_bytes().startswith(begins)


def test_choices_are_remembered_for_the_plan_and_the_kind(qtbot: QtBot, context: Context) -> None:
    number = partner(context, "Nagoya")
    page = made(qtbot, context)
    choose(qtbot, page, context, "engagement-log")
    page.form.partners.set_picked({number: "Nagoya"})
    page.form.paper.setCurrentIndex(page.form.paper.findData(Paper.A4.value))
    page.form.period.box.setCurrentIndex(page.form.period.box.findData(Preset.LAST_YEAR.value))
    page.form.words.setText("dance")
    page.form.changed.emit()
    page.form.words.textEdited.emit("dance")
    choose(qtbot, page, context, "executive")
    again = made(qtbot, context)
    choose(qtbot, again, context, "engagement-log")
    prepared = again.form.prepared()
    assert prepared.choices.partners == (number,)
    assert prepared.choices.paper is Paper.A4
    assert prepared.choices.words == "dance"
    assert prepared.preset is Preset.LAST_YEAR
    assert again.form.partners.picked == {number: "Nagoya"}


def test_records_that_are_gone_are_no_longer_chosen(qtbot: QtBot, context: Context) -> None:
    kind = next(kind for kind in KINDS if kind.name == "partner-profile")
    chosen = remembered(context, kind)
    remember(context, kind, replace(chosen, choices=replace(chosen.choices, partners=(4711,), group=9)))
    page = made(qtbot, context)
    choose(qtbot, page, context, "partner-profile")
    assert page.form.prepared().choices.partners == ()
    assert page.preview.said.startswith("A partner profile")


def test_what_was_remembered_and_makes_no_sense_falls_back(context: Context) -> None:
    kind = KINDS[0]
    context.settings.set(
        BRIEFINGS,
        {str(context.plan.path): {kind.name: {"period": "x", "form": 3, "choices": {"language": "tlh"}}}},
    )
    assert remembered(context, kind) == Prepared()


def test_the_preview_follows_an_edit_of_the_plan(qtbot: QtBot, context: Context) -> None:
    number = partner(context, "Nagoya")
    page = made(qtbot, context)
    page.brief("partner", number)
    calm(qtbot, page, context)
    with context.plan.edit("Rename") as edit:
        edit.get(Partner, number).name = "Toyohashi"
    qtbot.waitUntil(lambda: "Toyohashi" in text_of(page.preview.data or pdf_of_nothing()), timeout=LONG)
    assert page.form.partner.picked == {number: "Toyohashi"}
    with context.plan.edit("Delete") as edit:
        edit.delete(edit.get(Partner, number))
    qtbot.waitUntil(lambda: page.preview.said.startswith("A partner profile"), timeout=LONG)


def pdf_of_nothing() -> bytes:
    """A PDF with one empty page."""
    import io

    document, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(10, 10)
    document.save(file)
    document.close()
    return file.getvalue()


def test_a_period_that_cannot_be_is_said_in_place(qtbot: QtBot, context: Context) -> None:
    page = made(qtbot, context)
    page.form.period.box.setCurrentIndex(page.form.period.box.findData(Preset.CUSTOM.value))
    page.form.period.box.activated.emit(0)
    assert page.form.period.begin.isVisible()
    page.form.period.begin.set_typed("2026-05-02")
    page.form.period.end.set_typed("2026-05-01")
    page.form.period.changed.emit()
    calm(qtbot, page, context)
    assert "ends before it begins" in page.preview.said
    page.form.period.end.set_typed("soon")
    page.form.period.changed.emit()
    calm(qtbot, page, context)
    assert "soon" in page.preview.said


def test_an_edit_of_the_plan_leaves_what_was_just_chosen_or_half_typed(
    qtbot: QtBot, context: Context
) -> None:
    first, second = add_partners(context.plan, ["Nagoya", "Lyon"])
    page = made(qtbot, context)
    choose(qtbot, page, context, "engagement-log")
    page.form.partners.set_picked({first: "Nagoya"})
    page.form.period.box.setCurrentIndex(page.form.period.box.findData(Preset.CUSTOM.value))
    page.form.period.end.set_typed("soon")
    with context.plan.edit("Rename") as edit:
        edit.get(Partner, first).name = "Toyohashi"
    page.form.partners.set_picked({first: "Nagoya", second: "Lyon"})
    qtbot.waitUntil(lambda: page.form.partners.picked == {first: "Toyohashi", second: "Lyon"})
    assert page.form.period.end.typed() == "soon"


def test_the_preview_is_stopped_and_shown_again(qtbot: QtBot, context: Context) -> None:
    page = made(qtbot, context)
    page.form.changed.emit()
    qtbot.waitUntil(lambda: page.preview.cancel.isVisible())
    page.preview.cancel.click()
    qtbot.waitUntil(lambda: not page.preview.busy)
    assert page.preview.data == b""
    assert "stopped" in page.preview.said
    again = page.preview.words.findChild(QPushButton)
    assert again is not None
    again.click()
    calm(qtbot, page, context)
    assert page.preview.data


def test_nothing_is_made_while_the_page_is_out_of_sight(qtbot: QtBot, context: Context) -> None:
    page = made(qtbot, context)
    page.hide()
    page.form.changed.emit()
    assert not page.preview.data
    assert not page.preview.busy
    page.show()
    calm(qtbot, page, context)
    assert page.preview.data


def test_our_own_mistake_leaves_the_page_usable(
    qtbot: QtBot, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(qtbot, context)

    def broken(*_given: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(page_module, "_write", broken)
    page.form.changed.emit()
    calm(qtbot, page, context)
    assert "could not be made" in page.preview.said
    page.write(tmp_path / "x.pdf")
    qtbot.waitUntil(page.side.save.isEnabled)
    assert "mistake" in page.side.state.text()


def test_the_public_briefing_says_what_it_leaves_out(qtbot: QtBot, context: Context) -> None:
    page = made(qtbot, context)
    assert page.form.told.text().startswith("Leaves out")
    page.form.audience.setCurrentIndex(page.form.audience.findData(Audience.INTERNAL.value))
    page.form.audience.activated.emit(1)
    assert page.form.told.text().startswith("Prints everything")


class TestMany:
    @pytest.fixture
    def dialog(self, qtbot: QtBot, context: Context) -> BatchDialog:
        add_partners(context.plan, ["Nagoya", "Lyon"])
        partner(context, "Secret place", sensitivity=Sensitivity.CONFIDENTIAL)
        page = made(qtbot, context)
        choose(qtbot, page, context, "partner-profile")
        page.form.audience.setCurrentIndex(page.form.audience.findData(Audience.PUBLIC.value))
        page.side.many.click()
        dialog = page.findChild(BatchDialog)
        assert isinstance(dialog, BatchDialog)
        return dialog

    def write(self, qtbot: QtBot, dialog: BatchDialog) -> Batch:
        with qtbot.waitSignal(dialog.ended, timeout=LONG):
            dialog.accept()
        return dialog.batch

    def test_one_that_fails_does_not_stop_the_others(
        self, qtbot: QtBot, dialog: BatchDialog, tmp_path: Path
    ) -> None:
        dialog.folder.setText(str(tmp_path / "many"))
        batch = self.write(qtbot, dialog)
        assert sorted(path.name for path in batch.made) == ["Lyon.pdf", "Nagoya.pdf"]
        assert [title for title, _why in batch.failed] == ["Secret place"]
        assert dialog.summary.text() == "2 files were written. 1 could not be."
        assert "Secret place" in dialog.report.item(0).text()

    def test_without_a_record_it_says_so(self, dialog: BatchDialog) -> None:
        dialog.choose({})
        dialog.accept()
        assert dialog.problem.text() == "No record is named."

    def test_it_can_be_stopped(self, qtbot: QtBot, dialog: BatchDialog, tmp_path: Path) -> None:
        dialog.folder.setText(str(tmp_path / "many"))
        with qtbot.waitSignal(dialog.ended, timeout=LONG):
            dialog.accept()
            dialog.busy.cancelled.emit()
        assert dialog.problem.text().startswith("Stopped")

    def test_a_folder_that_cannot_be_is_said(self, qtbot: QtBot, dialog: BatchDialog, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        dialog.folder.setText(str(tmp_path / "file"))
        self.write(qtbot, dialog)
        assert "cannot be used" in dialog.problem.text()


def test_overviews_lead_to_the_briefing(qtbot: QtBot, context: Context, chain: Chain) -> None:
    for overview, table, number in (
        (PartnerOverview(context), "partner", chain.partner),
        (InitiativeOverview(context), "initiative", chain.initiative),
    ):
        qtbot.addWidget(overview)
        overview.show_record(number)
        with qtbot.waitSignal(context.briefing_asked) as asked:
            overview.briefing.click()
        assert asked.args == [table, number]


def test_the_briefing_of_an_initiative_is_made_ready(qtbot: QtBot, context: Context, chain: Chain) -> None:
    page = made(qtbot, context)
    page.brief("initiative", chain.initiative)
    calm(qtbot, page, context)
    assert page.kind.name == "initiative-sheet"
    assert page.form.initiative.ids == [chain.initiative]
    assert page.side.many.text() == "For many initiatives…"
