"""The benchmarks run, at a hundredth of their size; what they measure is not judged here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import HEADLESS, main
from tests.benchmarks.data import Size, contact_rows
from tests.benchmarks.measure import figure, growth


def test_the_same_rows_are_made_each_time() -> None:
    rows = list(contact_rows(Size(0.001)))
    assert rows == list(contact_rows(Size(0.001)))
    assert len({row[3] for row in rows}) == len(rows) == 100


def test_every_workload_is_measured_beside_its_limit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ["--scale", "0.0005", "--repeat", "1", "--json", "--folder", str(tmp_path / "made")]
    assert main([*HEADLESS, *small]) == 0
    (figures,) = json.loads(capsys.readouterr().out).values()
    assert {one["workload"] for one in figures} == {*HEADLESS, "undo"}
    assert all(one["ours"] > 0 for one in figures)
    assert all(one["ratio"] > 0 for one in figures if one["limit"] is not None)


def test_an_unknown_workload_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["juggling"])
    assert "there is no workload juggling" in capsys.readouterr().err


def test_growth_is_told_as_a_power_of_the_size() -> None:
    sizes = (1_000, 10_000, 50_000, 100_000)
    found = {
        size: [
            figure("open", f"{size} MB", [size / 1e6], [0.5]),
            figure("lists", "all", [(size / 1e3) ** 2]),
        ]
        for size in sizes
    }
    told = [line.split() for line in growth(found).splitlines()]
    assert told[1:] == [["open", "MB", "1.00", "0.00"], ["lists", "all", "2.00"]]
