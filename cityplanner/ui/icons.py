"""The window's icons: Lucide drawings in the color of the text, mirrored where they point somewhere.

`wear` gives an action or button its icon; after a change of theme `redress` draws them all anew.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from cityplanner.base import paths
from cityplanner.ui.theme import Colours, colours

MIRRORED = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "undo-2", "redo-2", "list", "log-out"}
)
SIZES = (20, 40)
"""Pixels drawn ahead of time: the usual size and its double, for large text and dense screens."""
AT_A_TIME = 8
_NAME = "icon_name"
_COLOUR = "icon_colour"


class Iconed(Protocol):
    """Whatever can wear an icon: QAction, QAbstractButton."""

    def setIcon(self, icon: QIcon | QPixmap) -> None: ...


def icon(name: str, of: Colours | None = None, colour: str = "") -> QIcon:
    """The icon `name` in the text color of the scheme, or in `colour`; KeyError-free: the file must exist."""
    of = of or colours(QGuiApplication.palette())
    mirrored = name in MIRRORED and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _icon(name, colour or of.text, of.disabled, colour or of.accent, mirrored)


def wear(target: QAction | QAbstractButton, name: str, colour: str = "", *, later: bool = False) -> None:
    """Give `target` the icon `name` and keep it right over changes of theme.

    `colour` may name a color of the scheme, such as `danger`. With `later` it is drawn at the next
    `redress`: what no one sees before a menu opens must not hold up the first window.
    """
    target.setProperty(_NAME, name)
    target.setProperty(_COLOUR, colour)
    if not later:
        _dress(target)


def redress(root: QObject) -> None:
    """Draw the icons of everything below `root` in the colors now in force."""
    for found in root.findChildren(QObject):
        if found.property(_NAME):
            _dress(found)


def redress_in_turns(root: QObject) -> None:
    """The same a few at a time, so that the window never waits for all of them."""
    waiting = [found for found in root.findChildren(QObject) if found.property(_NAME)]

    def some() -> None:
        for found in waiting[-AT_A_TIME:]:
            if shiboken6.isValid(found):
                _dress(found)
        del waiting[-AT_A_TIME:]
        if waiting:
            QTimer.singleShot(0, root, some)

    some()


def size_for(widget: QWidget) -> int:
    """How large an icon is beside the text of a widget, in pixels."""
    return max(20, round(widget.fontMetrics().height() * 1.2))


def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of `size` logical pixels, for painting."""
    return _pixmap(name, colour, size, ratio, False)


@cache
def app_icon() -> QIcon:
    """The application's own icon."""
    return QIcon(str(paths.resources() / "icons" / "cityplanner.svg"))


def _dress(target: QObject) -> None:
    name, role = str(target.property(_NAME)), str(target.property(_COLOUR) or "")
    of = colours(QGuiApplication.palette())
    if isinstance(target, QAction | QAbstractButton):
        target.setIcon(icon(name, of, getattr(of, role) if role else ""))


@cache
def _icon(name: str, colour: str, disabled: str, selected: str, mirrored: bool) -> QIcon:
    made = QIcon()
    for size in SIZES:
        made.addPixmap(_pixmap(name, colour, size, 1.0, mirrored))
    for mode, of in ((QIcon.Mode.Disabled, disabled), (QIcon.Mode.Selected, selected)):
        for size in SIZES[:1] if mode is QIcon.Mode.Disabled else SIZES:
            made.addPixmap(_pixmap(name, of, size, 1.0, mirrored), mode)
    return made


def _pixmap(name: str, colour: str, size: int, ratio: float, mirrored: bool) -> QPixmap:
    pixels = round(size * ratio)
    made = QPixmap(pixels, pixels)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if mirrored:
        painter.translate(pixels, 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", colour.encode()))).render(
        painter, QRectF(0, 0, pixels, pixels)
    )
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@cache
def _drawing(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()
