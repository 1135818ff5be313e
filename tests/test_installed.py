"""The package as others install it: a wheel in an environment of its own, run from another folder."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-q", "-w", str(folder)], check=True, capture_output=True, timeout=300)
    return next(folder.glob("cityplanner-*.whl"))


def test_the_wheel_carries_every_resource(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    resources = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    missing = [
        str(path) for path in resources if f"cityplanner/{path.relative_to(ROOT).as_posix()}" not in packed
    ]
    assert resources
    assert not missing


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The python of an environment that has the wheel and its dependencies, but not this checkout."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", "--disable-pip-version-check", wheel],
        check=True,
        capture_output=True,
        timeout=300,
    )
    # The dependencies of this environment stand in for a download; its own .pth files are not followed,
    # so that the checkout stays out of sight.
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python


def _run(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-I", "-m", "cityplanner", *words], cwd=folder, capture_output=True, text=True, timeout=300
    )


def test_the_installed_package_makes_a_plan_and_a_briefing_from_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    where = subprocess.run(
        [installed, "-I", "-c", "import cityplanner.base.paths as p; print(p.resources())"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(ROOT / "resources") not in where.stdout
    plan = str(tmp_path / "office.cityplan")
    made = _run(installed, tmp_path, "new", plan, "--city", "Riverton", "--country", "US")
    assert made.returncode == 0, made.stderr
    printed = _run(
        installed, tmp_path, "report", "executive", "--plan", plan, "-o", str(tmp_path / "briefing.pdf")
    )
    assert printed.returncode == 0, printed.stderr
    assert (tmp_path / "briefing.pdf").read_bytes().startswith(b"%PDF-")
    found = _run(installed, tmp_path, "search", "diaspora", "--plan", plan)
    assert found.returncode == 0
    assert "diaspora" in found.stdout.casefold()
