"""How a briefing looks in a word processor: its styles, its lists, its language."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from cityplanner.base.language import Language
from cityplanner.reports.docx.words import EAST_ASIAN, TWIPS, hexadecimal, node, region
from cityplanner.reports.theme import TYPES, Theme, Type

FONT, ARABIC_FONT, EAST_ASIAN_FONT = "Calibri", "Arial", "Microsoft YaHei"
OUTLINE = {f"Heading {level}": f"h{level}" for level in range(1, 6)}
STYLES: dict[str, str] = {
    "Title": "title",
    "Subtitle": "subtitle",
    "Caption": "caption",
    "List Paragraph": "item",
    "Header": "furniture",
    "Footer": "furniture",
    **OUTLINE,
}
OWN: dict[str, str] = {"Lead": "lead", "Small": "small", "Table Text": "cell", "Table Head": "head"}
KEPT = {"Title", "Caption", *OUTLINE}
BULLETS = ("•", "–", "·")
LEVELS = 9
LARGER = 1.08
"""Word's usual text is a little larger than ours on paper."""


def set_styles(document: Any, theme: Theme, say: Language) -> None:
    """Give the document's styles our sizes, colours and fonts, and say its language."""
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    defaults.remove(defaults.find(qn("w:rPr")))
    base = _letters(TYPES["body"], theme)
    base.insert(0, _fonts())
    base.append(_tongue(say))
    defaults.append(base)
    for name in OWN:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for level in range(1, 6):
        added = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = styles["Normal"]
        added.paragraph_format.left_indent = (level - 1) * 14 * 12700
        _dress(added, TYPES["contents"], theme, keep=False)
    _dress(styles["Normal"], TYPES["body"], theme, keep=False)
    for name, kind in (STYLES | OWN).items():
        _dress(styles[name], TYPES[kind], theme, keep=name in KEPT)


def _dress(style: Any, kind: Type, theme: Theme, *, keep: bool) -> None:
    element = style.element
    old = element.find(qn("w:rPr"))
    if old is not None:
        element.remove(old)
    element.append(_letters(kind, theme))
    form = style.paragraph_format
    form.space_before, form.space_after = round(kind.before * 12700), round(kind.after * 12700)
    form.line_spacing = 1.15
    form.keep_with_next = keep or None
    properties = element.find(qn("w:pPr"))
    for old in (properties.find(qn("w:pBdr")), properties.find(qn("w:tabs"))):
        if old is not None:
            properties.remove(old)


def _fonts() -> Any:
    return node("rFonts", ascii=FONT, hAnsi=FONT, cs=ARABIC_FONT, eastAsia=EAST_ASIAN_FONT)


def _letters(kind: Type, theme: Theme) -> Any:
    """Fonts, weight, colour and size of a type, for every script."""
    size = round(2 * kind.size * LARGER)
    return node(
        "rPr",
        *((node("b"), node("bCs")) if kind.bold else (node("b", val=0), node("bCs", val=0))),
        node("i", val=0),
        node("iCs", val=0),
        node("color", val=hexadecimal(theme.tone(kind.tone))),
        node("sz", val=size),
        node("szCs", val=size),
    )


def _tongue(say: Language) -> Any:
    own, tag = say.tag.split("-")[0], region(say.tag)
    places = {"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"}
    places["bidi" if say.right_to_left else "eastAsia" if own in EAST_ASIAN else "val"] = tag
    return node("lang", **places)


class Lists:
    """The numberings of a document: one for all bullets, one for each numbered list."""

    BULLET, DECIMAL = 1, 2

    def __init__(self, document: Any) -> None:
        self._element = document.part.numbering_part.element
        for old in list(self._element):
            self._element.remove(old)
        self._element.append(_definition(self.BULLET, None))
        self._element.append(_definition(self.DECIMAL, "%{level}."))
        self._count = 0
        self.bullets = self._add(self.BULLET)

    def numbered(self, start: int, level: int) -> int:
        """A numbering of its own that counts from `start`."""
        override = node("lvlOverride", node("startOverride", val=start), ilvl=level)
        return self._add(self.DECIMAL, override)

    def _add(self, kind: int, *more: Any) -> int:
        self._count += 1
        self._element.append(node("num", node("abstractNumId", val=kind), *more, numId=self._count))
        return self._count


def _definition(number: int, pattern: str | None) -> Any:
    levels = []
    for level in range(LEVELS):
        text = pattern.format(level=level + 1) if pattern else BULLETS[min(level, len(BULLETS) - 1)]
        indent = node("pPr", node("ind", left=18 * TWIPS * (level + 1), hanging=18 * TWIPS))
        levels.append(
            node(
                "lvl",
                node("start", val=1),
                node("numFmt", val="decimal" if pattern else "bullet"),
                node("lvlText", val=text),
                node("lvlJc", val="left"),
                indent,
                ilvl=level,
            )
        )
    return node("abstractNum", node("multiLevelType", val="multilevel"), *levels, abstractNumId=number)


def numbering(number: int, level: int) -> Any:
    """The properties of a list item."""
    return node("numPr", node("ilvl", val=min(level, LEVELS - 1)), node("numId", val=number))
