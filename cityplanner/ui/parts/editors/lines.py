"""Editors of one line that is typed and read: texts, numbers, money, addresses, dates, colors."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QColor, QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QCalendarWidget,
    QColorDialog,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _
from cityplanner.base.money import to_decimal
from cityplanner.model import wording
from cityplanner.model.field import Field, Kind
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.editor import Editor

HINTS = {
    Kind.DATE: N_("year-month-day"),
    Kind.PARTIAL_DATE: N_("year, year-month or year-month-day"),
    Kind.MOMENT: N_("year-month-day hour:minute"),
    Kind.EMAIL: N_("such as name@example.org"),
    Kind.PHONE: N_("such as +81 52 961 1111"),
    Kind.COLOUR: N_("such as #1a5fb4"),
}
FIRST_COLOUR = "#1a5fb4"


def written(field: Field, value: object, currency: str, zone: str) -> str:
    """A value as it is typed: exact, without grouping or symbols, to be read back as the same value."""
    if value is None:
        return ""
    if field.kind is Kind.MONEY and isinstance(value, int):
        return str(to_decimal(value, currency))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


class LineEditor(Editor):
    """One line of text that is read by the rules of the field's kind."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_(HINTS.get(field.kind, "")))
        self.line.textEdited.connect(lambda: self.edited.emit())
        self._take_keyboard(self.line)

    def value(self) -> object:
        """What was typed, read."""
        text = self.line.text()
        if self.field.kind is Kind.TEXT:
            return text.strip()
        return wording.read(self.field, text, self.context.currency, self.zone(), self.context.country)

    def set_value(self, value: object, title: str = "") -> None:
        """Show a value as it would be typed."""
        self._show(written(self.field, value, self.context.currency, self.zone()))

    def typed(self) -> str:
        """The text."""
        return self.line.text()

    def set_typed(self, text: str) -> None:
        """Put a text back."""
        self._show(text)

    def set_editable(self, editable: bool) -> None:
        """A line that may not change can still be selected."""
        self.line.setReadOnly(not editable)

    def _show(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _enter(self, text: str) -> None:
        """Take a text that the user chose rather than typed."""
        self.line.setText(text)
        self.edited.emit()


class DateEditor(LineEditor):
    """A date that is typed, or picked from a calendar; a moment keeps its time of day."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self._button = self._add_button(
            "\N{BLACK DOWN-POINTING SMALL TRIANGLE}", _("Open calendar"), self._pick
        )
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        QShortcut(QKeySequence("Alt+Down"), self.line, self._pick, context=Qt.ShortcutContext.WidgetShortcut)

    def set_editable(self, editable: bool) -> None:
        """Without a calendar where nothing can be picked."""
        super().set_editable(editable)
        self._button.setEnabled(editable)

    def _pick(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setAccessibleName(_("Calendar"))
        calendar.setSelectedDate(self._shown_date())
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(lambda day: self._picked(day, menu))
        calendar.clicked.connect(lambda day: self._picked(day, menu))
        menu.popup(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        calendar.setFocus()

    def _shown_date(self) -> QDate:
        try:
            value = self.value()
        except UserError:
            value = None
        if isinstance(value, datetime):
            value = value.astimezone(ZoneInfo(self.zone()))
        return QDate(value.year, value.month, value.day) if isinstance(value, date) else QDate.currentDate()

    def _picked(self, day: QDate, menu: QMenu) -> None:
        text = day.toString(Qt.DateFormat.ISODate)
        if self.field.kind is Kind.MOMENT:
            text = f"{text} {self._time_of_day()}"
        menu.close()
        self._enter(text)
        self.line.setFocus()

    def _time_of_day(self) -> str:
        try:
            value = self.value()
        except UserError:
            value = None
        moment = value if isinstance(value, datetime) else datetime(2000, 1, 1, 9, tzinfo=UTC)
        zone = ZoneInfo(self.zone()) if isinstance(value, datetime) else UTC
        return moment.astimezone(zone).strftime("%H:%M")


class ColourEditor(LineEditor):
    """A color as #rrggbb, with a swatch that opens a picker."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self._swatch = self._add_button("", _("Choose color"), self._pick)
        self.line.textChanged.connect(self._paint)
        self._paint("")

    def set_editable(self, editable: bool) -> None:
        """Without a picker where nothing can be picked."""
        super().set_editable(editable)
        self._swatch.setEnabled(editable)

    def _paint(self, text: str) -> None:
        side = self._swatch.iconSize().width()
        picture = QPixmap(side, side)
        colour = QColor(text.strip())
        picture.fill(colour if colour.isValid() else Qt.GlobalColor.transparent)
        self._swatch.setIcon(QIcon(picture))

    def _pick(self) -> None:
        dialog = QColorDialog(QColor(self.line.text().strip() or FIRST_COLOUR), self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._enter(colour.name()))
        dialog.open()
