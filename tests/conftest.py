"""What every test may use: a home of its own, a clock that stands still, an empty plan and the sample plan."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cityplanner.model.office import Office
from cityplanner.store.plan_file import Plan, create_plan, open_plan

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
try:
    import PySide6.QtWidgets  # noqa: F401 - only whether it can be
except ImportError as error:  # Qt's system libraries are missing: everything headless still has to work
    collect_ignore_glob = ["ui/*", "faults/*_in_window.py", "screenshots.py"]
    _without_qt: str | None = str(error)
else:
    pytest_plugins = ("pytestqt.plugin",)
    _without_qt = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare pytest-qt's settings where it cannot be loaded, so that they are not taken for mistakes."""
    if _without_qt is not None:
        parser.addini("qt_api", "which Qt to use")
        parser.addini("qt_log_level_fail", "which Qt messages fail a test")


def pytest_report_header() -> str:
    """Say at the top when the window's tests cannot run."""
    return f"window tests left out, Qt does not load: {_without_qt}" if _without_qt else "window tests run"


NOW = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, logs and default plans of a test stay with the test."""
    monkeypatch.setenv("CITYPLANNER_HOME", str(tmp_path_factory.mktemp("home")))


def make_office() -> Office:
    """An office as the first-run form makes it."""
    return Office(
        name="Office of International Affairs",
        city="Riverton",
        country="US",
        zone="America/Chicago",
        languages=("en",),
    )


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with an office and nothing else, made once."""
    path = tmp_path_factory.mktemp("empty") / "empty.cityplan"
    create_plan(path, make_office(), user="tester", clock=lambda: NOW).close()
    return path


@pytest.fixture
def plan(_empty_file: Path, tmp_path: Path) -> Iterator[Plan]:
    """An open plan with an office and nothing else."""
    path = tmp_path / "test.cityplan"
    shutil.copyfile(_empty_file, path)
    with open_plan(path, user="tester", clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plan, built once; copy it before writing to it."""
    from cityplanner.exchange.sample import build_sample

    path = tmp_path_factory.mktemp("sample") / "sample.cityplan"
    build_sample(path).close()
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Plan]:
    """An open copy of the sample plan."""
    path = tmp_path / "sample.cityplan"
    shutil.copyfile(sample_file, path)
    with open_plan(path, user="tester", clock=lambda: NOW) as opened:
        yield opened
