"""Words as WordprocessingML: paragraphs and runs with their manner, language, direction and link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from unicodedata import bidirectional

from babel.core import get_global
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cityplanner.base.language import Language, language
from cityplanner.reports.blocks import Run, Text, plain, runs
from cityplanner.reports.charts.description import Tone
from cityplanner.reports.pdf import bidi
from cityplanner.reports.pdf.text import cleaned, direction
from cityplanner.reports.theme import Colour, Theme

EAST_ASIAN = frozenset({"zh", "ja", "ko"})
LEFT_MARK, RIGHT_MARK = "\u200e", "\u200f"
_ISOLATES = frozenset("\u2066\u2067\u2068\u2069")
TWIPS = 20
"""Twentieths of a point."""


def node(tag: str, *kids: Any, **values: str | float) -> Any:
    """An element of Word's namespace with its children and attributes."""
    found = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        found.set(qn(f"w:{key}"), str(value))
    found.extend([kid for kid in kids if kid is not None])
    return found


def region(tag: str) -> str:
    """A language tag with the country Word expects behind it."""
    if "-" in tag:
        return tag
    likely = str(get_global("likely_subtags").get(tag, tag)).split("_")
    return f"{tag}-{likely[-1]}" if len(likely) > 2 else tag


def tongue(tag: str) -> Any:
    """The language of a run, in the place for its script."""
    own = tag.split("-")[0]
    place = "bidi" if language(tag).right_to_left else "eastAsia" if own in EAST_ASIAN else "val"
    return node("lang", **{place: region(tag)})


def hexadecimal(shade: Colour) -> str:
    """A colour as Word writes it."""
    return "".join(f"{round(part * 255):02X}" for part in shade)


@dataclass(slots=True)
class Inline:
    """How texts of one document become paragraphs; `places` are the bookmarks that links inside lead to."""

    part: Any
    theme: Theme
    language: Language
    places: Mapping[str, str]
    marks: int = 0

    def paragraph(
        self,
        words: Text,
        style: str = "",
        *more: Any,
        tag: str = "",
        align: str = "",
        names: Sequence[str] = (),
        bold: bool = False,
        tone: Tone = "plain",
    ) -> Any:
        """A paragraph; `more` are properties that stand between its style and its direction, in Word's order."""
        own = language(tag) if tag else self.language
        right = own.right_to_left
        jc = align or ("" if right == self.language.right_to_left else "end")
        properties = node(
            "pPr",
            node("pStyle", val=style) if style else None,
            *more,
            node("bidi", val=int(right)),
            node("jc", val=jc) if jc else None,
        )
        found = node("p", properties)
        marks = [self._mark(name) for name in names]
        found.extend([start for start, _end in marks])
        for run in _kept_apart(words, right):
            found.extend(self._run(run, right, tag, bold, tone))
        found.extend([end for _start, end in marks])
        return found

    def _mark(self, name: str) -> tuple[Any, Any]:
        self.marks += 1
        return node("bookmarkStart", id=self.marks, name=name), node("bookmarkEnd", id=self.marks)

    def _run(self, run: Run, right: bool, tag: str, bold: bool, tone: Tone) -> list[Any]:
        own = run.language or tag
        parts = [
            self._part(text, to_right, run, own, bold, tone)
            for text, to_right in stretches(cleaned(run.text), right)
        ]
        if not run.link:
            return parts
        link = node("hyperlink", *parts)
        if run.link.startswith("#"):
            link.set(qn("w:anchor"), self.places[run.link[1:]])
        else:
            link.set(qn("r:id"), self.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return [link]

    def _part(self, text: str, right: bool, run: Run, tag: str, bold: bool, tone: Tone) -> Any:
        heavy, slanted = bold or run.bold, run.italic
        shade = run.tone if run.tone != "plain" else "accent" if run.link else tone
        properties = node(
            "rPr",
            *((node("b"), node("bCs")) if heavy else ()),
            *((node("i"), node("iCs")) if slanted else ()),
            node("color", val=hexadecimal(self.theme.tone(shade))) if shade != "plain" else None,
            node("u", val="single") if run.link else None,
            node("rtl") if right else None,
            tongue(tag) if tag and language(tag).tag != self.language.tag else None,
        )
        found = node("r", properties)
        for number, line in enumerate(text.split("\n")):
            if number:
                found.append(node("br"))
            words = node("t")
            words.text = line
            words.set(qn("xml:space"), "preserve")
            found.append(words)
        return found


def _kept_apart(words: Text, right: bool) -> list[Run]:
    """The runs of a text; one that runs against its paragraph gets a mark where it starts or ends in a sign."""
    found, text = list(runs(words)), plain(words).strip()
    against = direction(text, right)
    if against == right or not text:
        return found
    mark = Run(RIGHT_MARK if against else LEFT_MARK)
    strong = ("R", "AL") if against else ("L",)
    if bidirectional(text[0]) not in strong:
        found.insert(0, mark)
    if bidirectional(text[-1]) not in strong:
        found.append(mark)
    return found


def stretches(text: str, right: bool) -> Iterator[tuple[str, bool]]:
    """A text in parts that run in one direction each, with whether it is from the right."""
    if not right and not bidi.has_right_to_left(text):
        yield text, False
        return
    levels: list[int] = []
    for line in text.split("\n"):
        levels += [*bidi.levels(line, int(right)), int(right)]
    parts: list[tuple[str, bool]] = []
    for level, group in groupby(zip(text, levels, strict=False), key=lambda one: one[1]):
        # Not every word processor knows isolates; a mark of the direction around them does nearly the same.
        mark = RIGHT_MARK if level % 2 else LEFT_MARK
        words = "".join(mark if char in _ISOLATES else char for char, _level in group)
        latin = any(bidirectional(char) == "L" for char in words)
        to_right = level % 2 == 1 or (level == 2 and not latin)
        if latin and right and not to_right:
            words = _marked(words)
        if parts and parts[-1][1] == to_right:
            words = parts.pop()[0] + words
        parts.append((words, to_right))
    yield from parts or [(text, right)]


def _marked(words: str) -> str:
    """Words from the left that keep the signs they start or end with."""
    start, end = (bidirectional(char) not in ("L", "EN") for char in (words[0], words[-1]))
    return f"{LEFT_MARK if start else ''}{words}{LEFT_MARK if end else ''}"


def field(code: str, shown: str = "1") -> list[Any]:
    """A field such as the page number, with what is shown until a reader counts."""
    instruction = node("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    words = node("t")
    words.text = shown
    return [
        node("r", node("fldChar", fldCharType="begin")),
        node("r", instruction),
        node("r", node("fldChar", fldCharType="separate")),
        node("r", words),
        node("r", node("fldChar", fldCharType="end")),
    ]


def flush(picture: Any) -> None:
    """Leave no room around a picture in a line; without being told, some readers leave a little."""
    for side in ("distT", "distB", "distL", "distR"):
        picture.set(side, "0")
