"""Where CityPlanner's own files are: shipped resources, the user's data, settings, logs."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "CityPlanner"
PLAN_SUFFIX = ".cityplan"
BACKUPS = " backups"
"""What the folder of a plan's backups is called after the plan's own name."""
_PACKAGE = Path(__file__).resolve().parents[1]


def resources() -> Path:
    """The folder of shipped data: inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def _home(name: str, default: str) -> Path:
    """A folder of the user's, or below CITYPLANNER_HOME where that is set (tests, portable use)."""
    override = os.environ.get("CITYPLANNER_HOME")
    folder = Path(override) / name if override else Path(default)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data_folder() -> Path:
    """Where plans live unless the user chooses another place."""
    return _home("data", platformdirs.user_data_dir(APP, appauthor=False))


def config_folder() -> Path:
    """Where settings are kept."""
    return _home("config", platformdirs.user_config_dir(APP, appauthor=False))


def log_folder() -> Path:
    """Where the log is kept."""
    return _home("log", platformdirs.user_log_dir(APP, appauthor=False))


def plan_of(path: Path) -> Path | None:
    """The plan of which a file is a backup, told by where it lies; None for what is no backup."""
    name = path.parent.name.removesuffix(BACKUPS)
    is_backup = name != path.parent.name and path.name.startswith(f"{name}.")
    return path.parent.with_name(f"{name}{PLAN_SUFFIX}") if is_backup else None


def drafts_file(plan: Path, folder: Path | None = None) -> Path:
    """Where what was typed for a plan and not saved is kept; `folder` instead of the usual one."""
    import hashlib  # late: it loads a library that the first window does not need

    name = hashlib.sha256(str(plan.resolve()).encode()).hexdigest()[:24]
    return (folder or data_folder() / "drafts") / f"{name}.json"


def default_plan() -> Path:
    """The plan that opens when no other is named."""
    return data_folder() / f"Our office{PLAN_SUFFIX}"
