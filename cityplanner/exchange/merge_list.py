"""A mail merge list: the recipients of a group as a table that word processors read, CSV or spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from cityplanner.base.language import _, current
from cityplanner.exchange.cell_texts import safe
from cityplanner.exchange.recipients import Recipient, Recipients
from cityplanner.exchange.spreadsheets import write_spreadsheet
from cityplanner.exchange.tables import write_table
from cityplanner.model.contact import Contact
from cityplanner.model.entity import field_of
from cityplanner.model.partner import Partner

SUFFIXES = (".csv", ".xlsx")


def headers() -> list[str]:
    """The columns of a mail merge list."""
    named = ("salutation", "address_form", "given", "family", "own_name")
    own = [_(field_of(Contact, name).label) for name in named]
    return [*own, _("Language"), _("Position"), _("Partner"), *_places(), _("E-mail")]


def _places() -> list[str]:
    return [_(field_of(Partner, name).label) for name in ("city", "country")]


def rows(found: Recipients) -> Iterator[list[str]]:
    """The rows of a mail merge list, a person each; languages as codes, countries by name."""
    for one in found.people:
        country = current().country(one.country) if one.country else ""
        yield [*_name(one), one.language, one.position, one.partner, one.city, country, one.email]


def _name(one: Recipient) -> tuple[str, ...]:
    return one.salutation, one.address_form, one.given, one.family, one.own_name


def write_list(found: Recipients, target: Path | TextIO) -> int:
    """Write a mail merge list and return how many rows it has; a file is written whole or not at all.

    A path that ends in `.xlsx` makes a spreadsheet, whose cells are texts and never formulas; all else is CSV.
    """
    if isinstance(target, Path) and target.suffix.lower() == ".xlsx":
        columns = [None] * len(headers())
        return write_spreadsheet(target, _("recipients"), columns, headers(), rows(found))
    harmless = ([safe(text) for text in row] for row in rows(found))
    if isinstance(target, Path):
        return write_table(target, headers(), harmless)
    csv.writer(target).writerows([headers(), *harmless])
    return len(found.people)
