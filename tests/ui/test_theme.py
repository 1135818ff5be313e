"""The theme: readable in both schemes, at every size, and switched while the window is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel

from cityplanner.base.settings import Settings
from cityplanner.ui import theme
from cityplanner.ui.theme import DARK, LIGHT, Colours, Role, Scheme, Theme

SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


@SCHEMES
@pytest.mark.parametrize("name", ["text", "muted", "accent", "danger", "warning", "success"])
def test_text_colors_reach_the_contrast_of_wcag_on_every_ground(scheme: Colours, name: str) -> None:
    for ground in scheme.grounds():
        assert theme.contrast(getattr(scheme, name), ground) >= 4.5


@SCHEMES
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("accent_text", "accent"),
        ("selection_text", "selection"),
        ("accent", "accent_soft"),
        ("text", "accent_soft"),
        ("danger", "danger_soft"),
        ("warning", "warning_soft"),
        ("success", "success_soft"),
        ("text", "danger_soft"),
        ("text", "warning_soft"),
        ("text", "success_soft"),
    ],
)
def test_text_is_readable_on_its_colored_ground(scheme: Colours, text: str, ground: str) -> None:
    assert theme.contrast(getattr(scheme, text), getattr(scheme, ground)) >= 4.5


@SCHEMES
def test_outlines_of_inputs_reach_three_to_one(scheme: Colours) -> None:
    for ground in scheme.grounds():
        assert theme.contrast(scheme.outline, ground) >= 3


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)


@SCHEMES
def test_a_palette_leads_back_to_its_colors(qapp: QApplication, scheme: Colours) -> None:
    assert theme.colours(theme.palette(scheme)) is scheme


def test_choosing_dark_takes_effect_at_once_and_is_remembered(qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    look = Theme(qapp, settings)
    told: list[bool] = []
    look.changed.connect(lambda: told.append(True))
    look.choose(Scheme.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert told
    assert Settings(settings.path).get(theme.THEME) == "dark"
    look.choose(Scheme.LIGHT)
    assert theme.colours(qapp.palette()) is LIGHT


def test_zoom_doubles_the_text_of_every_role(qapp: QApplication, tmp_path: Path) -> None:
    look = Theme(qapp, Settings(tmp_path / "settings.json"))
    plain, title = QLabel("text"), theme.text_label("title", Role.TITLE)
    for label in (plain, title):
        label.show()
    before = [label.fontMetrics().height() for label in (plain, title)]
    look.magnify(200)
    after = [label.fontMetrics().height() for label in (plain, title)]
    look.magnify(100)
    assert all(big >= small * 1.8 for small, big in zip(before, after, strict=True))
    assert before[1] > before[0]


def test_zoom_stops_at_its_ends(qapp: QApplication, tmp_path: Path) -> None:
    look = Theme(qapp, Settings(tmp_path / "settings.json"))
    for _step in range(20):
        look.step(1)
    assert look.zoom == theme.ZOOMS[-1]
    look.magnify(1)
    assert look.zoom == theme.ZOOMS[0]
    look.magnify(100)


def test_a_label_shows_markup_as_it_stands(qapp: QApplication) -> None:
    label = theme.text_label("<img src=x>")
    assert label.text() == "<img src=x>"
    assert label.textFormat().name == "PlainText"
