"""Every promised script has a face; what has none prints as a replacement."""

from __future__ import annotations

import pytest

from cityplanner.base import paths
from cityplanner.reports.pdf import fonts
from tests.reports.sample import SCRIPTS


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("bold", [False, True])
def test_every_script_has_its_glyphs(script: str, bold: bool) -> None:
    _language, text = SCRIPTS[script]
    for shaped in fonts.shape(text, bold, False, 0, ""):
        assert not shaped.replaced
        assert all(glyph.gid for glyph in shaped.glyphs)


def test_a_character_without_a_face_is_replaced_and_its_text_kept() -> None:
    shaped = fonts.shape("a\U0001f389b", False, False, 0, "en")
    assert [(one.text, one.replaced) for one in shaped] == [("a", False), ("\U0001f389", True), ("b", False)]


def test_a_ligature_spells_all_its_letters() -> None:
    (shaped,) = fonts.shape("office", False, False, 0, "en")
    assert "".join(glyph.spells for glyph in shaped.glyphs) == "office"
    assert shaped.spelled


def test_joined_letters_take_other_forms() -> None:
    (shaped,) = fonts.shape("ببب", False, False, 1, "ar")
    assert len({glyph.gid for glyph in shaped.glyphs}) == 3


def test_a_subset_keeps_the_numbers_of_its_glyphs_and_is_small() -> None:
    face = fonts.faces(False, False)[-1]
    gid = face.nominal("北")
    data = face.subset([gid])
    assert len(data) < 400_000
    assert data[:4] == b"\0\1\0\0"


def test_a_face_without_bold_is_marked_to_be_drawn_heavier() -> None:
    (shaped,) = fonts.shape("北京", True, False, 0, "zh")
    assert shaped.face.heavier


def test_every_shipped_face_is_used_and_named_in_the_sources() -> None:
    folder = paths.resources() / "fonts"
    used = {
        f"{face.name}.ttf"
        for bold in (0, 1)
        for slant in (0, 1)
        for face in fonts.faces(bool(bold), bool(slant))
    }
    assert used == {path.name for path in folder.glob("*.ttf")}
    sources = (folder / "SOURCES.md").read_text("utf-8")
    assert all(name.split("-")[0] in sources for name in used)
    assert (folder / "OFL.txt").is_file()
    assert (folder / "Apache-2.0.txt").is_file()
