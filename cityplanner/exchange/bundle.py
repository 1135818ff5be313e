"""The whole plan as one JSON file, and a new plan out of such a file, equal to the one it was made from.

Records are told by uid, never by id or path; what the file holds is checked like anything a person types.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.files import whole_file
from cityplanner.base.language import _
from cityplanner.exchange.bundle_reading import FORMAT, LIMITS, VERSION, refused, send_bundle
from cityplanner.exchange.child import heard_from_child
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.model.attachment import Attachment
from cityplanner.model.entity import Entity, InvalidRecordError, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.scenario import Scenario
from cityplanner.store.attachments import content
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan, create_plan
from cityplanner.store.queries.values import values

LONGEST_UID = 36
_LISTS = frozenset({Kind.WORDS, Kind.CHOICES, Kind.LANGUAGES, Kind.EMAILS, Kind.PHONES})
_WHOLE = frozenset({Kind.INTEGER, Kind.PERCENT, Kind.MONEY})
_MOST = 2**53

Uids = dict[str, dict[str, int]]
"""The id of each record by table and uid."""


# --- out ---


def export_bundle(plan: Plan, target: Path, progress: Progress = silent) -> int:
    """Write every record of a plan and every attached file as JSON; returns how many records."""
    words = _("Exporting")
    with plan.reading() as session:
        told: dict[str, list[dict[str, Any]]] = {}
        by_id: dict[str, dict[int, str]] = {
            table: dict(values(session, noun, ("id", "uid"))) for table, noun in nouns().items()
        }
        for done, (table, noun) in enumerate(nouns().items()):
            progress(done / len(nouns()), words)
            declared = fields(noun)
            read = values(session, noun, ("uid", *(field.name for field in declared)))
            told[table] = [_record(declared, row, by_id) for row in read]
        digests = sorted({one["sha256"] for one in told[Attachment.__tablename__]})
        kept = {digest: base64.b64encode(content(session, digest)).decode() for digest in digests}
    whole = {"format": FORMAT, "version": VERSION, "records": told, "files": kept}
    with whole_file(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(whole, file, ensure_ascii=False, indent=1)
    progress(1, words)
    return sum(map(len, told.values()))


def _record(
    declared: tuple[Field, ...], row: tuple[Any, ...], by_id: Mapping[str, Mapping[int, str]]
) -> dict[str, Any]:
    """A record as JSON; what is empty is left out. An attachment says by uid what it is attached to."""
    record: dict[str, Any] = {"uid": row[0]}
    for field, value in zip(declared, row[1:], strict=True):
        if value is None or value in ("", ()):
            continue
        record[field.name] = by_id[field.target][value] if field.kind is Kind.LINK else _plain(value)
    if "record_id" in record and record.get("noun") in by_id:
        record["record_id"] = by_id[record["noun"]].get(record["record_id"])
    return record


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return list(value)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case bool() | int():
            return value
        case _:
            return str(value)


# --- in ---


def restore_bundle(bundle: Path, target: Path, *, user: str = "", progress: Progress = silent) -> Plan:
    """Make a new plan at `target` out of a bundle; raises `UserError`, and then there is no such plan."""
    progress(0, _("Reading {name}").format(name=bundle.name))
    restoring = _Restoring(_read_apart(bundle, progress), bundle.name, progress)
    plan = create_plan(target, user=user)
    try:
        with plan.edit(_("Restore the plan from {name}").format(name=bundle.name[:200])) as edit:
            restoring.restore(edit)
        progress(1, _("Importing"))
    except BaseException:
        plan.close()
        plan.path.unlink()
        raise
    return plan


BUNDLE_SUFFIX = ".json"


def is_bundle(path: Path) -> bool:
    """Whether a file is named like a bundle."""
    return path.suffix.lower() == BUNDLE_SUFFIX


def _read_apart(path: Path, progress: Progress) -> dict[str, Any]:
    """What a bundle holds, read in a process of its own and handed over in pieces."""
    whole: dict[str, Any] = {"records": {}, "files": {}}
    words = _("Reading {name}").format(name=path.name)

    def ask() -> None:
        progress(0, words)

    arguments = (path, frozenset(nouns()))
    with closing(heard_from_child(send_bundle, arguments, path.name, ask, LIMITS)) as heard:
        for part, key, some in heard:
            if part == "records":
                whole[part].setdefault(key, []).extend(some)
            else:
                whole[part][key] = some
    return whole


class _Restoring:
    """One pass over a bundle inside the first change of a new plan."""

    def __init__(self, whole: Mapping[str, Any], name: str, progress: Progress) -> None:
        self._name = name
        self._progress = progress
        self._told = whole["records"]
        self._files = self._contents(whole["files"])
        # The plan is new: the first record of a noun gets the id 1, and so on.
        self._ids: Uids = {table: self._numbered(table, told) for table, told in self._told.items()}
        self._records = {
            table: [self._record(noun, one) for one in self._told.get(table, [])]
            for table, noun in nouns().items()
        }

    def _wrong(self, why: str) -> UserError:
        return refused(self._name, why)

    def _numbered(self, table: str, told: list[dict[str, Any]]) -> dict[str, int]:
        known: dict[str, int] = {}
        for number, one in enumerate(told, 1):
            uid = one.get("uid")
            if not isinstance(uid, str) or not 0 < len(uid) <= LONGEST_UID or not uid.isprintable():
                raise self._wrong(_("record {n} of {noun} has no identifier").format(n=number, noun=table))
            if uid in known:
                raise self._wrong(_("two records of {noun} are the same").format(noun=table))
            known[uid] = number
        return known

    def restore(self, edit: Editing) -> None:
        """Files first, then every record; links are only checked at the end, so any order will do.

        Scenarios come last: what belongs to an adopted one could not be added to it.
        """
        for data in self._files:
            edit.keep_file(data)
        order = sorted(nouns().items(), key=lambda item: item[1] is Scenario)
        for done, (table, noun) in enumerate(order):
            self._progress(0.2 + 0.7 * done / len(order), _("Importing"))
            edit.insert_many(noun, self._records[table])

    def _contents(self, kept: Mapping[str, Any]) -> list[bytes]:
        """The bytes of the attached files, each what its fingerprint says."""
        found: list[bytes] = []
        for digest, text in kept.items():
            try:
                found.append(base64.b64decode(text, validate=True))
            except (binascii.Error, ValueError, TypeError) as error:
                raise self._wrong(_("its files cannot be read")) from error
            if hashlib.sha256(found[-1]).hexdigest() != digest:
                raise self._wrong(_("a file in it is not what it was"))
        for one in self._told.get(Attachment.__tablename__, []):
            if not isinstance(one.get("sha256"), str) or one["sha256"] not in kept:
                raise self._wrong(_("the contents of an attached file are missing"))
        return found

    def _record(self, noun: type[Entity], told: Mapping[str, Any]) -> Entity:
        declared = {field.name: field for field in fields(noun)}
        if strange := [name for name in told if name not in declared and name != "uid"]:
            text = _("a {noun} in it has an unknown field, {field}")
            raise self._wrong(text.format(noun=noun.__tablename__, field=strange[0][:60]))
        made = {"uid": told["uid"]}
        for name, value in told.items():
            if name == "uid" or value is None:
                continue
            try:
                made[name] = self._value(declared[name], self._here(noun, told, name, value))
            except (ValueError, TypeError, KeyError, InvalidOperation, OverflowError) as error:
                text = _("a {noun} in it has a {field} that cannot be read")
                raise self._wrong(text.format(noun=noun.__tablename__, field=name)) from error
        record = noun(**made)
        if problems := record.check():
            found = InvalidRecordError(record, problems)
            raise self._wrong(f"{found.what} {found.remedy}".rstrip(" ."))
        return record

    def _here(self, noun: type[Entity], told: Mapping[str, Any], name: str, value: Any) -> Any:
        """The number of the record a file is attached to; any other value as it is."""
        if noun is Attachment and name == "record_id":
            return self._ids[told["noun"]][value]
        return value

    def _value(self, field: Field, value: Any) -> Any:
        """The typed value of a field; raises ValueError, TypeError or KeyError for what is none."""
        if field.kind in _WHOLE:
            return _whole(value)
        if field.kind is Kind.FLAG:
            return _is(bool, value)
        if field.kind in _LISTS:
            return tuple(_text(item) for item in _is(list, value))
        return self._of_text(field, _text(value))

    def _of_text(self, field: Field, text: str) -> Any:
        match field.kind:
            case Kind.LINK:
                return self._ids.get(field.target, {})[text]
            case Kind.NUMBER:
                return Decimal(text)
            case Kind.DATE:
                return date.fromisoformat(text)
            case Kind.MOMENT:
                return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
            case Kind.CHOICE:
                assert field.choices is not None
                return field.choices(text)
            case _:
                return text


def _is(kind: type[Any], value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value


def _whole(value: Any) -> int:
    number: int = _is(int, value)
    if isinstance(value, bool) or abs(number) >= _MOST:
        raise ValueError(value)
    return number


def _text(value: Any) -> str:
    text: str = _is(str, value)
    if "\x00" in text:
        raise ValueError(text)
    text.encode()  # half a character pair is no text
    return text
