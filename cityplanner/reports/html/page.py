"""A briefing as one HTML file that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence

from cityplanner.base.language import N_, language
from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
    Contents,
    Figure,
    Heading,
    KeyFacts,
    ListBlock,
    Paragraph,
    Picture,
    Sources,
    Table,
    Text,
    TitlePage,
    flatten,
    ids,
    plain,
)
from cityplanner.reports.charts.layout import parts
from cityplanner.reports.html.drawing import drawing
from cityplanner.reports.html.style import style
from cityplanner.reports.html.tables import table
from cityplanner.reports.html.words import Inline, attribute, spoken
from cityplanner.reports.pdf.composing import CONTENTS, TONES
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pictures import raster
from cityplanner.reports.theme import theme

SKIP = N_("Skip to the content")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
MOST_LARGE = 9
"""Characters of a fact that fit its card in large type."""
LONG = 4
"""From so many headings on, a briefing without a table of contents of its own gets one."""


def html(briefing: Briefing, paper: str = "Letter") -> str:
    """The whole file; equal briefings give equal text. `paper` is the size it is printed on."""
    return _Page(briefing, paper).whole()


class _Page:
    """One briefing on its way to HTML."""

    def __init__(self, briefing: Briefing, paper: str) -> None:
        self.briefing, self.paper = briefing, paper
        say = language(briefing.language)
        self.setting = Setting(theme(briefing.accent), say, say.right_to_left)
        self.language = say
        blocks = list(flatten(briefing.blocks))
        self.headings = [block for block in blocks if isinstance(block, Heading)]
        names = [name for block in blocks for name in ids(block) if name]
        self.anchors = {name: f"p{number}" for number, name in enumerate(names, 1)}
        self.inline = Inline(say, self.anchors)
        self._heading = self._figure = self._table = 0

    def whole(self) -> str:
        own = self.briefing
        blocks = list(flatten(own.blocks))
        contents = "" if any(isinstance(b, Contents) for b in blocks) else self._contents(Contents())
        main = "\n".join(part for block in blocks for part in self._block(block) if part)
        return (
            f'<!DOCTYPE html>\n<html{spoken(own.language)}>\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            f"<title>{attribute(own.title)}</title>\n{self._about()}"
            f"<style>{style(self.setting.theme, own.classification, self.paper)}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#main">{attribute(self.language.text(SKIP))}</a>\n'
            f'{self._head(blocks)}{contents}<main id="main">\n{main}\n</main>\n{self._foot()}</body>\n</html>\n'
        )

    def _about(self) -> str:
        own = self.briefing
        entries = {
            "author": own.author or own.office,
            "description": own.subject or own.subtitle,
            "keywords": ", ".join(own.keywords),
            "date": own.date.isoformat(),
        }
        rows = (
            f'<meta name="{name}" content="{attribute(words)}">\n' for name, words in entries.items() if words
        )
        return "".join(rows)

    def _head(self, blocks: Sequence[Block]) -> str:
        own = self.briefing
        note = blocks[0].note if blocks and isinstance(blocks[0], TitlePage) else ""
        day = own.date_text or self.language.date(own.date, "long")
        seal = self._image(own.seal, own.seal_alt, ' class="seal"') if own.seal else ""
        rows: list[tuple[str, str, Text]] = [
            ("p", "office", own.office),
            ("h1", "", own.title),
            ("p", "subtitle", own.subtitle),
            ("p", "quiet", day),
            ("p", "class", own.classification),
            ("p", "small", note),
        ]
        lines = (self._line(tag, name, words) for tag, name, words in rows if plain(words))
        return f'<header class="title">\n{seal}{"".join(lines)}</header>\n'

    def _line(self, tag: str, name: str, words: Text) -> str:
        kind = f' class="{name}"' if name else ""
        return f"<{tag}{kind}>{self.inline.text(words)}</{tag}>\n"

    def _foot(self) -> str:
        own = self.briefing
        day = own.date_text or self.language.date(own.date)
        words = " · ".join(part for part in (own.office, day, own.classification, own.note) if part)
        return f"<footer><p>{self.inline.text(words)}</p></footer>\n"

    # blocks

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Heading):
            yield self._headline(block)
        elif isinstance(block, Paragraph):
            yield self._paragraph(block)
        elif isinstance(block, ListBlock):
            yield self._list(block)
        elif isinstance(block, KeyFacts):
            yield self._facts(block)
        elif isinstance(block, Table):
            yield self._framed(block)
        elif isinstance(block, Figure):
            yield self._chart(block)
        elif isinstance(block, Picture):
            yield self._picture(block)
        elif isinstance(block, CallOut):
            yield self._call_out(block)
        elif isinstance(block, Sources):
            yield self._sources(block)
        elif isinstance(block, Contents):
            yield self._contents(block)

    def _id(self, name: str) -> str:
        return f' id="{self.anchors[name]}"' if name else ""

    def _headline(self, block: Heading) -> str:
        self._heading += 1
        inner = f"<span{self._id(block.id)}>{self.inline.text(block.text)}</span>" if block.id else ""
        tag = f"h{block.level + 1}"
        return f'<{tag} id="h{self._heading}">{inner or self.inline.text(block.text)}</{tag}>'

    def _paragraph(self, block: Paragraph) -> str:
        if not plain(block.text).strip():
            return ""
        inline, tongue = self.inline, ""
        if block.language:
            inline, tongue = Inline(language(block.language), self.anchors), spoken(block.language)
        kind = f' class="{block.style}"' if block.style != "body" else ""
        return f"<p{self._id(block.id)}{kind}{tongue}>{inline.text(block.text)}</p>"

    def _list(self, block: ListBlock) -> str:
        entries = block.entries()
        if not entries:
            return ""
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        tag = "ol" if block.ordered else "ul"
        rows = (
            f"<li{self._id(item.id)}>{self.inline.text(item.text)}{self._list(item.below) if item.below else ''}</li>"
            for item in entries
        )
        return f"<{tag}{start}>\n" + "\n".join(rows) + f"\n</{tag}>"

    def _facts(self, block: KeyFacts) -> str:
        rows = []
        for fact in block.facts:
            tone = "" if fact.tone in ("plain", "quiet") else f' class="t-{fact.tone}"'
            kind = f"{fact.tone} long" if len(fact.value) > MOST_LARGE else fact.tone
            value = f'<strong class="{kind}">{self.inline.text(fact.value)}</strong>'
            note = f"<span>{self.inline.text(fact.note)}</span>" if fact.note else ""
            rows.append(f"<li{tone}><span>{self.inline.text(fact.label)}</span> {value} {note}</li>")
        return '<ul class="facts" role="list">\n' + "\n".join(rows) + "\n</ul>" if rows else ""

    def _framed(self, block: Table) -> str:
        """A table in a frame of its own that scrolls where the screen is too narrow, by keyboard too."""
        self._table += 1
        name = f"t{self._table}"
        label = (
            f'aria-labelledby="{name}"'
            if plain(block.caption)
            else f'aria-label="{attribute(self.briefing.title)}"'
        )
        frame = f'<div class="scroll" role="group" tabindex="0" {label}{self._id(block.id)}>'
        return f"{frame}\n{table(self.inline, self.language, block, name)}\n</div>"

    def _chart(self, block: Figure) -> str:
        title = plain(block.caption).strip()
        charts = parts(block.chart)
        drawn = []
        for number, chart in enumerate(charts, 1):
            self._figure += 1
            count = f" ({number}/{len(charts)})" if len(charts) > 1 else ""
            picture = drawing(
                self.setting, chart, f"f{self._figure}", title + count * bool(title), block.alt + count
            )
            drawn.append(picture)
        data = self._framed(block.data) if block.data else ""
        label = attribute(title or block.alt)
        frame = f'<div class="scroll" role="group" tabindex="0" aria-label="{label}">{"".join(drawn)}</div>'
        return f"<figure{self._id(block.id)}>\n{self._caption(block.caption)}{frame}\n{data}</figure>"

    def _caption(self, words: Text) -> str:
        return f"<figcaption>{self.inline.text(words)}</figcaption>\n" if plain(words) else ""

    def _picture(self, block: Picture) -> str:
        share = f' style="width:{block.width * 100:g}%"' if block.width < 1 else ""
        image = self._image(block.data, block.alt, share)
        return f"<figure{self._id(block.id)}>\n{self._caption(block.caption)}{image}</figure>"

    @staticmethod
    def _image(data: bytes, alt: str, more: str = "") -> str:
        found = raster(data)
        source = f"data:{found.media_type};base64,{b64encode(found.data).decode('ascii')}"
        size = f'width="{found.width}" height="{found.height}"'
        return f'<img alt="{attribute(alt)}" {size} src="{source}"{more}>\n'

    def _call_out(self, block: CallOut) -> str:
        tone = TONES[block.kind]
        text = f"\n<p>{self.inline.text(block.text)}</p>" if plain(block.text) else ""
        title = f'<p><strong class="{tone}">{self.inline.text(block.title)}</strong></p>'
        return f'<div class="note t-{tone}" role="note">\n{title}{text}\n</div>'

    def _sources(self, block: Sources) -> str:
        rows = (f"<li{self._id(one.id)}>{self.inline.text(one.text)}</li>" for one in block.entries)
        return '<ol class="sources">\n' + "\n".join(rows) + "\n</ol>" if block.entries else ""

    def _contents(self, block: Contents) -> str:
        shown = [(n, one) for n, one in enumerate(self.headings, 1) if one.level <= block.depth]
        own = any(isinstance(one, Contents) for one in flatten(self.briefing.blocks))
        if not shown or (not own and len(shown) < LONG):
            return ""
        title = attribute(block.title or self.language.text(CONTENTS))
        rows = (
            f'<li class="l{one.level}"><a href="#h{n}">{self.inline.text(plain(one.text))}</a></li>'
            for n, one in shown
        )
        return (
            f'<nav class="contents" aria-label="{title}">\n<p>{title}</p>\n<ul role="list">\n'
            + "\n".join(rows)
            + "\n</ul>\n</nav>\n"
        )
