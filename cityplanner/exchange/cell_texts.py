"""Texts in cells: never a formula, and several in one cell; loaded without the nouns, by what reads files too.

A text that begins like a formula gets an apostrophe, which reading takes away again.
"""

from __future__ import annotations

import re

# The signs a spreadsheet begins a formula with, their full-width forms, and the white space it skips before them.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unsafe(cell: str) -> str:
    """The text that `safe` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def is_number(cell: str) -> bool:
    """Whether a cell is nothing but a number, which may begin with a sign."""
    return bool(_NUMBER.fullmatch(cell))


_SEPARATING = re.compile(r'[;,\n"]|^\s|\s$')


def join(items: tuple[str, ...]) -> str:
    """A list in one cell: items apart by semicolons, those that hold a separator in quotation marks."""
    quoted = ('"' + item.replace('"', '""') + '"' if _SEPARATING.search(item) else item for item in items)
    return "; ".join(quoted)


_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[;\n]|$)|([^;\n]*))(?:[;\n]|$)')


def split(text: str) -> list[tuple[str, bool]]:
    """The items of a cell, each with whether it was quoted; the reverse of `join`."""
    found: list[tuple[str, bool]] = []
    position = 0
    while position < len(text):
        match = _ITEM.match(text, position)
        if match is None or match.end() == position:
            break
        if match[1] is not None:
            found.append((match[1].replace('""', '"'), True))
        elif match[2].strip():
            found.append((match[2].strip(), False))
        position = match.end()
    return found
