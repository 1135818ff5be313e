"""What every editor of a field has in common, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextDocument
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from cityplanner.base.language import _
from cityplanner.model.field import Field
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.plain import tool_tip


class Editor(QWidget):
    """Shows and takes the value of one field.

    `typed` is what stands in it, right or wrong, as a text that `set_typed` puts back; `value` reads
    it and raises `UserError` where it cannot be read.
    """

    edited = Signal()
    """The user changed what stands in it."""
    left = Signal()
    """The keyboard focus went elsewhere."""
    wide = False
    """Whether it needs the whole width of a form."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.context = context
        self.zone: Callable[[], str] = lambda: context.zone
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.NARROW)
        self._input: QWidget = self

    @property
    def input(self) -> QWidget:
        """The widget that takes the keyboard."""
        return self._input

    def value(self) -> object:
        """What was typed, read as a value of the field; raises `UserError` in words."""
        raise NotImplementedError

    def set_value(self, value: object, title: str = "") -> None:
        """Show a value; `title` names the record that a link points to."""
        raise NotImplementedError

    def typed(self) -> str:
        """What stands in it, to be kept as a draft."""
        raise NotImplementedError

    def set_typed(self, text: str) -> None:
        """Put back what was typed."""
        raise NotImplementedError

    def set_editable(self, editable: bool) -> None:
        """Allow or refuse changes; what is shown stays readable and can be copied."""
        self.setEnabled(editable)

    def describe(self, name: str, description: str) -> None:
        """Say to a screen reader what this field is."""
        self._input.setAccessibleName(name)
        self._input.setAccessibleDescription(description)

    def _take_keyboard(self, widget: QWidget, *, stretch: int = 1) -> None:
        """Make `widget` the one that is typed into."""
        self._input = widget
        self._row.addWidget(widget, stretch)
        self.setFocusProxy(widget)
        widget.installEventFilter(self)

    def _add_button(self, text: str, name: str, action: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(tool_tip(name))
        button.clicked.connect(lambda: action())
        self._row.addWidget(button)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the focus leaves; hand on a wheel without focus, and Ctrl+Z where nothing was typed."""
        if watched is self._input:
            if event.type() == QEvent.Type.FocusOut:
                self.left.emit()
            elif (event.type() == QEvent.Type.Wheel and not self._input.hasFocus()) or (
                isinstance(event, QKeyEvent)
                and event.type() == QEvent.Type.ShortcutOverride
                and _is_of_the_plan(event, self._input)
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def _is_of_the_plan(event: QKeyEvent, widget: QWidget) -> bool:
    """Whether a key asks to undo or redo, and it cannot mean what was typed into the widget: nothing was."""
    typed = widget.document() if isinstance(widget, QPlainTextEdit) else widget
    if not isinstance(typed, QLineEdit | QTextDocument):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not typed.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not typed.isRedoAvailable()


def required_name(field: Field) -> str:
    """The field's label as a screen reader should say it."""
    return _("{label}, required").format(label=_(field.label)) if field.required else _(field.label)


def hide_offers(completer: QCompleter) -> None:
    """Close the list of a completer."""
    popup = completer.popup()
    if popup is not None:
        popup.hide()
