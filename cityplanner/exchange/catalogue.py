"""The shipped catalog written into a plan, and brought up to date there without touching what the office did.

Records are known by their uid: texts follow the catalog, answers, contributions and the user's own roundtables
stay as they are, and what a newer catalog no longer holds stays too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

from cityplanner.base.language import _
from cityplanner.model.change import ChangeKind
from cityplanner.model.entity import Entity
from cityplanner.model.roundtable import ItemLink, Origin, Roundtable, Section, SourceItem
from cityplanner.planning.catalogue import (
    Catalogue,
    CatalogueItem,
    CatalogueLink,
    CatalogueRoundtable,
    CatalogueSection,
)
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.store.rows import Change

E = TypeVar("E", bound=Entity)


def install_catalogue(
    plan: Plan, catalogue: Catalogue, *, kind: ChangeKind = ChangeKind.EDIT
) -> Change | None:
    """Write the catalog into a plan, or bring it up to date; None where nothing was to be changed.

    The kind is `SETUP` in a plan that is being made.

    Raises `UserError` where a code of the catalog was given to an item of the user's own.
    """
    with plan.edit(_("Install the catalog, version {n}").format(n=catalogue.version), kind=kind) as edit:
        _Installing(edit).install(catalogue)
    return edit.change


class _Installing:
    """One pass over a catalog inside one change."""

    def __init__(self, edit: Editing) -> None:
        self._edit = edit
        self._known: dict[str, Entity] = {
            record.uid: record
            for noun in (Roundtable, Section, SourceItem, ItemLink)
            for record in records(edit, noun)
        }

    def install(self, catalogue: Catalogue) -> None:
        """Roundtables first, then what belongs to them, then what links their items."""
        tables = [(self._roundtable(one), one.sections) for one in catalogue.roundtables]
        self._edit.flush()
        sections = [(self._section(table, one), one.items) for table, parts in tables for one in parts]
        self._edit.flush()
        items = {one.code: self._item(section, one) for section, held in sections for one in held}
        self._edit.flush()
        self._links(catalogue.links, items)

    def _record(self, noun: type[E], uid: str, values: Mapping[str, object]) -> E:
        """The record of that uid with these values: the known one if there is one, else a new one."""
        known = self._known.get(uid)
        if isinstance(known, noun):
            for name, value in values.items():
                setattr(known, name, value)
            return known
        record = noun(uid=uid, **values)
        self._edit.add(record)
        return record

    def _roundtable(self, one: CatalogueRoundtable) -> Roundtable:
        values = {
            "title": one.title,
            "host": one.host,
            "held_on": one.held_on,
            "published_on": one.published_on,
            "source": one.source,
            "scope": one.scope,
            "participants": one.participants,
            "origin": Origin.SHIPPED,
        }
        return self._record(Roundtable, str(one.uid), values)

    def _section(self, table: Roundtable, one: CatalogueSection) -> Section:
        values = {
            "roundtable_id": table.id,
            "number": one.number,
            "kind": one.kind,
            "title": one.title,
            "prompt": one.prompt,
        }
        return self._record(Section, str(one.uid), values)

    def _item(self, section: Section, one: CatalogueItem) -> SourceItem:
        values = {
            "code": one.code,
            "number": one.number,
            "title": one.title,
            "kind": one.kind,
            "support": one.support,
            "theme": one.theme,
            "section_id": section.id,
            "text": one.text,
            "actions": one.actions,
            "indicators": tuple(str(indicator) for indicator in one.indicators),
        }
        return self._record(SourceItem, str(one.uid), values)

    def _links(self, links: Iterable[CatalogueLink], items: dict[str, SourceItem]) -> None:
        """A pair of items has one shipped link; a link of the user's own that says the same is left alone."""
        own = {
            (link.from_id, link.to_id, link.kind): link.uid
            for link in self._known.values()
            if isinstance(link, ItemLink)
        }
        for one in links:
            start, end = items[one.from_code], items[one.to_code]
            uid = str(uuid5(NAMESPACE_URL, f"{start.uid}/{end.uid}"))
            if own.get((start.id, end.id, one.kind), uid) != uid:
                continue
            values = {"from_id": start.id, "to_id": end.id, "kind": one.kind, "note": one.note}
            self._record(ItemLink, uid, values)
