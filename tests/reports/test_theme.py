"""Every colour text is printed in can be read on every ground it is printed on."""

from __future__ import annotations

import pytest

from cityplanner.reports.charts.description import Tone
from cityplanner.reports.theme import TEXT_CONTRAST, WHITE, colour, contrast, legible, theme

TONES: tuple[Tone, ...] = ("plain", "accent", "good", "caution", "bad", "quiet")


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast((0, 0, 0), WHITE) == pytest.approx(21)


@pytest.mark.parametrize("accent", ["", "#0b5a7d", "#ffd400", "#ffffff", "#ff0000", "#000000"])
@pytest.mark.parametrize("tone", TONES)
def test_text_is_legible_on_paper_panel_and_tint(accent: str, tone: Tone) -> None:
    own = theme(accent)
    for ground in (WHITE, own.panel, own.tint(tone), own.tint("plain")):
        assert contrast(own.tone(tone), ground) >= TEXT_CONTRAST


@pytest.mark.parametrize("number", range(8))
def test_white_or_ink_is_legible_on_each_series(number: int) -> None:
    own = theme()
    assert max(contrast(ground, own.series(number)) for ground in (WHITE, own.ink)) >= TEXT_CONTRAST


def test_a_dark_colour_is_left_as_it_is() -> None:
    assert legible(colour("#0b5a7d"), WHITE) == colour("#0b5a7d")


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="not a #rrggbb"):
        colour("red")


@pytest.mark.parametrize("accent", ["", "#3a7bd5", "#ffff00", "#777777", "#c8102e", "#00a651", "#ffffff"])
def test_text_of_any_accent_can_be_read_on_every_ground(accent: str) -> None:
    assert all(contrast(text, ground) >= TEXT_CONTRAST for text, ground in theme(accent).pairs())
