"""Reads a finished PDF back as assistive technology would: the structure tree with the text of each element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

_ROWS = re.compile(r"<([0-9a-f]{4})> <([0-9a-f]+)>")
_FONT = re.compile(r"/(\w+) [\d.]+ Tf")
_SHOWN = re.compile(r"<([0-9a-f]+)>")
_CODES = re.compile("....")
_NUMBER = re.compile(r"/MCID (\d+)")
_ACTUAL = re.compile(r"/ActualText (?:<feff([0-9a-f]*)>|\(((?:\\.|[^\\()])*)\))")
_ESCAPED = re.compile(r"\\(.)")
_PAINTS = re.compile(r"(?:^|\s)(?:TJ|Tj|S|s|f|F|B|b|Do|sh|EI)(?:\s|$)")


@dataclass(slots=True)
class Element:
    """One structure element: its tag, the text right in it, its children in reading order."""

    tag: str
    parts: list[str | Element] = field(default_factory=list)
    alt: str = ""
    language: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def own(self) -> str:
        """The text right in it, without that of its children."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def children(self) -> list[Element]:
        """The elements right below it."""
        return [part for part in self.parts if isinstance(part, Element)]

    def walk(self) -> Iterator[Element]:
        """It and all below it."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def all(self, tag: str) -> list[Element]:
        """All elements of a tag in reading order."""
        return [element for element in self.walk() if element.tag == tag]


@dataclass(slots=True)
class Reading:
    """What a file says: what it declares, its structure, the pages on which something is drawn unmarked."""

    marked: bool
    language: str
    title: str
    shows_title: bool
    root: Element | None
    unmarked: list[int]
    pages: int


def read(path: Path) -> Element:
    """The structure of a tagged PDF; raises `ValueError` for a file without one."""
    root = reading(path).root
    if root is None:
        raise ValueError(f"{path.name} has no structure")
    return root


def reading(path: Path) -> Reading:
    """Everything a reader learns from a PDF of ours."""
    with pikepdf.open(path) as pdf:
        texts: dict[tuple[Any, int], str] = {}
        unmarked: list[int] = []
        fonts: dict[Any, dict[str, str]] = {}
        for number, page in enumerate(pdf.pages, 1):
            found, all_marked = _page_texts(page, fonts)
            home = page.obj.objgen
            texts.update(((home, mark), text) for mark, text in found.items())
            if not all_marked or "/StructParents" not in page.obj:
                unmarked.append(number)
        top = pdf.Root
        tree = top.get("/StructTreeRoot")
        first = tree.get("/K") if tree is not None else None
        node = first[0] if isinstance(first, pikepdf.Array) and len(first) else first
        return Reading(
            _said(top.get("/MarkInfo"), "/Marked") == "True",
            _said(top, "/Lang"),
            _said(pdf.trailer.get("/Info"), "/Title"),
            _said(top.get("/ViewerPreferences"), "/DisplayDocTitle") == "True",
            _element(node, texts) if node is not None else None,
            unmarked,
            len(pdf.pages),
        )


def _said(entries: Any, key: str) -> str:
    """An entry of a dictionary that may not be there."""
    return str(entries.get(key, "")) if entries is not None else ""


def _element(node: Any, texts: dict[tuple[Any, int], str]) -> Element:
    entries = dict(node.items())
    found = Element(str(entries["/S"])[1:], [], str(entries.get("/Alt", "")), str(entries.get("/Lang", "")))
    for one in entries.get("/A", ()):
        found.attributes |= {str(key)[1:]: value for key, value in one.items()}
    home = entries["/Pg"].objgen if "/Pg" in entries else None
    kids = entries.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array | tuple) else [kids]:
        if isinstance(kid, int):
            found.parts.append(texts.get((home, kid), ""))
            continue
        kind = kid.get("/Type")
        if kind == "/MCR":
            found.parts.append(texts.get((kid.Pg.objgen, int(kid.MCID)), ""))
        elif kind != "/OBJR":
            found.parts.append(_element(kid, texts))
    return found


@dataclass(slots=True)
class _Mark:
    """An open marked stretch: its number if it has one, what its glyphs stand for, whether they run backwards."""

    number: int | None = None
    spelled: bool = False
    backwards: bool = False


def _page_texts(page: pikepdf.Page, known: dict[Any, dict[str, str]]) -> tuple[dict[int, str], bool]:
    """The text of each marked stretch of a page, and whether all that is drawn is in one.

    Our pages have one operator that matters to a line, so lines are read instead of a stream of tokens.
    """
    fonts = _fonts(page, known)
    found: dict[int, str] = {}
    stack: list[_Mark] = []
    all_marked = True
    for line in page.Contents.read_bytes().decode("ascii").split("\n"):
        if line == "EMC":
            if stack:
                stack.pop()
            else:
                all_marked = False
        elif line.endswith((" BDC", " BMC")):
            mark = _opened(line)
            stack.append(mark)
            if mark.spelled:
                _add(found, stack, _actual(line))
        elif not stack:
            all_marked = all_marked and not _PAINTS.search(line)
        elif line.startswith("BT ") and not any(mark.spelled for mark in stack):
            _add(found, stack, _shown(line, fonts, any(mark.backwards for mark in stack)))
    return found, all_marked and not stack


def _opened(line: str) -> _Mark:
    number = _NUMBER.search(line)
    return _Mark(int(number[1]) if number else None, "/ActualText" in line, line.startswith("/ReversedChars"))


def _actual(line: str) -> str:
    found = _ACTUAL.search(line)
    if not found:
        return ""
    if found[1] is not None:
        return bytes.fromhex(found[1]).decode("utf-16-be")
    return _ESCAPED.sub(r"\1", found[2])


def _shown(line: str, fonts: dict[str, dict[str, str]], backwards: bool) -> str:
    """What the glyphs of a line spell; a code its font doesn't know reads as nothing."""
    name = _FONT.search(line)
    font = fonts.get(name[1], {}) if name else {}
    codes = _CODES.findall("".join(_SHOWN.findall(line)))
    spelled = [font.get(code, "") for code in codes]
    return "".join(reversed(spelled) if backwards else spelled)


def _add(found: dict[int, str], stack: list[_Mark], text: str) -> None:
    for mark in reversed(stack):
        if mark.number is not None:
            found[mark.number] = found.get(mark.number, "") + text
            return


def _fonts(page: pikepdf.Page, known: dict[Any, dict[str, str]]) -> dict[str, dict[str, str]]:
    found = {}
    for name, font in page.Resources.get("/Font", {}).items():
        key = font.objgen
        if key not in known:
            known[key] = _to_unicode(font)
        found[name[1:]] = known[key]
    return found


def _to_unicode(font: Any) -> dict[str, str]:
    """What each code (four digits) of a font spells."""
    if "/ToUnicode" not in font:
        return {}
    data = font.ToUnicode.read_bytes().decode("ascii").partition("endcodespacerange")[2]
    return {code: bytes.fromhex(text).decode("utf-16-be") for code, text in _ROWS.findall(data)}
