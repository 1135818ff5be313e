"""Settings damaged: whatever stands in the file, the application starts, with defaults for what makes no sense."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from cityplanner.base import settings as declared
from cityplanner.base.settings import COLUMNS, RECENT_PLANS, THEME, USER_NAME, Setting, Settings
from tests.faults.mutants import mutants
from tests.faults.sizes import size

SETTINGS: list[Setting[Any]] = [one for one in vars(declared).values() if isinstance(one, Setting)]
STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, "", "x", "\x00", [], [1], [[]], ["x", None], {}, {"": ""}, {"partner": 5},
    {"partner": []}, {"partner": [None]}, {"partner": {"name": "x"}}, {"partner": {"name": None}}, {"a": {"b": []}},
)  # fmt: skip


def test_a_file_cut_anywhere_gives_defaults_and_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path).set(USER_NAME, "Dana Müller")
    whole = path.read_bytes()
    for length in range(len(whole) - 1):
        path.write_bytes(whole[:length])

        assert Settings(path).get(USER_NAME) == ""
        assert not path.exists()
        assert path.with_suffix(".damaged.json").read_bytes() == whole[:length]


@pytest.mark.parametrize("content", [b"[]", b"null", b"\xff\xfe", b'"x"', b"[" * 100_000, b"{", b""])
def test_a_file_that_is_no_settings_gives_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)

    assert Settings(path).get(THEME) == "system"


@pytest.mark.parametrize(
    "values",
    [
        {"theme": 3},
        {"theme": None},
        {"recent_plans": "x"},
        {"recent_plans": [1, None]},
        {"columns": {"a": "b"}},
    ],
)
def test_a_value_of_the_wrong_kind_is_the_default(tmp_path: Path, values: dict[str, object]) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(values), "utf-8")
    settings = Settings(path)

    assert settings.get(THEME) == "system"
    assert settings.get(RECENT_PLANS) == []
    assert settings.get(COLUMNS) == {}


def test_a_plan_whose_name_is_no_proper_text_can_be_remembered(tmp_path: Path) -> None:
    strange = tmp_path / os.fsdecode(b"plan-\xff.cityplan")
    Settings(tmp_path / "settings.json").remember_plan(strange)

    assert Settings(tmp_path / "settings.json").get(RECENT_PLANS) == [str(strange)]


def whole_file(path: Path) -> bytes:
    """A file with every setting in it."""
    settings = Settings(path)
    for one in SETTINGS:
        settings.set(one, one.default)
    settings.set(USER_NAME, "Dana Müller")
    settings.set(RECENT_PLANS, ["/a/b.cityplan", "/c d/é.cityplan"])
    settings.set(COLUMNS, {"partner": ["name", "city"]})
    return path.read_bytes()


def test_a_mutilated_file_gives_values_of_the_right_kind_and_can_be_written_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    whole = whole_file(path)
    count = size(300, 5000)
    for data in mutants([whole], count, 3):
        path.write_bytes(data)
        settings = Settings(path)
        assert [one.key for one in SETTINGS if type(settings.get(one)) is not type(one.default)] == []
        settings.set(USER_NAME, "Dana")
        assert Settings(path).get(USER_NAME) == "Dana"
    print(f"\n{count} mutilated settings files: 0 falls")


@pytest.mark.parametrize("value", STRANGE, ids=repr)
def test_any_value_of_any_setting_is_one_of_its_kind_or_the_default(tmp_path: Path, value: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({one.key: value for one in SETTINGS}), "utf-8")
    settings = Settings(path)
    for one in SETTINGS:
        found = settings.get(one)
        assert type(found) is type(one.default), one.key
        assert one.fits(found), one.key
