"""Where files are."""

import os
from pathlib import Path

import pytest

from cityplanner.base import paths


def test_the_shipped_resources_are_found() -> None:
    assert (paths.resources() / "icons").is_dir()


def test_a_home_of_its_own_holds_data_settings_and_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITYPLANNER_HOME", str(tmp_path / "new" / "home"))

    folders = [paths.data_folder(), paths.config_folder(), paths.log_folder()]

    assert all(folder.is_dir() and tmp_path in folder.parents for folder in folders)
    assert len(set(folders)) == 3


def test_the_default_plan_is_in_the_data_folder_and_is_a_plan_by_name() -> None:
    assert paths.default_plan().parent == paths.data_folder()
    assert paths.default_plan().suffix == paths.PLAN_SUFFIX


def test_the_users_own_folders_are_used_where_no_home_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CITYPLANNER_HOME")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))

    assert paths.data_folder().is_dir()
    assert os.access(paths.data_folder(), os.W_OK)
