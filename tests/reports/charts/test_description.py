"""Charts that can't be drawn can't be described."""

from __future__ import annotations

import datetime as dt

import pytest

from cityplanner.reports.charts.description import (
    BarChart,
    ChartError,
    CoverageBar,
    CoverageBars,
    CurveChart,
    LineChart,
    MapChart,
    MatrixChart,
    Place,
    Point,
    Series,
    Span,
    Timeline,
)


def test_series_are_as_long_as_the_categories() -> None:
    with pytest.raises(ChartError, match="2 values for 1 steps"):
        BarChart(["a"], [Series("s", [1, 2])])


def test_values_are_numbers() -> None:
    with pytest.raises(ChartError, match="not a number"):
        Series("s", [float("nan")])
    with pytest.raises(ChartError, match="not a number"):
        LineChart([], [Series("s", [])], target=float("inf"), target_label="t")
    with pytest.raises(ChartError):
        LineChart(["x"], [Series("s", [1])], path=Series("p", [1, 2]))


def test_printed_values_are_as_many_as_values() -> None:
    with pytest.raises(ChartError):
        Series("s", [1, 2], shown=["1"])


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_lies_between_nothing_and_all(share: float) -> None:
    with pytest.raises(ChartError):
        CoverageBar("a", share)


def test_a_target_has_a_label() -> None:
    with pytest.raises(ChartError):
        CoverageBars([], target=0.5)
    with pytest.raises(ChartError):
        LineChart([], [Series("s", [])], target=1)


def test_stacked_bars_are_not_negative() -> None:
    with pytest.raises(ChartError):
        BarChart(["a"], [Series("s", [-1])], stacked=True)


def test_a_chart_has_one_to_eight_series() -> None:
    with pytest.raises(ChartError):
        BarChart(["a"], [])
    with pytest.raises(ChartError, match="told apart"):
        BarChart(["a"], [Series(str(n), [n]) for n in range(9)])


def test_a_curve_has_a_point_and_words_on_both_axes() -> None:
    with pytest.raises(ChartError):
        CurveChart([], "cost", "coverage")
    with pytest.raises(ChartError):
        CurveChart([Point(1, 2)], "cost", "")
    with pytest.raises(ChartError):
        CurveChart([Point(1, 2)], "cost", "coverage", marks=[Point(1, 1)])


def test_a_span_does_not_end_before_it_begins() -> None:
    with pytest.raises(ChartError):
        Span("a", dt.date(2026, 2, 1), dt.date(2026, 1, 1))
    with pytest.raises(ChartError):
        Timeline([])


def test_a_matrix_is_even_and_holds_shares() -> None:
    with pytest.raises(ChartError):
        MatrixChart(["r"], ["a", "b"], [[None]])
    with pytest.raises(ChartError):
        MatrixChart(["r"], ["a"], [[(1.5, "D")]])


def test_a_place_is_on_the_globe() -> None:
    with pytest.raises(ChartError):
        Place("nowhere", 91, 0)
    with pytest.raises(ChartError):
        MapChart([])
