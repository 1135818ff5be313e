"""Editors that offer what can be chosen: enumerations, countries, currencies, zones, languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from cityplanner.base.language import Language, _, language
from cityplanner.model import codes, wording
from cityplanner.model.field import Field
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.editor import Editor, hide_offers
from cityplanner.ui.parts.plain import caption

Options = tuple[tuple[str, str], ...]
"""What can be chosen: key and label."""
MOST_ROWS = 8


def members(choices: type[StrEnum]) -> Options:
    """The members of an enumeration with their labels."""
    return tuple((member.value, wording.choice_label(member)) for member in choices)


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.box = QCheckBox(caption(_(field.label)), self)
        self.box.clicked.connect(lambda: self.edited.emit())
        self._take_keyboard(self.box)

    def value(self) -> object:
        """Whether it is checked."""
        return self.box.isChecked()

    def set_value(self, value: object, title: str = "") -> None:
        """Check or uncheck."""
        self.box.setChecked(bool(value))

    def typed(self) -> str:
        """`yes` or nothing."""
        return "yes" if self.box.isChecked() else ""

    def set_typed(self, text: str) -> None:
        """Put it back."""
        self.box.setChecked(bool(text))


class ChoiceEditor(Editor):
    """One of an enumeration; with an empty entry where none need be chosen."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        assert field.choices is not None
        self.box = QComboBox(self)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.addItem("", "")
        for key, label in members(field.choices):
            self.box.addItem(label, key)
        self.box.activated.connect(lambda: self.edited.emit())
        self._take_keyboard(self.box)

    def value(self) -> object:
        """The member, or None."""
        assert self.field.choices is not None
        key = self.box.currentData()
        return self.field.choices(key) if key else None

    def set_value(self, value: object, title: str = "") -> None:
        """Show a member."""
        self.set_typed(str(value) if value else "")

    def typed(self) -> str:
        """The member's value."""
        return str(self.box.currentData() or "")

    def set_typed(self, text: str) -> None:
        """Put it back."""
        self.box.setCurrentIndex(max(self.box.findData(text), 0))


class ChoicesEditor(Editor):
    """Any number out of an enumeration, to be checked in a list."""

    wide = True

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        assert field.choices is not None
        self.list = QListWidget(self)
        self.list.setTabKeyNavigation(False)
        for key, label in members(field.choices):
            item = QListWidgetItem(label, self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Unchecked)
        rows = min(self.list.count(), MOST_ROWS)
        self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + theme.SMALL)
        self._shows = False
        self.list.itemChanged.connect(lambda: None if self._shows else self.edited.emit())
        self._take_keyboard(self.list)

    def value(self) -> object:
        """The checked members' values in the order of the enumeration."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def set_value(self, value: object, title: str = "") -> None:
        """Check those."""
        self.set_typed("\n".join(value) if isinstance(value, tuple) else "")

    def typed(self) -> str:
        """The checked values, one to a line."""
        value = self.value()
        return "\n".join(value) if isinstance(value, tuple) else ""

    def set_typed(self, text: str) -> None:
        """Put it back."""
        checked = set(text.split("\n"))
        self._shows = True
        for row in range(self.list.count()):
            item = self.list.item(row)
            on = item.data(Qt.ItemDataRole.UserRole) in checked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._shows = False


@cache
def countries(tag: str) -> Options:
    """Every country by name."""
    names = language(tag).locale.territories
    found = [(str(code), str(name)) for code, name in names.items() if codes.is_country(str(code))]
    return tuple(sorted(found, key=lambda country: country[1].casefold()))


@cache
def currencies(tag: str) -> Options:
    """Every currency in use, by code, with its name."""
    from babel.numbers import list_currencies

    names = language(tag).locale.currencies
    return tuple((code, f"{code} \N{EN DASH} {names.get(code, code)}") for code in sorted(list_currencies()))


@cache
def zones(tag: str) -> Options:
    """Every time zone by its IANA name."""
    return tuple((name, name) for name in sorted(codes.zones()) if "/" in name or name == "UTC")


@cache
def languages(tag: str) -> Options:
    """Every language by its name in the window's language."""
    spoken: Language = language(tag)
    found = [(str(code).replace("_", "-"), str(name)) for code, name in spoken.locale.languages.items()]
    return tuple(sorted(found, key=lambda one: one[1].casefold()))


def warm(tag: str) -> None:
    """Read, in the thread that calls, what the first form would otherwise wait for: names in a language."""
    for options in (countries, currencies, zones, languages):
        options(tag)
    language(tag).date(date(2026, 3, 31))


def _completer(labels: Iterable[str], line: QLineEdit) -> QCompleter:
    completer = QCompleter(list(labels), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return completer


class SearchCombo(Editor):
    """One out of many, found by typing any part of its name."""

    def __init__(
        self,
        field: Field,
        context: Context,
        parent: QWidget | None = None,
        *,
        options: Callable[[str], Options],
    ) -> None:
        super().__init__(field, context, parent)
        self._options = options(context.language.tag)
        self._labels = dict(self._options)
        self._keys = {label.casefold(): key for key, label in self._options}
        self._keys.update({key.casefold(): key for key, _label in self._options})
        self.box = QComboBox(self)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setModel(QStringListModel([label for _key, label in self._options], self.box))
        self.box.setCurrentIndex(-1)
        line = self.box.lineEdit()
        assert line is not None
        self.box.setCompleter(_completer(self._labels.values(), line))
        line.textEdited.connect(lambda: self.edited.emit())
        self.box.activated.connect(lambda: self.edited.emit())
        self._take_keyboard(self.box)

    def value(self) -> object:
        """The key of what was chosen or typed; an unknown text is left to the field's rules."""
        text = self.box.currentText().strip()
        known = self._keys.get(text.casefold())
        return known or (wording.read(self.field, text, self.context.currency) if text else None)

    def set_value(self, value: object, title: str = "") -> None:
        """Show the label of a key."""
        self.set_typed(self._labels.get(str(value), str(value)) if value else "")

    def typed(self) -> str:
        """The text."""
        return self.box.currentText()

    def set_typed(self, text: str) -> None:
        """Put a text back."""
        self.box.setCurrentIndex(self.box.findText(text, Qt.MatchFlag.MatchFixedString) if text else -1)
        self.box.setEditText(text)


class LanguagesEditor(Editor):
    """Languages by name or tag with commas between them; the last one is completed."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        # A name with a comma in it could not be read back; such languages are shown by their tag.
        options = [(tag, name) for tag, name in languages(context.language.tag) if "," not in name]
        self._names: dict[str, str] = dict(options)
        self._tags = {name.casefold(): tag for tag, name in options}
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("such as Japanese, English"))
        self._completer = _completer(self._names.values(), self.line)
        self._completer.setWidget(self.line)
        self._completer.activated.connect(self._complete)
        self.line.textEdited.connect(self._typed)
        self._take_keyboard(self.line)

    def value(self) -> object:
        """The tags."""
        entries = (entry.strip() for entry in self.line.text().split(","))
        return tuple(dict.fromkeys(self._tags.get(entry.casefold(), entry) for entry in entries if entry))

    def set_value(self, value: object, title: str = "") -> None:
        """Show the names."""
        tags = value if isinstance(value, tuple) else ()
        self.line.setText(", ".join(self._names[tag] if tag in self._names else str(tag) for tag in tags))

    def typed(self) -> str:
        """The text."""
        return self.line.text()

    def set_typed(self, text: str) -> None:
        """Put a text back."""
        self.line.setText(text)

    def _typed(self, text: str) -> None:
        last = text.rpartition(",")[2].strip()
        self._completer.setCompletionPrefix(last)
        if len(last) > 1:
            self._completer.complete()
        else:
            hide_offers(self._completer)
        self.edited.emit()

    def _complete(self, name: str) -> None:
        before, comma, _last = self.line.text().rpartition(",")
        self.line.setText(f"{before}{comma} {name}".strip())
        self.edited.emit()
