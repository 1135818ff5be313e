"""What the user chose on this computer: each setting declared once, kept in one JSON file."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from cityplanner.base import paths

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing that can be set: its key in the file, its default, and what a value has to be beside its type."""

    key: str
    default: T
    fits: Callable[[Any], bool] = lambda value: True


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


THEME = Setting("theme", "system")
LANGUAGE = Setting("language", "en")
RECENT_PLANS: Setting[list[str]] = Setting("recent_plans", [], _texts)
USER_NAME = Setting("user_name", "")
PAPER = Setting("paper", "Letter")
COLUMNS: Setting[dict[str, list[str]]] = Setting(
    "columns", {}, lambda value: all(map(_texts, value.values()))
)
SORTING: Setting[dict[str, list[Any]]] = Setting(
    "sorting", {}, lambda value: all(isinstance(item, list) for item in value.values())
)
LEARNED_COLUMNS: Setting[dict[str, dict[str, str]]] = Setting(
    "learned_columns",
    {},
    lambda value: all(isinstance(of, dict) and _texts(list(of.values())) for of in value.values()),
)
"""By noun: which field a person gave to a column of a file that was imported (empty: left out)."""
BRIEFINGS: Setting[dict[str, dict[str, Any]]] = Setting(
    "briefings", {}, lambda value: all(isinstance(of, dict) for of in value.values())
)
"""By plan, and in it by kind: what was chosen when a briefing was made last."""
PLACES_ACCEPTED: Setting[list[str]] = Setting("places_accepted", [], _texts)
"""Plans whose folder was warned about."""
WINDOW = Setting("window", "")
MOST_RECENT = 10


class Settings:
    """The settings file, read at start; a damaged one is put aside and the defaults hold."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.config_folder() / "settings.json"
        self._values = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_text("utf-8"))
            if isinstance(values, dict):
                return values
            raise ValueError("not an object")
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError, OSError) as error:
            log.warning("settings could not be read, defaults are used: %s", type(error).__name__)
            with suppress(OSError):
                if self.path.is_file():
                    os.replace(self.path, self.path.with_suffix(".damaged.json"))
            return {}

    def get(self, setting: Setting[T]) -> T:
        """The chosen value, or the default where nothing fitting was chosen."""
        value: Any = self._values.get(setting.key)
        fits = isinstance(value, type(setting.default)) and setting.fits(value)
        kept: T = value if fits else setting.default
        return deepcopy(kept)

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep a choice, at once and whole."""
        self._values[setting.key] = value
        temporary = self.path.with_suffix(".tmp")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # ASCII, so that a path whose name is no proper text can be kept as well.
            temporary.write_text(json.dumps(self._values, indent=1), "utf-8")
            os.replace(temporary, self.path)
        except OSError as error:  # a full disk: the choice holds until the window is closed
            log.warning("settings could not be kept: %s", type(error).__name__)
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def remember_plan(self, path: Path) -> None:
        """Put a plan at the head of the recent ones."""
        recent = [str(path), *(p for p in self.get(RECENT_PLANS) if p != str(path))]
        self.set(RECENT_PLANS, recent[:MOST_RECENT])

    def user_name(self) -> str:
        """The name that changes are recorded under."""
        import getpass

        try:
            return self.get(USER_NAME) or getpass.getuser()
        except (OSError, KeyError):
            return "user"
