"""What is shipped beside the code: complete, readable, harmless, and with its origin and license named."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cityplanner.base import paths

RESOURCES = paths.resources()
FILES = sorted(path for path in RESOURCES.rglob("*") if path.is_file())
TAKEN_OVER = ("fonts", "icons")
"""Folders whose files others made: each needs its origin and its license."""


def test_there_are_resources() -> None:
    assert {path.relative_to(RESOURCES).parts[0] for path in FILES} >= {"catalogue", "fonts", "icons"}


@pytest.mark.parametrize("folder", TAKEN_OVER)
def test_what_others_made_names_its_origin_and_license(folder: str) -> None:
    sources = (RESOURCES / folder / "SOURCES.md").read_text("utf-8")

    assert re.search(r"origin", sources, re.IGNORECASE)
    assert re.search(r"licen[sc]e", sources, re.IGNORECASE)
    assert any(path.suffix == ".txt" and path.stat().st_size > 500 for path in (RESOURCES / folder).iterdir())


def test_every_font_is_named_among_the_sources() -> None:
    sources = (RESOURCES / "fonts" / "SOURCES.md").read_text("utf-8")
    families = {path.stem.split("-")[0] for path in (RESOURCES / "fonts").glob("*.ttf")}

    missing = [family for family in families if family not in re.sub(r"\s", "", sources)]
    assert missing == []


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".svg"], ids=lambda path: path.stem
)
def test_every_icon_is_well_formed_and_reaches_for_nothing_outside(path: Path) -> None:
    root = ElementTree.fromstring(path.read_text("utf-8"))

    assert root.tag.endswith("svg")
    assert not [e for e in root.iter() if e.tag.endswith(("script", "image", "foreignObject"))]
    assert "href" not in path.read_text("utf-8")


def test_every_text_is_utf_8_without_control_characters() -> None:
    texts = [
        path for path in FILES if path.suffix in {".md", ".yaml", ".csv", ".txt", ".json", ".svg", ".css"}
    ]
    broken = [path.name for path in texts if re.search(r"[\x00-\x08\x0b\x0e-\x1f]", path.read_text("utf-8"))]

    assert texts
    assert broken == []


def test_nothing_shipped_is_empty_or_of_unreasonable_size() -> None:
    assert [path.name for path in FILES if not 0 < path.stat().st_size < 20_000_000] == []


def test_no_two_shipped_names_differ_only_in_case() -> None:
    names = [str(path.relative_to(RESOURCES)).lower() for path in FILES]

    assert len(set(names)) == len(names)
