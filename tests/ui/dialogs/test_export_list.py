"""Exporting a list from the window: the formats that fit, and a file name that says its format."""

from __future__ import annotations

from pathlib import Path

from cityplanner.ui.dialogs.export_list import filters, with_suffix


def test_cards_are_offered_for_contacts_and_calendars_for_what_has_dates() -> None:
    assert [line.rpartition("*")[2] for line in filters("contact")] == [".csv)", ".xlsx)", ".vcf)"]
    assert [line.rpartition("*")[2] for line in filters("engagement")] == [".csv)", ".xlsx)", ".ics)"]
    assert [line.rpartition("*")[2] for line in filters("partner")] == [".csv)", ".xlsx)"]


def test_a_name_without_a_format_gets_that_of_the_dialog() -> None:
    (_csv, spreadsheet) = filters("partner")
    assert with_suffix(Path("a.xlsx"), "", "partner") == Path("a.xlsx")
    assert with_suffix(Path("a"), spreadsheet, "partner") == Path("a.xlsx")
    assert with_suffix(Path("v1.2"), "", "partner") == Path("v1.2.csv")
    assert with_suffix(Path("a.vcf"), "", "partner") == Path("a.vcf.csv")
