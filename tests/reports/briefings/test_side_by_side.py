"""Headings of scenarios stay short where that leaves them apart."""

from __future__ import annotations

from cityplanner.reports.briefings.side_by_side import LONGEST_HEADING, headings

LONG = "Growth with everything that the council and the associations asked for in their hearings"


def test_a_short_name_stays_as_it_is() -> None:
    assert headings(["Ten per cent less FY 2028"]) == ["Ten per cent less FY 2028"]


def test_a_long_name_is_cut_at_a_word() -> None:
    (cut,) = headings([LONG])
    assert cut.endswith("…")
    assert len(cut) <= LONGEST_HEADING
    assert LONG.startswith(cut.removesuffix("…"))


def test_names_that_differ_only_at_their_end_stay_whole() -> None:
    both = [f"{LONG}, 2028", f"{LONG}, 2029"]
    assert headings(both) == both


def test_a_name_without_spaces_stays_whole() -> None:
    assert headings(["緑" * 80]) == ["緑" * 80]
