"""Which editor serves which kind of field."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cityplanner.model.field import Field, Kind
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.choices import (
    ChoiceEditor,
    ChoicesEditor,
    FlagEditor,
    LanguagesEditor,
    SearchCombo,
    countries,
    currencies,
    zones,
)
from cityplanner.ui.parts.editors.editor import Editor
from cityplanner.ui.parts.editors.lines import ColourEditor, DateEditor, LineEditor
from cityplanner.ui.parts.editors.link import LinkEditor
from cityplanner.ui.parts.editors.texts import ListEditor, TextEditor

_EDITORS: dict[Kind, Callable[[Field, Context, QWidget | None], Editor]] = {
    Kind.TEXT: LineEditor,
    Kind.LONG_TEXT: TextEditor,
    Kind.INTEGER: LineEditor,
    Kind.NUMBER: LineEditor,
    Kind.PERCENT: LineEditor,
    Kind.MONEY: LineEditor,
    Kind.FLAG: FlagEditor,
    Kind.DATE: DateEditor,
    Kind.PARTIAL_DATE: LineEditor,
    Kind.MOMENT: DateEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.WORDS: ListEditor,
    Kind.CHOICES: ChoicesEditor,
    Kind.LINK: LinkEditor,
    Kind.COUNTRY: partial(SearchCombo, options=countries),
    Kind.CURRENCY: partial(SearchCombo, options=currencies),
    Kind.LANGUAGES: LanguagesEditor,
    Kind.ZONE: partial(SearchCombo, options=zones),
    Kind.EMAIL: LineEditor,
    Kind.EMAILS: ListEditor,
    Kind.PHONE: LineEditor,
    Kind.PHONES: ListEditor,
    Kind.COLOUR: ColourEditor,
}


def editor(field: Field, context: Context, parent: QWidget | None = None) -> Editor:
    """A new editor for a field."""
    return _EDITORS[field.kind](field, context, parent)
