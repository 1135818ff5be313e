"""The benchmarks run, at a hundredth of their size; what they measure is not judged here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import HEADLESS, main
from tests.benchmarks.data import Size, contact_rows


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
