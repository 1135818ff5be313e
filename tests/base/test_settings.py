"""Settings survive a restart."""

import json
from pathlib import Path

from cityplanner.base.settings import (
    LANGUAGE,
    MOST_RECENT,
    RECENT_PLANS,
    THEME,
    USER_NAME,
    Settings,
)


def test_nothing_chosen_gives_the_defaults(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")

    assert settings.get(THEME) == "system"
    assert settings.get(LANGUAGE) == "en"
    assert settings.get(RECENT_PLANS) == []


def test_a_choice_is_there_after_a_restart(tmp_path: Path) -> None:
    Settings(tmp_path / "settings.json").set(THEME, "dark")

    assert Settings(tmp_path / "settings.json").get(THEME) == "dark"


def test_settings_are_kept_in_the_users_configuration_by_default() -> None:
    Settings().set(THEME, "light")

    assert Settings().get(THEME) == "light"


def test_changing_what_was_read_changes_neither_settings_nor_defaults(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.get(RECENT_PLANS).append("x")

    assert settings.get(RECENT_PLANS) == []
    assert Settings(tmp_path / "other.json").get(RECENT_PLANS) == []


def test_recent_plans_are_newest_first_without_repeats_and_limited(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for number in [*range(MOST_RECENT + 5), 3]:
        settings.remember_plan(tmp_path / f"{number}.cityplan")

    recent = settings.get(RECENT_PLANS)
    assert len(recent) == MOST_RECENT
    assert recent[0] == str(tmp_path / "3.cityplan")
    assert len(set(recent)) == len(recent)


def test_unknown_keys_of_another_version_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"from_the_future": 1}', "utf-8")
    Settings(path).set(THEME, "dark")

    assert json.loads(path.read_text("utf-8")) == {"from_the_future": 1, "theme": "dark"}


def test_changes_are_recorded_under_the_chosen_name_or_the_systems(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    assert settings.user_name()

    settings.set(USER_NAME, "Dana")
    assert settings.user_name() == "Dana"
