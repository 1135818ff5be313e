"""A finished PDF is read back before it gets its name; what can't be read by everyone is not written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cityplanner.base.errors import UserError
from cityplanner.reports.blocks import Block, Briefing, Heading, KeepTogether, Paragraph, Picture
from cityplanner.reports.output import FORMS, write_briefing
from cityplanner.reports.pdf import document
from cityplanner.reports.pdf.read_back import reading
from cityplanner.reports.pdf.self_check import check_file, defects
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.theme import PAPERS
from tests.reports.sample import DAY, every_block, picture, seal

Plant = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Node]:
    job = document.Job(every_block(), PAPERS["Letter"], tmp_path_factory.mktemp("whole") / "a.pdf")
    job.write(None)
    return job.paper._target, job.paper.root


def _every(pdf: pikepdf.Pdf, tag: str) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == f"/{tag}"]


def _drop_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _drop_mark(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _hide_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _drop_alt(pdf: pikepdf.Pdf) -> None:
    del _every(pdf, "Figure")[1].Alt


def _drop_scope(pdf: pikepdf.Pdf) -> None:
    del _every(pdf, "TH")[2].A


def _skip_heading(pdf: pikepdf.Pdf) -> None:
    _every(pdf, "H2")[0].S = pikepdf.Name("/H4")


def _drop_unicode(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
            del one.ToUnicode


def _other_words(pdf: pikepdf.Pdf) -> None:
    font = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one)
    data = font.ToUnicode.read_bytes().replace(b"<0065>", b"<0078>")
    font.ToUnicode = pdf.make_stream(data)


def _change_stream(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    page = pdf.pages[0]
    data = page.Contents.read_bytes()
    assert old in data
    page.Contents = pdf.make_stream(data.replace(old, new, 1))


def _unmark(pdf: pikepdf.Pdf) -> None:
    _change_stream(pdf, b"/Figure <</MCID 0>> BDC\n", b"")
    _change_stream(pdf, b"EMC\n", b"")


def _swap(pdf: pikepdf.Pdf) -> None:
    node = pdf.Root.StructTreeRoot.K[0]
    kids = list(node.K)
    node.K = pikepdf.Array([kids[1], kids[0], *kids[2:]])


def _drop_part(pdf: pikepdf.Pdf) -> None:
    node = pdf.Root.StructTreeRoot.K[0]
    node.K = pikepdf.Array(list(node.K)[:-1])


DEFECTS: list[tuple[Plant, str]] = [
    (_drop_tags, "no tags"),
    (_drop_mark, "no tags"),
    (_drop_language, "language"),
    (_hide_title, "title"),
    (_drop_alt, "figure 2 has no alternative text"),
    (_drop_scope, "without scope"),
    (_skip_heading, "skips a level"),
    (_drop_unicode, "reads as “”"),
    (_other_words, "reads as"),
    (_unmark, "page 1 holds something that is not tagged"),
    (_swap, "other parts|reads as"),
    (_drop_part, "other parts"),
]


def test_a_sound_file_passes(whole: tuple[Path, Node]) -> None:
    check_file(*whole)
    assert list(defects(reading(whole[0]))) == []


@pytest.mark.parametrize(("plant", "words"), DEFECTS, ids=lambda value: getattr(value, "__name__", ""))
def test_planted_defects_are_named(
    tmp_path: Path, whole: tuple[Path, Node], plant: Plant, words: str
) -> None:
    path = tmp_path / "defect.pdf"
    with pikepdf.open(whole[0]) as pdf:
        plant(pdf)
        pdf.save(path)
    with pytest.raises(UserError, match=words):
        check_file(path, whole[1])


def test_words_that_were_composed_and_not_drawn_are_named(whole: tuple[Path, Node]) -> None:
    root = Node("Document")
    root.child("P").child("Span").says = "a promise"
    with pytest.raises(UserError, match="“a promise” is missing"):
        check_file(whole[0], root)


def test_nothing_is_left_behind_by_a_file_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Node, "describe", lambda node, _owner, **_values: node)
    with pytest.raises(UserError, match="header cells"):
        write_briefing(every_block(), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def make(*blocks: Block, **more: Any) -> Briefing:
    return Briefing("Title", [Heading(1, "One"), *blocks], DAY, **more)


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_without_words_is_named_with_the_place_to_mend_it(tmp_path: Path, form: str) -> None:
    blocks = [
        Picture(picture(), " ", name="harbor.png"),
        KeepTogether([Picture(picture(), "", caption="Quay")]),
    ]
    with pytest.raises(UserError) as caught:
        write_briefing(make(*blocks, Picture(picture(), "fine")), tmp_path / f"a.{form}", form=form)
    assert "harbor.png" in caught.value.what
    assert "Quay" in caught.value.what
    assert "where the picture is kept" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_many_pictures_without_words_are_counted(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="And 3 more"):
        write_briefing(make(*[Picture(picture(), "")] * 8), tmp_path / "a.pdf")


def test_a_seal_without_words_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="seal has no alternative text") as caught:
        write_briefing(make(seal=seal()), tmp_path / "a.pdf")
    assert "dialog of the office" in caught.value.remedy


@pytest.mark.parametrize("accent", ["blue", "#12", "#gggggg", "#12345"])
def test_a_colour_that_is_none_is_named(tmp_path: Path, accent: str) -> None:
    with pytest.raises(UserError, match="is not a color"):
        write_briefing(make(accent=accent), tmp_path / "a.pdf")


@pytest.mark.parametrize("accent", ["#ffff00", "#ffffff", "#5a9bd5", "#ff6600", "#e0e0e0"])
def test_a_pale_accent_is_darkened_and_passes(tmp_path: Path, accent: str) -> None:
    assert write_briefing(make(Paragraph("x"), accent=accent), tmp_path / "a.pdf") == 1


@pytest.mark.parametrize("data", [b"", b"no picture", b"GIF89a" + bytes(40), picture()[:200]])
def test_a_picture_that_is_none_is_said_in_words(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError, match="could not be read"):
        write_briefing(make(Picture(data, "hills")), tmp_path / "a.pdf")


def test_an_unknown_form_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="pdf, html, docx"):
        write_briefing(make(), tmp_path / "a.odt", form="odt")


def test_the_title_page_carries_the_seal_once_as_a_figure(tmp_path: Path) -> None:
    for title_page in (True, False):
        path = tmp_path / f"{title_page}.pdf"
        write_briefing(every_block(title_page=title_page), path)
        root = reading(path).root
        assert root
        assert [one.alt for one in root.all("Figure")].count(every_block().seal_alt) == 1


def test_a_briefing_without_seal_has_no_figure_for_it(tmp_path: Path) -> None:
    write_briefing(replace(every_block(), seal=None, seal_alt=""), tmp_path / "a.pdf")
    root = reading(tmp_path / "a.pdf").root
    assert root
    assert len(root.all("Figure")) == 11
