"""Briefings are written whole, one or one for each record, and choices are remembered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.reports.choices import Audience, Choices, Form, Paper, year_before
from cityplanner.reports.report import file_name


def test_choices_survive_being_remembered() -> None:
    chosen = Choices(
        language="ar",
        paper=Paper.A4,
        audience=Audience.INTERNAL,
        begin=dt.date(2026, 1, 1),
        partners=(3, 1),
        left_out=frozenset({"sources"}),
        words="Nagoya",
    )
    assert Choices.from_json({**chosen.as_json(), "unknown": 1}) == chosen
    assert Choices().as_json() == {}


def test_remembered_choices_that_cannot_be_read_fall_back_to_the_defaults() -> None:
    assert Choices.from_json({"paper": "A0", "begin": "soon", "partners": None, "language": "es"}) == Choices(
        language="es"
    )


def test_the_period_is_twelve_months_unless_chosen_and_never_ends_before_it_begins() -> None:
    assert Choices().period(dt.date(2026, 3, 1)) == (dt.date(2025, 3, 2), dt.date(2026, 3, 1))
    assert year_before(dt.date(2024, 2, 29)) == dt.date(2023, 3, 1)
    with pytest.raises(UserError, match="ends before"):
        Choices(begin=dt.date(2026, 5, 1), end=dt.date(2026, 4, 1)).period(dt.date(2026, 6, 1))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("City of Nagoya", "City of Nagoya.pdf"),
        ("名古屋市 / 愛知", "名古屋市 愛知.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a<b>:"c"|?*', "a b c.pdf"),
        ("...", "briefing.pdf"),
    ],
)
def test_a_file_is_named_after_its_record_in_a_way_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, Form.PDF) == name


def test_a_long_name_is_cut(tmp_path: Path) -> None:
    (tmp_path / file_name("Ä" * 300, Form.DOCX)).write_bytes(b"")
