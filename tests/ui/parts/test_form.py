"""Forms: built for every noun, faithful to what they show, clear about what is wrong, never losing a word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cityplanner.model.agreement import Agreement
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.initiative import Initiative
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts import record
from cityplanner.ui.parts.editors.link import LinkEditor
from cityplanner.ui.parts.form import Form
from cityplanner.ui.parts.record import Shown
from cityplanner.ui.parts.record_dialog import RecordDialog
from cityplanner.ui.parts.record_form import RecordForm
from tests.ui.conftest import Chain, add_partners, refused, saved

VALUES: dict[Kind, Any] = {
    Kind.TEXT: "Zürich & <b>東京</b>",
    Kind.LONG_TEXT: "First line\nsecond line\n\nعربي",
    Kind.NUMBER: Decimal("1.25"),
    Kind.PERCENT: 40,
    Kind.MONEY: 1_250_050,
    Kind.FLAG: True,
    Kind.DATE: date(2026, 3, 31),
    Kind.PARTIAL_DATE: "2020-04",
    Kind.MOMENT: datetime(2026, 3, 31, 14, 30, tzinfo=UTC),
    Kind.WORDS: ("one", "two"),
    Kind.LINK: 1,
    Kind.COUNTRY: "JP",
    Kind.CURRENCY: "KWD",
    Kind.LANGUAGES: ("ja", "zh-Hant", "pt-BR"),
    Kind.ZONE: "Asia/Tokyo",
    Kind.EMAIL: "name@example.org",
    Kind.EMAILS: ("one@example.org", "two@example.org"),
    Kind.PHONE: "+81529611111",
    Kind.PHONES: ("+81529611111",),
    Kind.COLOUR: "#1a5fb4",
}


def value_of(field: Field) -> Any:
    """A value that is not the default."""
    if field.kind is Kind.CHOICE:
        assert field.choices is not None
        return list(field.choices)[-1]
    if field.kind is Kind.CHOICES:
        assert field.choices is not None
        return tuple(member.value for member in list(field.choices)[1:3])
    if field.kind is Kind.INTEGER:
        return field.maximum if field.maximum is not None else 7
    return VALUES[field.kind]


def values_of(noun: type[Entity]) -> dict[str, Any]:
    """A value for each field of a noun."""
    return {field.name: value_of(field) for field in fields(noun)}


@pytest.fixture
def partner_form(qtbot: QtBot, context: Context) -> RecordForm:
    """A form on a new partner, shown."""
    form = RecordForm(context, Partner)
    qtbot.addWidget(form)
    form.show_record(record.begin(context.plan, Partner, {}, context.zone))
    form.show()
    return form


def line(form: RecordForm, name: str) -> QLineEdit:
    """The line of a field."""
    widget = form.form.row(name).editor.input
    assert isinstance(widget, QLineEdit)
    return widget


@pytest.mark.parametrize("table", nouns())
def test_a_form_shows_every_value_of_every_noun_and_reads_it_back(
    qtbot: QtBot, context: Context, table: str
) -> None:
    noun = nouns()[table]
    form = Form(context, noun)
    qtbot.addWidget(form)
    values = values_of(noun)
    titles = {field.name: "A title" for field in fields(noun) if field.kind is Kind.LINK}

    form.show_record(Shown(1, values, titles))

    assert not form.is_changed
    assert {field.name: form.row(field.name).editor.value() for field in fields(noun)} == values


@pytest.mark.parametrize("table", nouns())
def test_what_was_typed_comes_back_from_a_draft_in_every_noun(
    qtbot: QtBot, context: Context, table: str
) -> None:
    noun = nouns()[table]
    form, other = Form(context, noun), Form(context, noun)
    for made in (form, other):
        qtbot.addWidget(made)
    titles = {field.name: "A title" for field in fields(noun) if field.kind is Kind.LINK}
    form.show_record(Shown(None, values_of(noun), titles))
    typed = {field.name: form.row(field.name).editor.typed() for field in fields(noun) if not field.derived}

    other.show_record(record.begin(context.plan, noun, {}, context.zone))
    other.restore(typed)

    back = {name: other.row(name).editor.value() for name in typed}
    assert back == {name: form.row(name).editor.value() for name in typed}


@pytest.mark.parametrize("table", nouns())
def test_every_editor_has_a_name_for_a_screen_reader_and_shows_plain_text(
    qtbot: QtBot, context: Context, table: str
) -> None:
    form = Form(context, nouns()[table])
    qtbot.addWidget(form)

    for field in fields(nouns()[table]):
        assert form.row(field.name).editor.input.accessibleName().startswith(field.label)
    assert all(box.tabChangesFocus() for box in form.findChildren(QPlainTextEdit))


def test_saving_writes_only_the_changed_fields(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    form = RecordForm(context, Partner)
    qtbot.addWidget(form)
    shown = record.load(plan, Partner, chain.partner)
    assert shown is not None
    form.show_record(shown)
    with plan.edit("Somebody else") as edit:
        found = edit.get(Partner, chain.partner)
        assert found is not None
        found.city = "Nagoya-shi"

    line(form, "own_name").setText("名古屋市")
    assert saved(qtbot, form) == chain.partner

    with plan.reading() as session:
        kept = session.get_one(Partner, chain.partner)
        assert (kept.city, kept.own_name) == ("Nagoya-shi", "名古屋市")
    assert plan.undoable() == "Edit partner “Nagoya”"


def test_a_new_record_is_saved_with_its_defaults(qtbot: QtBot, partner_form: RecordForm, plan: Plan) -> None:
    line(partner_form, "name").setText("Milan")

    number = saved(qtbot, partner_form)

    with plan.reading() as session:
        kept = session.get_one(Partner, number)
        assert (kept.name, kept.kind) == ("Milan", PartnerKind.CITY)
    assert partner_form.title == "Milan"
    assert plan.undoable() == "Add partner “Milan”"


def test_problems_stand_beside_their_fields_and_nothing_is_saved(
    qtbot: QtBot, partner_form: RecordForm, plan: Plan
) -> None:
    line(partner_form, "latitude").setText("far north")

    refused(qtbot, partner_form)

    assert "is missing" in partner_form.form.row("name").problem
    assert "not a number" in partner_form.form.row("latitude").problem
    assert (
        partner_form.form.row("name").problem
        in partner_form.form.row("name").editor.input.accessibleDescription()
    )
    with plan.reading() as session:
        assert session.query(Partner).count() == 0


def test_leaving_a_field_says_what_is_wrong_with_it_and_mending_clears_it(
    qtbot: QtBot, partner_form: RecordForm
) -> None:
    latitude = line(partner_form, "latitude")
    latitude.setFocus()
    qtbot.keyClicks(latitude, "91")
    partner_form.form.row("latitude").left.emit()
    assert "at most 90" in partner_form.form.row("latitude").problem
    assert partner_form.form.row("name").problem == ""

    qtbot.keyClick(latitude, Qt.Key.Key_Backspace)
    assert partner_form.form.row("latitude").problem == ""


def test_rules_over_several_fields_stand_beside_the_field_they_name(qtbot: QtBot, context: Context) -> None:
    form = RecordForm(context, Agreement)
    qtbot.addWidget(form)
    form.show_record(record.begin(context.plan, Agreement, {}, context.zone))
    line(form, "title").setText("Pact")
    line(form, "signed_on").setText("2020")
    line(form, "expires_on").setText("2019-01-01")

    refused(qtbot, form)

    assert "before the signing" in form.form.row("expires_on").problem


def test_a_refusal_by_the_plan_is_said_in_words(qtbot: QtBot, context: Context, chain: Chain) -> None:
    form = RecordForm(context, Initiative)
    qtbot.addWidget(form)
    form.show_record(record.begin(context.plan, Initiative, {"code": "I-1"}, context.zone))
    line(form, "title").setText("Twin")
    form.form.row("theme").editor.set_typed("local engagement")

    refused(qtbot, form)

    assert form.form.is_changed


def test_escape_keeps_what_was_typed(qtbot: QtBot, partner_form: RecordForm) -> None:
    name = line(partner_form, "name")
    qtbot.keyClicks(name, "Half a na")

    qtbot.keyClick(name, Qt.Key.Key_Escape)

    assert name.text() == "Half a na"


def test_a_draft_survives_leaving_the_record_and_a_restart(
    qtbot: QtBot, context: Context, plan: Plan, tmp_path: Any
) -> None:
    first, second = add_partners(plan, ["First", "Second"])
    form = RecordForm(context, Partner)
    qtbot.addWidget(form)
    shown = record.load(plan, Partner, first)
    other = record.load(plan, Partner, second)
    assert shown is not None
    assert other is not None
    form.show_record(shown)
    line(form, "city").setText("Half typed")

    form.show_record(other)
    assert line(form, "city").text() == "Second"
    restarted = Context(plan, context.settings, context.language, drafts=tmp_path / "drafts")
    again = RecordForm(restarted, Partner)
    qtbot.addWidget(again)
    again.show_record(shown)

    assert line(again, "city").text() == "Half typed"
    again.discard()
    assert line(again, "city").text() == "First"
    assert restarted.drafts.get("partner", first) == {}
    restarted.close()


def test_hiding_the_form_keeps_a_draft(partner_form: RecordForm, context: Context) -> None:
    line(partner_form, "name").setText("Half")

    partner_form.hide()

    assert context.drafts.get("partner", None)["name"] == "Half"


def test_saving_forgets_the_draft(qtbot: QtBot, partner_form: RecordForm, context: Context) -> None:
    line(partner_form, "name").setText("Whole")
    partner_form.keep_draft()

    saved(qtbot, partner_form)

    assert context.drafts.get("partner", None) == {}


def test_fields_of_a_condition_appear_with_it_and_keep_what_they_hold(
    qtbot: QtBot, partner_form: RecordForm
) -> None:
    kind, district = partner_form.form.row("kind"), partner_form.form.row("consular_district")
    assert district.isHidden()

    kind.editor.set_typed(PartnerKind.CONSULATE)
    kind.edited.emit()
    assert not district.isHidden()

    line(partner_form, "consular_district").setText("Ohio")
    kind.editor.set_typed(PartnerKind.CITY)
    kind.edited.emit()
    assert district.isHidden()
    assert district.editor.value() == "Ohio"


def test_a_meeting_is_typed_in_its_own_time_zone(qtbot: QtBot, context: Context, plan: Plan) -> None:
    form = RecordForm(context, Engagement)
    qtbot.addWidget(form)
    form.show_record(record.begin(plan, Engagement, {}, context.zone))
    line(form, "title").setText("Call")
    form.form.row("zone").editor.set_typed("Asia/Tokyo")
    line(form, "starts_at").setText("2026-03-31 09:00")

    number = saved(qtbot, form)

    with plan.reading() as session:
        assert session.get_one(Engagement, number).starts_at == datetime(2026, 3, 31, 0, 0, tzinfo=UTC)
    assert line(form, "starts_at").text() == "2026-03-31 09:00"


def test_a_read_only_plan_is_shown_and_cannot_be_typed_into(
    qtbot: QtBot, partner_form: RecordForm, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(context), "read_only", True)
    form = RecordForm(context, Contact)
    qtbot.addWidget(form)
    form.show_record(record.begin(context.plan, Contact, {}, context.zone))

    assert line(form, "given").isReadOnly()
    refused(qtbot, form)


def test_a_link_is_found_by_typing_and_opened(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    form = Form(context, nouns()["gift"])
    qtbot.addWidget(form)
    form.show_record(record.begin(plan, nouns()["gift"], {}, context.zone))
    form.show()
    editor = form.row("partner_id").editor
    assert isinstance(editor, LinkEditor)
    qtbot.keyClicks(editor.line, "nago")
    qtbot.waitUntil(lambda: bool(editor.offered))
    editor.line.setText("Nagoya")
    assert editor.value() == chain.partner

    form.show_record(Shown(1, {"partner_id": chain.partner}, {"partner_id": "Nagoya"}))
    with qtbot.waitSignal(context.opened) as opened:
        editor.open_button.click()
    assert opened.args == ["partner", chain.partner]


def test_a_text_that_names_no_record_is_refused_in_words(qtbot: QtBot, context: Context) -> None:
    form = Form(context, nouns()["gift"])
    qtbot.addWidget(form)
    form.show_record(record.begin(context.plan, nouns()["gift"], {}, context.zone))
    form.row("partner_id").editor.set_typed("Atlantis")

    _values, problems = form.read()

    assert any("“Atlantis” is none of the partners" in problem.text for problem in problems)


def test_closing_the_plan_keeps_a_draft(partner_form: RecordForm, context: Context) -> None:
    line(partner_form, "name").setText("Half")

    context.close()

    assert context.drafts.get("partner", None)["name"] == "Half"


def test_escape_in_a_small_window_closes_it_and_keeps_what_was_typed_for_next_time(
    qtbot: QtBot, context: Context, chain: Chain
) -> None:
    given = {"initiative_id": chain.initiative}
    dialog = RecordDialog(context, nouns()["milestone"], given=given)
    dialog.open()
    qtbot.keyClicks(line(dialog.form, "title"), "Half a milestone")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()

    again = RecordDialog(context, nouns()["milestone"], given=given)
    again.open()
    assert line(again.form, "title").text() == "Half a milestone"
    line(again.form, "due_on").setText("2027-01-31")
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow)
    with qtbot.waitSignal(again.saved):
        qtbot.keyClick(line(again.form, "due_on"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert not again.isVisible()
    with context.plan.reading() as session:
        milestone = session.query(nouns()["milestone"]).one()
        assert milestone.initiative_id == chain.initiative


@pytest.mark.parametrize("name", ["family", "notes"])
def test_undo_in_a_field_is_of_what_was_typed_there_and_then_of_the_plan(
    qtbot: QtBot, context: Context, name: str
) -> None:
    form = Form(context, Contact)
    qtbot.addWidget(form)
    asked: list[str] = []
    for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
        QShortcut(key, form).activated.connect(lambda key=key: asked.append(key.name))
    with qtbot.waitActive(form):
        form.show()
    field = form.row(name).editor.input
    field.setFocus()
    qtbot.keyClicks(field, "word")

    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (form.row(name).editor.typed(), asked) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["Undo"]
    qtbot.keyClick(
        field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert (form.row(name).editor.typed(), asked) == ("word", ["Undo"])
    qtbot.keyClick(
        field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert asked == ["Undo", "Redo"]
