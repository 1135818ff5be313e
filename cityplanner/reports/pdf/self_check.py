"""What a finished PDF must show before it gets its name: its structure whole, and its words those composed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.reports.pdf.read_back import Element, Reading, reading
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.words import clipped

_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd]+")
_HEADING = re.compile("H[1-6]")
SHOWN = 60
MOST_NAMED = 3


def check_file(path: Path, composed: Node) -> None:
    """Raise `UserError` unless the file reads back as it was composed, and soundly tagged."""
    found = []
    for defect in defects(reading(path), composed):
        found.append(defect)
        if len(found) == MOST_NAMED:
            break
    if found:
        what = _("The briefing did not pass the check of the finished file, so it was not written: {defects}")
        remedy = _(
            "This is a fault of CityPlanner. Report it with this text; writing it as HTML may work meanwhile."
        )
        raise UserError(what.format(defects="; ".join(found)), remedy)


def defects(found: Reading, composed: Node | None = None) -> Iterator[str]:
    """What is wrong with a file, in words; nothing for a sound one."""
    if found.root is None or not found.marked:
        yield _("the file has no tags")
        return
    if not found.language:
        yield _("the file does not say its language")
    if not (found.title and found.shows_title):
        yield _("the file does not show its title")
    for number in found.unmarked:
        yield _("page {n} holds something that is not tagged").format(n=number)
    yield from _headings(found.root)
    yield from _figures(found.root)
    yield from _tables(found.root)
    if composed:
        yield from _lost(composed)
        yield from _texts(found.root, composed)


def _headings(root: Element) -> Iterator[str]:
    level = 0
    for element in root.walk():
        if _HEADING.fullmatch(element.tag):
            if int(element.tag[1]) > level + 1:
                yield _("the heading “{text}” skips a level").format(text=clipped(element.text, SHOWN))
            level = int(element.tag[1])


def _figures(root: Element) -> Iterator[str]:
    for number, figure in enumerate(root.all("Figure"), 1):
        if not figure.alt.strip():
            yield _("figure {n} has no alternative text").format(n=number)


def _tables(root: Element) -> Iterator[str]:
    for number, table in enumerate(root.all("Table"), 1):
        headers = table.all("TH")
        if not headers or any("Scope" not in cell.attributes for cell in headers):
            yield _("table {n} has no header cells, or some without scope").format(n=number)


def _lost(composed: Node) -> Iterator[str]:
    """Words that were composed and never drawn."""
    for node in composed.made:
        if not node.attached and seen(node.says or ""):
            yield _("“{text}” is missing").format(text=clipped(node.says or "", SHOWN))
        yield from _lost(node)


def _texts(found: Element, composed: Node) -> Iterator[str]:
    """Where the elements read differ from the nodes composed: another tag, other words, words left out."""
    nodes = [kid for kid in composed.kids if isinstance(kid, Node)]
    if found.tag != composed.tag or len(nodes) != len(found.children):
        yield _("“{text}” has other parts than composed").format(text=clipped(found.text, SHOWN))
        return
    if composed.says is not None and seen(found.own) != seen(composed.says):
        yield _("“{text}” reads as “{read}”").format(
            text=clipped(composed.says, SHOWN), read=clipped(found.own, SHOWN)
        )
    for element, node in zip(found.children, nodes, strict=True):
        yield from _texts(element, node)


def seen(text: str) -> str:
    """The characters of a text that can be seen."""
    return _UNSEEN.sub("", text)
