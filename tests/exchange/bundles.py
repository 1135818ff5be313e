"""Bundles for tests: a small one with a record of every noun, and reading without a process for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from cityplanner.exchange import bundle
from cityplanner.model.nouns import nouns
from cityplanner.store import attachments
from cityplanner.store.plan_file import create_plan
from tests.builders import make
from tests.conftest import make_office


def small_bundle(folder: Path) -> dict[str, Any]:
    """The office, one record of every noun and an attached file."""
    with create_plan(folder / "a.cityplan", make_office()) as plan:
        with plan.edit("x") as edit:
            for table, noun in nouns().items():
                if table not in ("office", "attachment"):
                    make(edit, noun)
            attachments.add(edit, "office", 1, "note.txt", b"bytes")
        bundle.export_bundle(plan, folder / "plan.json")
    read: dict[str, Any] = json.loads((folder / "plan.json").read_text("utf-8"))
    return read


def read_bundles_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bundles are read in this process from now on: hundreds of broken ones need no process each."""

    def heard(work: Callable[..., None], arguments: tuple[Any, ...], *_more: object) -> Generator[Any]:
        sent: list[Any] = []
        work(*arguments, sent.append)
        yield from sent

    monkeypatch.setattr(bundle, "heard_from_child", heard)
