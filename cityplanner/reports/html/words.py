"""Words as HTML: everything escaped, runs with their manner, language, direction and link."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from cityplanner.base.language import Language, language
from cityplanner.reports.blocks import Run, Text, plain, runs
from cityplanner.reports.pdf.text import cleaned, direction, single_line


def attribute(words: str) -> str:
    """Words on one line as the value of an attribute, without its quotes."""
    return escape(single_line(words))


class Inline:
    """How texts of one document become HTML; `anchors` are the ids that links inside lead to."""

    def __init__(self, say: Language, anchors: Mapping[str, str]) -> None:
        self.language, self.anchors = say, anchors

    def text(self, words: Text) -> str:
        """A text's runs; one that runs against the document's direction is kept apart from what is around it."""
        found = "".join(map(self.run, runs(words)))
        right = self.language.right_to_left
        against = direction(plain(words), right)
        return found if against == right else f'<bdi dir="{side(against)}">{found}</bdi>'

    def run(self, run: Run) -> str:
        """One run."""
        found = escape(cleaned(run.text), quote=False).replace("\n", "<br>")
        if run.bold:
            found = f"<strong>{found}</strong>"
        if run.italic:
            found = f"<em>{found}</em>"
        if run.tone != "plain":
            found = f'<span class="{run.tone}">{found}</span>'
        if run.language and language(run.language).tag != self.language.tag:
            found = f"<bdi{spoken(run.language)}>{found}</bdi>"
        if run.link:
            words = found if run.text.strip() else escape(run.link)
            found = f'<a href="{self._target(run.link)}">{words}</a>'
        return found

    def _target(self, link: str) -> str:
        return f"#{self.anchors[link[1:]]}" if link.startswith("#") else attribute(link)


def spoken(tag: str) -> str:
    """The attributes that say a language and its direction."""
    own = language(tag)
    return f' lang="{attribute(own.tag)}" dir="{side(own.right_to_left)}"'


def side(right_to_left: bool) -> str:
    """The name of a direction."""
    return "rtl" if right_to_left else "ltr"
