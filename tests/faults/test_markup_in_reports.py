"""Mark-up injection in reports: any text of the plan prints as itself, in every briefing and every form of it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.nouns import nouns
from cityplanner.reports.blocks import Block, Briefing, CallOut, Column, Heading, ListBlock, Paragraph, Table
from cityplanner.reports.choices import Form
from cityplanner.reports.kinds import KINDS, kind_named
from cityplanner.reports.output import write_briefing
from cityplanner.reports.pdf.read_back import read
from cityplanner.reports.report import write_report
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults.markup import HOSTILE, MARKS, WORD, misread, texts_of
from tests.faults.sizes import is_long
from tests.reports.briefings.samples import choices_for
from tests.store.content import raw

ASKING = ("src", "srcset", "href", "action", "data", "poster", "style")
"""What in an element of a page is fetched or led to."""
MOST = 60
EVERY = [(kind.name, form) for kind in KINDS for form in Form]
BY_TURNS = [(kind.name, list(Form)[(number + 2) % len(Form)]) for number, kind in enumerate(KINDS)]
"""Every kind of briefing in one of its forms."""
DAY = dt.date(2026, 11, 2)
SECONDS = 20
"""Of computing, that no briefing may take over a word without end; most take two."""
LOCAL = '<img src="file:///etc/passwd"/><a href="javascript:alert(7)">x</a></para><script>alert(7)</script>'
"""What would bring a file of this computer into a report, or run in whoever opens it."""


class Page(HTMLParser):
    """What a browser shows of a page, and the elements it has."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def members(path: Path, ending: str) -> list[str]:
    """The parts of a Word file whose names end so."""
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if name.endswith(ending)]


def shown(path: Path) -> str:
    """What a person reads in a briefing."""
    if path.suffix == ".pdf":
        return read(path).text
    if path.suffix == ".html":
        return "".join(Page(path.read_text("utf-8")).words)
    texts = (re.findall(r"<w:t(?: [^>]*)?>([^<]*)", part) for part in members(path, ".xml"))
    return unescape("".join(word for part in texts for word in part))


def fetched(path: Path) -> list[str]:
    """What a briefing loads, runs or leads to: of a plan's texts nothing may be among it."""
    if path.suffix == ".html":
        elements = Page(path.read_text("utf-8")).elements
        asked = [str(of[name]) for _tag, of in elements for name in of if name in ASKING or name[:2] == "on"]
        return asked + [
            tag for tag, _of in elements if tag in ("script", "iframe", "object", "embed", "form")
        ]
    if path.suffix == ".docx":
        return [place for part in members(path, ".rels") for place in re.findall(r'Target="([^"]*)', part)]
    with pikepdf.open(path) as pdf:
        whole = [str(one) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
    return [one for one in whole if re.search("/URI|/JavaScript|/EmbeddedFile|/Launch|/Subtype: /Image", one)]


def hostile(one: str) -> bool:
    """Whether something that is loaded, run or led to comes from a text of the plan."""
    return bool(re.search("img7|link7|passwd|alert", one)) or one in ("script", "iframe", "object", "embed")


@pytest.fixture(scope="module")
def plan(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """Three years of work, in whose first records of every noun every text is hostile."""
    path = shutil.copyfile(sample_file, tmp_path_factory.mktemp("hostile") / "hostile.cityplan")
    with raw(path) as connection:
        for table, noun in nouns().items():
            for name in texts_of(noun):
                words = f'UPDATE "{table}" SET "{name}" = ? || \' \' || id WHERE id <= {MOST}'
                connection.execute(words, (HOSTILE,))
    with open_plan(path, user="tester") as opened:
        yield opened


@pytest.mark.parametrize(("name", "form"), EVERY if is_long() else BY_TURNS)
def test_every_briefing_prints_hostile_texts_as_they_stand_in_the_plan(
    plan: Plan, tmp_path: Path, name: str, form: Form
) -> None:
    target = tmp_path / f"briefing.{form}"
    write_report(name, plan, target, choices_for(kind_named(name), plan), form=form, today=SAMPLE_TODAY)
    seen = shown(target)
    assert misread(seen) == []
    assert all(word in seen for word in MARKS), "texts that are not printed prove nothing"
    assert [one for one in fetched(target) if hostile(one)] == []


BLOCKS: dict[str, Block] = {
    "paragraph": Paragraph(WORD),
    "table": Table([Column("A", 2), Column("B")], [[WORD, "1"]], caption="Words"),
    "list": ListBlock([WORD]),
    "heading": Heading(1, WORD),
    "call-out": CallOut("note", "Words", WORD),
}


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("what", BLOCKS if is_long() else ["table"])
def test_a_word_without_end_prints_whole_within_seconds(tmp_path: Path, what: str, form: Form) -> None:
    target, begin = tmp_path / f"briefing.{form}", time.process_time()
    write_briefing(Briefing("Words", [BLOCKS[what]], DAY), target, form=form)
    took = time.process_time() - begin
    print(f"a word of {len(WORD)} letters in a {what} as {form}: {took:.1f} s")
    assert took < SECONDS
    assert WORD in "".join(shown(target).split())


@pytest.mark.parametrize("form", Form)
def test_nothing_of_this_computer_and_nothing_that_runs_gets_into_a_briefing(
    tmp_path: Path, form: Form
) -> None:
    target = tmp_path / f"briefing.{form}"
    table = Table([Column(LOCAL, 2), Column("B")], [[LOCAL, "1"]], caption=LOCAL)
    blocks = [Heading(1, LOCAL), Paragraph(LOCAL), ListBlock([LOCAL]), CallOut("note", LOCAL, LOCAL), table]
    write_briefing(Briefing(LOCAL, blocks, DAY), target, form=form)
    assert [one for one in fetched(target) if hostile(one)] == []
    assert "".join(shown(target).split()).count("".join(LOCAL.split())) >= 6
    assert b"root:" not in target.read_bytes()


def test_the_proof_sees_what_a_page_would_fetch_and_misread(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text(f"<p>{LOCAL}{HOSTILE}</p>", "utf-8")
    assert len([one for one in fetched(target) if hostile(one)]) >= 5
    assert misread(shown(target))
    assert misread(HOSTILE) == []
