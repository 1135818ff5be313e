"""A bundle is read and looked through in a process of its own; loaded without the nouns."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cityplanner.base.child import Limits, Send
from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _

FORMAT, VERSION = "cityplanner plan", 1
MOST_BYTES = 500_000_000
MOST_RECORDS = 2_000_000
LIMITS = Limits(seconds=600, memory=6_000_000_000)
"""What reading one may take: a whole plan with its files is larger than any list."""
_PAGE = 500


def send_bundle(path: Path, nouns: Collection[str], send: Send) -> None:
    """Send records by table in pages, then each file; raises `UserError` where it is no bundle of these nouns."""
    whole = _read(path)
    for table, told in _tables(whole.get("records"), nouns, path.name).items():
        send(("records", table, []))
        for start in range(0, len(told), _PAGE):
            send(("records", table, told[start : start + _PAGE]))
    files = whole.get("files") or {}
    if not isinstance(files, dict):
        raise refused(path.name, _("its files cannot be read"))
    for digest, text in files.items():
        send(("files", digest, text))


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise refused(path.name, _("it is larger than {n} MB").format(n=MOST_BYTES // 1_000_000))
        whole = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise NotFoundError(_("There is no file {path}.").format(path=path), _("Check its name.")) from error
    except OSError as error:
        raise refused(path.name, str(error.strerror or error)) from error
    except (ValueError, RecursionError) as error:
        raise refused(path.name, _("it is no JSON")) from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise refused(path.name, _("it is no plan of this application"))
    if whole.get("version") != VERSION:
        raise refused(path.name, _("it was made by another version of the application"))
    return whole


def _tables(told: object, nouns: Collection[str], name: str) -> dict[str, list[dict[str, Any]]]:
    """The records by table, once it is certain that they are records."""
    if not isinstance(told, dict):
        raise refused(name, _("it has no records"))
    if strange := [table for table in told if table not in nouns]:
        raise refused(name, _("it has records of an unknown noun, {noun}").format(noun=str(strange[0])[:60]))
    for some in told.values():
        if not isinstance(some, list) or not all(isinstance(one, dict) for one in some):
            raise refused(name, _("its records are not a list"))
    if sum(map(len, told.values())) > MOST_RECORDS:
        raise refused(name, _("it has more than {n} records").format(n=MOST_RECORDS))
    if len(told.get("office", ())) != 1:
        raise refused(name, _("it has no office, or more than one"))
    return told


def refused(name: str, why: str) -> UserError:
    """Why a bundle becomes no plan."""
    return UserError(
        _("“{name}” cannot be restored: {why}.").format(name=name, why=why),
        _("Export the plan anew with “cityplanner export --bundle”."),
    )
