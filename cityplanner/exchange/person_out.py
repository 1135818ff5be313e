"""Everything on one person as one file to hand over: a page to read, the same as data, and the attached files."""

from __future__ import annotations

import html
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.files import safe_name, whole_file
from cityplanner.base.language import _, current
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.exchange.tables import currency_of
from cityplanner.model import wording
from cityplanner.model.entity import Entity, field_of, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns
from cityplanner.store.personal.holding import Holding, Past, holding
from cityplanner.store.personal.mentions import struck
from cityplanner.store.plan_file import Plan
from cityplanner.store.rows import plain_row, table_of, typed_row

SUFFIX = ".zip"
DATA, FILES = "data.json", "files"
FORMAT = "cityplanner-person"
_GATHERED = 0.8
_LISTS = frozenset({Kind.WORDS, Kind.CHOICES, Kind.LANGUAGES, Kind.EMAILS, Kind.PHONES})
_WHICH = {
    "engagement": ("title", "starts_at", "zone", "format", "mode", "status", "place"),
    "partner": ("name", "kind", "city", "country"),
}
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1a1a1a;background:#fff}"
    "th,td{text-align:start;vertical-align:top;padding:.2em .8em .2em 0}th{font-weight:600}"
    "h2{border-bottom:1px solid #999;margin-top:2em}p,td{white-space:pre-wrap}"
)


def export_person(plan: Plan, contact_id: int, target: Path, progress: Progress = silent) -> int:
    """Write all the plan holds on a person to a zip file, whole or not at all; how many records and rows it tells.

    Raises `NotFoundError` where there is no such person, `UserError` where the file cannot be written.
    """
    if target.suffix.lower() != SUFFIX:
        raise UserError(
            _("A person’s data is not written as “{ending}”.").format(ending=target.suffix),
            _("Choose a name that ends in .zip."),
        )
    words = _("Exporting")
    with plan.reading() as session:
        held = holding(session, contact_id, lambda share: progress(share * _GATHERED, words))
    office = plan.office()
    page = _Page(held, currency_of(plan), (office.zone if office else "") or "UTC")
    names = _file_names(held)
    with whole_file(target) as path, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_("Read this first.html"), page.html(names))
        packed.writestr(DATA, json.dumps(_as_data(held, names), ensure_ascii=False, indent=1))
        for name, file in zip(names, held.files, strict=True):
            packed.writestr(name, file.data)
    progress(1, words)
    return len(held.records) + len(held.linked) + len(held.mentions) + len(held.history)


def _file_names(held: Holding) -> list[str]:
    """Where each file stands in the zip: numbered, for two may have one name."""
    return [f"{FILES}/{number} {safe_name(file.name)}" for number, file in enumerate(held.files, 1)]


# --- as data ---------------------------------------------------------------------------------------------


def _as_data(held: Holding, names: Iterable[str]) -> dict[str, Any]:
    signs = held.person.signs
    return {
        "format": FORMAT,
        "version": 1,
        "person": {
            "name": held.person.name,
            "told by": [*signs.names, *signs.emails, *signs.phones, *held.person.shared],
        },
        "records": [_record(one) for one in held.records],
        "linked": [_record(one) for one in held.linked],
        "mentions": [
            {"table": one.record.table, "id": one.record.record_id, "field": one.field, "text": one.text}
            for one in held.mentions
        ],
        "history": [_past(held, one) for one in held.history],
        "files": [
            {"path": name, "name": file.name, "note": file.note, "sha256": file.sha256}
            for name, file in zip(names, held.files, strict=True)
        ],
    }


def _record(record: Entity) -> dict[str, Any]:
    table = table_of(record.__tablename__)
    row = plain_row(table, {column.key: getattr(record, column.key) for column in table.columns})
    told = {field.name: _readable(field, row[field.name]) for field in _told(type(record))}
    return {"table": table.name, "id": record.id, **told}


def _readable(field: Field, value: Any) -> Any:
    """A kept value as JSON; a list is kept as text."""
    return json.loads(value) if field.kind in _LISTS and value else value


def _told(noun: type[Entity]) -> list[Field]:
    """The fields that are handed over; of an engagement or a partner only what says which one it is."""
    which = _WHICH.get(noun.__tablename__)
    return [field for field in fields(noun) if which is None or field.name in which]


def _past(held: Holding, past: Past) -> dict[str, Any]:
    """A row of the history: whole where it is the person's, otherwise the fields that tell of them."""
    sides = {"before": past.before, "after": past.after}
    if not held.person.owns(past.table, past.record_id):
        for side, state in sides.items():
            left = struck(past.table, state, held.person.signs) if state else {}
            sides[side] = {name: value for name, value in (state or {}).items() if value != left.get(name)}
    return {
        "change": past.change_id,
        "made_at": past.made_at.isoformat(),
        "made_by": past.made_by,
        "label": past.label,
        "table": past.table,
        "id": past.record_id,
        **sides,
    }


# --- as a page -------------------------------------------------------------------------------------------


class _Page:
    """The readable form: one page without anything that is loaded from elsewhere."""

    def __init__(self, held: Holding, currency: str, zone: str) -> None:
        self._held, self._currency, self._zone = held, currency, zone

    def html(self, names: Iterable[str]) -> str:
        """The whole page."""
        title = _("What is kept about {name}").format(name=self._held.person.name)
        parts = [
            *(self._record(record) for record in self._held.records),
            *self._section(_("Linked records"), map(self._record, self._held.linked)),
            *self._section(_("Named in"), self._mentions()),
            *self._section(_("Attached files"), (f"<p>{_safe(name)}</p>" for name in names)),
            *self._section(_("History"), self._history()),
        ]
        return (
            f'<!doctype html><html lang="{current().tag}"><head><meta charset="utf-8">'
            f"<title>{_safe(title)}</title><style>{_STYLE}</style></head>"
            f"<body><h1>{_safe(title)}</h1>{''.join(parts)}</body></html>"
        )

    def _section(self, heading: str, parts: Iterable[str]) -> Iterator[str]:
        inside = "".join(parts)
        if inside:
            yield f"<h2>{_safe(heading)}</h2>{inside}"

    def _record(self, record: Entity) -> str:
        title = self._held.titles.get((record.__tablename__, record.id), "")
        values = {field.name: getattr(record, field.name) for field in _told(type(record))}
        return f"<h3>{_safe(f'{_capital(_(record.__label__))}: {title}')}</h3>{self._table(type(record), values)}"

    def _table(self, noun: type[Entity], values: dict[str, Any]) -> str:
        rows = [
            f'<tr><th scope="row">{_safe(_(field.label))}</th><td>{_safe(self._value(field, value))}</td></tr>'
            for field in fields(noun)
            if (value := values.get(field.name)) not in (None, "", ())
        ]
        return f"<table>{''.join(rows)}</table>"

    def _value(self, field: Field, value: Any) -> str:
        if field.kind is Kind.LINK:
            return self._held.titles.get((field.target, value)) or _("a deleted record")
        return wording.show(field, value, currency=self._currency, zone=self._zone)

    def _mentions(self) -> Iterator[str]:
        for one in self._held.mentions:
            noun = nouns()[one.record.table]
            where = f"{_capital(_(noun.__label__))}: {one.record.title}, {_(field_of(noun, one.field).label)}"
            yield f"<h3>{_safe(where)}</h3><p>{_safe(one.text)}</p>"

    def _history(self) -> Iterator[str]:
        for past in self._held.history:
            when = f"{current().date(past.made_at.date())}, {past.made_by}: {past.label}"
            state = past.after or past.before or {}
            if self._held.person.owns(past.table, past.record_id):
                noun = nouns()[past.table]
                yield f"<h3>{_safe(when)}</h3>{self._table(noun, typed_row(table_of(past.table), state))}"


def _safe(text: str) -> str:
    return html.escape(text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
