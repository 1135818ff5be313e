"""Which columns a list shows, in which order and how wide: chosen by the user and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cityplanner.base.language import _
from cityplanner.base.settings import COLUMNS, SORTING, Setting, Settings
from cityplanner.model.entity import Entity, field_of, fields
from cityplanner.model.field import Field, Kind
from cityplanner.ui.parts.plain import caption

WIDTHS: Setting[dict[str, dict[str, int]]] = Setting(
    "column_widths", {}, lambda value: all(isinstance(of, dict) for of in value.values())
)
_WIDEST = 4000
"""Pixels; what a damaged file says beyond has no place on any screen."""
_CHARACTERS = {
    Kind.TEXT: 20,
    Kind.LONG_TEXT: 40,
    Kind.INTEGER: 10,
    Kind.NUMBER: 10,
    Kind.PERCENT: 10,
    Kind.FLAG: 8,
    Kind.DATE: 13,
    Kind.PARTIAL_DATE: 14,
    Kind.MOMENT: 23,
    Kind.LINK: 26,
    Kind.MONEY: 14,
}
_USUAL_CHARACTERS = 17
_TITLE_CHARACTERS = 30
_CODE_CHARACTERS = 11


def chosen(settings: Settings, noun: type[Entity]) -> tuple[str, ...]:
    """The columns the user chose, else those the declaration lists."""
    known = {field.name for field in fields(noun)}
    kept = settings.get(COLUMNS).get(noun.__tablename__)
    names = [name for name in dict.fromkeys(kept) if name in known] if isinstance(kept, list) else []
    return tuple(names) or tuple(field.name for field in fields(noun) if field.listed) or noun.__title__


def choose(settings: Settings, noun: type[Entity], names: Sequence[str]) -> None:
    """Remember the columns."""
    settings.set(COLUMNS, settings.get(COLUMNS) | {noun.__tablename__: list(names)})


def sorting(settings: Settings, noun: type[Entity]) -> tuple[str, ...]:
    """The order the user chose, else the noun's own."""
    known = {field.name for field in fields(noun)}
    kept = settings.get(SORTING).get(noun.__tablename__)
    names = [str(name) for name in kept] if isinstance(kept, list) else []
    return tuple(name for name in names if name.removeprefix("-") in known) or noun.__order__


def choose_sorting(settings: Settings, noun: type[Entity], order: Sequence[str]) -> None:
    """Remember the order."""
    settings.set(SORTING, settings.get(SORTING) | {noun.__tablename__: list(order)})


def width(settings: Settings, noun: type[Entity], name: str, character: int) -> int:
    """The width of a column in pixels: the remembered one, else what its kind needs."""
    kept = settings.get(WIDTHS).get(noun.__tablename__, {}).get(name)
    if isinstance(kept, int) and 0 < kept <= _WIDEST:
        return kept
    return _characters(noun, field_of(noun, name)) * character


def _characters(noun: type[Entity], field: Field) -> int:
    if field.name in noun.__title__ and field.kind is Kind.TEXT:
        if field.unique and field.longest <= 40:
            return _CODE_CHARACTERS
        return _TITLE_CHARACTERS if len(noun.__title__) == 1 or field.name == "title" else 16
    return _CHARACTERS.get(field.kind, _USUAL_CHARACTERS)


def remember_width(settings: Settings, noun: type[Entity], name: str, pixels: int) -> None:
    """Remember how wide the user made a column."""
    table = noun.__tablename__
    widths = settings.get(WIDTHS)
    settings.set(WIDTHS, widths | {table: widths.get(table, {}) | {name: pixels}})


def fill_menu(
    menu: QMenu, noun: type[Entity], shown: Sequence[str], toggle: Callable[[str, bool], None]
) -> None:
    """A check box for every field of a noun; the last one shown cannot be taken away."""
    for field in fields(noun):
        action = QAction(caption(_(field.label)), menu)
        action.setCheckable(True)
        action.setChecked(field.name in shown)
        action.setEnabled(tuple(shown) != (field.name,))
        action.toggled.connect(lambda on, name=field.name: toggle(name, on))
        menu.addAction(action)
