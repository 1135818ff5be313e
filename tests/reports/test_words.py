"""Runs of words that run in different directions."""

from __future__ import annotations

from cityplanner.reports.words import Run, plain, runs

LABEL, NAME = "من: ", "Households in 2020."


def test_runs_of_one_direction_stay_as_they_are() -> None:
    for text in (("One, ", Run("two", italic=True)), (LABEL, Run("مدينة", bold=True)), (LABEL, "."), NAME):
        assert plain(text) == ("".join(run if isinstance(run, str) else run.text for run in text))


def test_runs_against_one_another_keep_their_signs() -> None:
    label, name = runs((Run(LABEL, bold=True), NAME))

    assert label == Run("\u2067من\u2069: ", bold=True)
    assert name.text == f"\u2066{NAME}\u2069"


def test_neighbors_of_one_direction_are_enclosed_together() -> None:
    found = runs(("Center, ", " ", Run("Title", italic=True), " ", "سنة"))

    assert [run.text for run in found] == ["\u2066Center, ", " ", "Title\u2069", " ", "\u2067سنة\u2069"]


def test_a_run_with_both_directions_is_left_alone() -> None:
    assert plain(("مدينة Port", "Linden")) == "مدينة Port\u2066Linden\u2069"


def test_a_comma_between_runs_stays_between_them() -> None:
    assert plain(("Lina, ", "لينا", ", Officer")) == "\u2066Lina\u2069, \u2067لينا\u2069, \u2066Officer\u2069"
