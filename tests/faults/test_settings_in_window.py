"""Settings damaged, in the window: whatever stands in the files of this computer, it opens and every page shows."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from cityplanner.store.plan_file import Plan
from cityplanner.ui.parts.columns import WIDTHS
from cityplanner.ui.parts.drafts import Drafts
from cityplanner.ui.theme import ZOOM
from tests.faults.sizes import is_long
from tests.faults.test_settings_damaged import SETTINGS, STRANGE
from tests.faults.window import calm, shown, walk

ALL = [*SETTINGS, WIDTHS, ZOOM]
NESTED: tuple[Any, ...] = (
    {"partner": {"name": {}}},
    {"partner": {"name": "x", "unknown": -5}},
    {"partner": ["unknown", "--name", "name", "name"]},
    {"partner": {"name": 10**30}},
    {"partner": [["name"]]},
    {"partner": "name"},
)
"""The shapes of the settings that are lists by noun, with values that no list has."""
QUICK = (None, 10**30, "\x00", [None], {"partner": [None]}, *NESTED[:3])


@pytest.mark.parametrize("value", (*STRANGE, *NESTED) if is_long() else QUICK, ids=repr)
def test_the_window_opens_with_any_value_for_every_setting(
    qapp: QApplication, plan: Plan, tmp_path: Path, caplog: pytest.LogCaptureFixture, value: object
) -> None:
    plan.close()
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({one.key: value for one in ALL}), "utf-8")
    with caplog.at_level(logging.ERROR), shown(qapp, path, plan.path) as shell:
        if is_long():
            assert len(list(walk(shell))) > 20
        else:
            for name in ("partners", "reports"):
                shell.window.go(name)
                calm(shell)
        shell.window.commands["preferences"].trigger()
        calm(shell)
        for window in QApplication.topLevelWidgets():
            if window is not shell.window:
                window.close()
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[" * 100_000, b"\xff", b"null", b'{"partner/1": 5}', b'{"partner/1": [1]}']
)
def test_damaged_drafts_are_no_drafts(tmp_path: Path, data: bytes) -> None:
    drafts = Drafts(tmp_path / "a.cityplan", tmp_path)
    drafts.path.write_bytes(data)
    drafts = Drafts(tmp_path / "a.cityplan", tmp_path)
    for number in (1, None):
        assert drafts.get("partner", number) == {}
    drafts.keep("partner", 1, {"name": "Lima"})
    assert Drafts(tmp_path / "a.cityplan", tmp_path).get("partner", 1) == {"name": "Lima"}
