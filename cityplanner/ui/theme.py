"""How the window looks, decided here and nowhere else: light and dark, distances and text sizes.

Widgets ask `colours(self.palette())` for a color and mark labels with `set_role`; nothing needs a
reference to the `Theme` object, which only applies a choice to the whole application.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cityplanner.base.language import N_
from cityplanner.base.settings import THEME, Setting, Settings
from cityplanner.ui.look import (
    BOLD,
    DARK,
    HAIR,
    HUGE,
    LARGE,
    LIGHT,
    MEDIUM,
    NARROW,
    RADIUS,
    READING_WIDTH,
    SIZES,
    SMALL,
    WIDE,
    Colours,
    Role,
    colours,
    contrast,
    palette,
)
from cityplanner.ui.style_sheet import style_sheet

__all__ = [
    "BOLD",
    "DARK",
    "HAIR",
    "HUGE",
    "LARGE",
    "LIGHT",
    "MEDIUM",
    "NARROW",
    "RADIUS",
    "READING_WIDTH",
    "SIZES",
    "SMALL",
    "THEME",
    "WIDE",
    "Colours",
    "Role",
    "Scheme",
    "Theme",
    "colours",
    "contrast",
    "palette",
    "set_card",
    "set_role",
    "set_roomy",
    "text_label",
]
STYLE = "Fusion"
"""Named to the application as it is made: to set it later takes as long as half the window."""
ZOOM = Setting("zoom", 100)
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)


class Scheme(StrEnum):
    """What the user may choose."""

    SYSTEM = N_("system")
    LIGHT = N_("light")
    DARK = N_("dark")


def set_role(label: QWidget, role: Role) -> None:
    """Say what a text is; its size and color follow the theme from then on."""
    label.setProperty("role", role.value)
    if label.isVisible():
        label.style().unpolish(label)
        label.style().polish(label)


def text_label(text: str, role: Role | None = None, *, wrap: bool = False) -> QLabel:
    """A label that shows `text` as it stands, never as markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setText(text)
    if role is not None:
        set_role(label, role)
    return label


def set_card(widget: QWidget) -> None:
    """Give a plain QWidget or QFrame the look of a card: surface, thin border, round corners."""
    widget.setProperty("card", True)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)


def set_roomy(view: QWidget) -> None:
    """Give the rows of a list or tree room above and below."""
    view.setProperty("roomy", True)


class Theme(QObject):
    """Applies the user's choice of scheme and zoom to the application and follows the system."""

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._plain_size = app.font().pointSizeF()
        self.apply()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def scheme(self) -> Scheme:
        """What the user chose."""
        chosen = self._settings.get(THEME)
        return Scheme(chosen) if chosen in set(Scheme) else Scheme.SYSTEM

    @property
    def zoom(self) -> int:
        """The size of all text in per cent."""
        return min(max(self._settings.get(ZOOM), ZOOMS[0]), ZOOMS[-1])

    @property
    def colours(self) -> Colours:
        """The colors in use."""
        if self.scheme is Scheme.SYSTEM:
            return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.scheme is Scheme.DARK else LIGHT

    def choose(self, scheme: Scheme) -> None:
        """Switch to light, dark or whatever the system shows, and remember it."""
        self._settings.set(THEME, scheme.value)
        self.apply()

    def magnify(self, zoom: int) -> None:
        """Set the size of all text in per cent, and remember it."""
        self._settings.set(ZOOM, min(max(zoom, ZOOMS[0]), ZOOMS[-1]))
        self.apply()

    def step(self, by: int) -> None:
        """One size larger (1) or smaller (-1)."""
        nearest = min(range(len(ZOOMS)), key=lambda at: abs(ZOOMS[at] - self.zoom))
        self.magnify(ZOOMS[min(max(nearest + by, 0), len(ZOOMS) - 1)])

    def apply(self) -> None:
        """Put palette, font and style sheet in force."""
        font = QFont(self._app.font())
        font.setPointSizeF(self._plain_size * self.zoom / 100)
        self._app.setFont(font)
        self._app.setPalette(palette(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours, font.pointSizeF()))
        self.changed.emit()

    def _follow_system(self) -> None:
        if self.scheme is Scheme.SYSTEM:
            self.apply()
