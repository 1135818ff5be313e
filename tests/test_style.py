"""The code keeps the style that is configured in pyproject.toml: ruff's rules and mypy's strict types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, timeout=600
    )


def test_ruff_finds_nothing() -> None:
    found = _run("ruff", "check", "cityplanner", "tests", "main.py")
    assert found.returncode == 0, found.stdout


def test_every_file_is_formatted() -> None:
    found = _run("ruff", "format", "--check", "cityplanner", "tests", "main.py")
    assert found.returncode == 0, found.stdout


def test_mypy_finds_nothing_in_strict_mode() -> None:
    found = _run("mypy")
    assert found.returncode == 0, found.stdout
