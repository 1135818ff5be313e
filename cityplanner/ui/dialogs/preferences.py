"""What the user chooses for this computer: language, colors, text size, paper, and a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, language
from cityplanner.base.settings import LANGUAGE, PAPER, USER_NAME, Settings
from cityplanner.ui import theme
from cityplanner.ui.dialogs.trouble import close_button
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.theme import ZOOMS, Role, Scheme, Theme, text_label

PAPERS = ("Letter", "A4")


class PreferencesDialog(QDialog):
    """Every choice takes effect at once and is remembered; closing is all that is left to do."""

    def __init__(self, settings: Settings, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Preferences"))
        self._settings, self._look = settings, look
        self.scheme = _box(
            {scheme.value: capitalized(_(scheme.value)) for scheme in Scheme}, look.scheme.value
        )
        self.zoom = _box({str(zoom): f"{zoom} %" for zoom in ZOOMS}, str(look.zoom))
        self.language = _box(
            {tag: language(tag).language(tag) for tag in languages()}, settings.get(LANGUAGE)
        )
        self.paper = _box({paper: paper for paper in PAPERS}, settings.get(PAPER))
        self.user = QLineEdit(settings.get(USER_NAME))
        self.user.setPlaceholderText(settings.user_name())
        self.user.setMaxLength(80)
        self.scheme.activated.connect(lambda _at: look.choose(Scheme(self.scheme.currentData())))
        self.zoom.activated.connect(lambda _at: look.magnify(int(self.zoom.currentData())))
        self.language.activated.connect(lambda _at: settings.set(LANGUAGE, self.language.currentData()))
        self.paper.activated.connect(lambda _at: settings.set(PAPER, self.paper.currentData()))
        self.user.editingFinished.connect(lambda: settings.set(USER_NAME, self.user.text().strip()))
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.LARGE)
        form.setVerticalSpacing(theme.MEDIUM)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for text, widget in (
            (_("&Colors"), self.scheme),
            (_("&Text size"), self.zoom),
            (_("&Language"), self.language),
            (_("&Paper of briefings"), self.paper),
            (_("Your &name"), self.user),
        ):
            form.addRow(text, widget)
            widget.setAccessibleName(text.replace("&", ""))
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        note = _("Changes are recorded under your name. A new language shows when CityPlanner starts again.")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.LARGE)
        column.addLayout(form)
        column.addWidget(text_label(note, Role.MUTED, wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close_button(self))
        column.addLayout(row)
        self.setMinimumWidth(460)


def languages() -> list[str]:
    """The languages the window speaks; briefings speak more."""
    return ["en"]


def _box(options: dict[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    for value, text in options.items():
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box
