"""What the window asks of a page; a page has of it what makes sense for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from cityplanner.ui.places import Place, Stop

if TYPE_CHECKING:
    from cityplanner.store.glance import Glance
    from cityplanner.ui.context import Context


@runtime_checkable
class ShowsRecords(Protocol):
    """A page on which a record can be shown."""

    def show_record(self, table: str, record_id: int) -> None: ...


@runtime_checkable
class EditsRecords(Protocol):
    """A page with a list of records that can be added to."""

    def new_record(self, table: str = "") -> None: ...

    def save(self) -> None: ...

    def delete_selected(self) -> None: ...

    def focus_filter(self) -> None: ...


@runtime_checkable
class TellsVisits(Protocol):
    """A page that tells which record is looked at."""

    visited: SignalInstance


@runtime_checkable
class HasTabs(Protocol):
    """A page that can be returned to at one of its tabs; `view_key` names the view shown, if it is one."""

    @property
    def view_key(self) -> str: ...

    def return_to(self, key: str) -> None: ...


@runtime_checkable
class LeadsElsewhere(Protocol):
    """A page that leads to other pages."""

    page_requested: SignalInstance


@runtime_checkable
class KeepsTyped(Protocol):
    """A page that may hold something half-typed and keeps it when asked."""

    def keep_draft(self) -> None: ...


@runtime_checkable
class PreparesPlan(Protocol):
    """A page that shows what its plan says at first sight, and takes the plan when it is open."""

    def show_glance(self, glance: Glance) -> None: ...

    def take(self, context: Context) -> None: ...


class Pages(Protocol):
    """What the window needs to know of all pages: a stop for each, and how to make one."""

    def stops(self) -> Sequence[Stop]: ...

    def first(self, parent: QWidget) -> QWidget: ...

    def make(self, name: str, context: Context, parent: QWidget) -> QWidget: ...

    def page_of(self, table: str) -> str: ...

    def beginnings(self) -> Sequence[tuple[str, str]]: ...


def place_on(name: str, page: QWidget) -> Place:
    """Where one is on a page that was gone to: on one of its views, or anywhere on it."""
    return Place(name, page.view_key if isinstance(page, HasTabs) else "")


def show_place(page: QWidget | None, place: Place) -> None:
    """Show the record or the view of a page that one returns to."""
    if place.record_id and isinstance(page, ShowsRecords):
        page.show_record(place.table, place.record_id)
    elif isinstance(page, HasTabs):
        page.return_to(place.table)
