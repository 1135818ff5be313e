"""The choice of a period: by its name, or by its first and last day."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from cityplanner.base.language import N_, _
from cityplanner.model.field import Field, Kind
from cityplanner.reports.periods import LABELS, Preset
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.editors.lines import DateEditor
from cityplanner.ui.theme import Role, text_label

FIRST = Field(Kind.DATE, N_("First day"), "begin")
LAST = Field(Kind.DATE, N_("Last day"), "end")


class PeriodChoice(QWidget):
    """A box of names; “Other days” shows two dates."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.box = QComboBox()
        for preset in Preset:
            self.box.addItem(_(LABELS.get(preset, "")), preset.value)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self.box.setAccessibleName(_("Period"))
        self.setFocusProxy(self.box)
        self.begin, self.end = DateEditor(FIRST, context), DateEditor(LAST, context)
        self._labels = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.HAIR)
        grid.addWidget(self.box, 0, 0, 1, 2)
        for row, (one, editor) in enumerate(((FIRST, self.begin), (LAST, self.end)), 1):
            label = text_label(_(one.label), Role.MUTED)
            self._labels.append(label)
            editor.describe(_(one.label), "")
            editor.edited.connect(self.changed)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
        grid.setColumnStretch(1, 1)
        self.box.activated.connect(self._chosen)
        self._arrange()

    @property
    def preset(self) -> Preset:
        """The period's name."""
        return Preset(self.box.currentData())

    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """The days of “Other days”; raises `UserError` for one that can't be read."""
        if self.preset is not Preset.CUSTOM:
            return None, None
        begin, end = self.begin.value(), self.end.value()
        return begin if isinstance(begin, dt.date) else None, end if isinstance(end, dt.date) else None

    def show_period(self, usual: str, preset: Preset, begin: dt.date | None, end: dt.date | None) -> None:
        """Show a period; `usual` says what a kind takes when nothing is chosen."""
        self.box.setItemText(self.box.findData(Preset.USUAL.value), usual)
        self.box.setCurrentIndex(self.box.findData(preset.value))
        self.begin.set_value(begin)
        self.end.set_value(end)
        self._arrange()

    def _chosen(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        for widget in (self.begin, self.end, *self._labels):
            widget.setVisible(self.preset is Preset.CUSTOM)
