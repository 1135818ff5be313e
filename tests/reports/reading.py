"""Reads a PDF back as assistive technology would: the structure tree with the text of each element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf


@dataclass
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

    def walk(self) -> Iterator[Element]:
        """It and all below it."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def all(self, tag: str) -> list[Element]:
        """All elements of a tag in reading order."""
        return [element for element in self.walk() if element.tag == tag]


def read(path: Path) -> Element:
    """The document's structure with its text."""
    with pikepdf.open(path) as pdf:
        texts: dict[tuple[Any, int], str] = {}
        for page in pdf.pages:
            for number, text in _page_texts(page).items():
                texts[page.obj.objgen, number] = text
        root = pdf.Root.StructTreeRoot.K
        return _element(root[0] if isinstance(root, pikepdf.Array) else root, texts)


def _element(node: Any, texts: dict[tuple[Any, int], str]) -> Element:
    found = Element(str(node.S)[1:], alt=str(node.get("/Alt", "")), language=str(node.get("/Lang", "")))
    for one in node.get("/A", []):
        found.attributes |= {str(key)[1:]: value for key, value in one.items()}
    home = node.Pg.objgen if "/Pg" in node else None
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            found.parts.append(texts.get((home, int(kid)), ""))
        elif kid.get("/Type") == "/MCR":
            found.parts.append(texts.get((kid.Pg.objgen, int(kid.MCID)), ""))
        elif kid.get("/Type") != "/OBJR":
            found.parts.append(_element(kid, texts))
    return found


def _page_texts(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked stretch of a page."""
    fonts = {name: to_unicode(font) for name, font in page.Resources.Font.items()}
    found: dict[int, str] = {}
    stack: list[tuple[str, Any]] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("BDC", "BMC"):
            entries = operands[1] if name == "BDC" else {}
            stack.append((str(operands[0]), entries))
            if "/ActualText" in entries:
                _add(found, stack[:-1], str(entries["/ActualText"]))
        elif name == "EMC":
            stack.pop()
        elif name in ("TJ", "Tj") and not any("/ActualText" in entries for _tag, entries in stack):
            pieces = operands[0] if name == "TJ" else [operands[0]]
            codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
            chars = [font[int.from_bytes(codes[n : n + 2], "big")] for n in range(0, len(codes), 2)]
            if any(tag == "/ReversedChars" for tag, _entries in stack):
                chars.reverse()
            _add(found, stack, "".join(chars))
    return found


def _add(found: dict[int, str], stack: list[tuple[str, Any]], text: str) -> None:
    for _tag, entries in reversed(stack):
        if "/MCID" in entries:
            number = int(entries["/MCID"])
            found[number] = found.get(number, "") + text
            return


def to_unicode(font: Any) -> dict[int, str]:
    """What each code of a font spells."""
    data = font.ToUnicode.read_bytes().decode("ascii")
    rows = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", data.split("endcodespacerange")[1])
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}
