"""The shipped catalog is complete, and every fault in its files is told with its place."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from cityplanner.model.roundtable import ItemKind, LinkKind, SectionKind, Support, Theme
from cityplanner.planning.catalogue import Catalogue, CatalogueError, CatalogueItem, read_catalogue

SMALL = Path(__file__).parents[1] / "data" / "catalogue"
TABLE, LINKS, INDEX = "table.yaml", "links.yaml", "catalogue.yaml"
FIRST_UID = "33333333-3333-4333-8333-333333333333"
SECOND_UID = "44444444-4444-4444-8444-444444444444"
ACTIONS = "        actions:\n          - List the posts.\n          - Call them.\n"


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return read_catalogue()


@pytest.fixture(scope="module")
def items(shipped: Catalogue) -> dict[int, CatalogueItem]:
    return {item.number: item for item in shipped.items}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "catalogue"))


def plant(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` of a file; return the line it begins on."""
    path = folder / file
    before, found, after = path.read_text("utf-8").partition(old)
    assert found, f"{old!r} is not in {file}"
    path.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


def faults(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(folder)
    return [(fault.file, fault.line, fault.text) for fault in caught.value.faults]


def test_the_numbers_run_from_1_to_52_without_gap_or_repetition(shipped: Catalogue) -> None:
    assert sorted(item.number for item in shipped.items) == list(range(1, 53))


def test_both_roundtables_carry_their_dates_and_size(shipped: Catalogue) -> None:
    first, second = shipped.roundtables
    assert (first.number, first.held_on, first.published_on, first.participants) == (1, "2020-04", None, 10)
    assert (second.number, second.held_on, second.published_on) == (2, "2020-07-16", "2020-08-20")
    assert second.participants == 12


def test_sections_follow_the_sources(shipped: Catalogue) -> None:
    kinds = [[section.kind for section in table.sections] for table in shipped.roundtables]
    takeaways = [SectionKind.TAKEAWAY] * 5
    assert kinds[0] == [SectionKind.INTRODUCTION, *takeaways, SectionKind.CLOSING]
    assert kinds[1] == [SectionKind.QUESTION] * 4
    assert all(section.prompt for section in shipped.roundtables[1].sections)


def test_every_item_stands_in_the_section_of_its_source(shipped: Catalogue) -> None:
    sections = {
        (table.number, section.number): [item.number for item in section.items]
        for table in shipped.roundtables
        for section in table.sections
    }
    lengths = [(2, 1, 12), (2, 2, 8), (2, 3, 9), (2, 4, 5)]
    lengths += [(1, 0, 1), (1, 1, 3), (1, 2, 4), (1, 3, 3), (1, 4, 3), (1, 5, 3), (1, 6, 1)]
    start = 1
    for table, section, length in lengths:
        assert sections.pop((table, section)) == list(range(start, start + length))
        start += length
    assert not sections


def test_findings_and_the_open_question_are_told_apart_from_advice(items: dict[int, CatalogueItem]) -> None:
    found = {number for number, item in items.items() if item.kind is ItemKind.FINDING}
    assert found == {1, 2, 12, 18, 30, 46}
    assert [number for number, item in items.items() if item.kind is ItemKind.QUESTION] == [29]


@pytest.mark.parametrize(
    ("numbers", "support"),
    [
        ([10, 11, 15, 29, 31], Support.ONE),
        ([2, 4, 14, 16, 23, 30, 46], Support.SEVERAL),
        ([3, 18, 41], Support.MANY),
        ([12], Support.MOST),
        ([22, 34], Support.ALL),
    ],
)
def test_support_is_what_the_source_counts(
    items: dict[int, CatalogueItem], numbers: list[int], support: Support
) -> None:
    assert {items[number].support for number in numbers} == {support}


def test_every_theme_is_answered_by_a_recommendation(shipped: Catalogue) -> None:
    advised = {item.theme for item in shipped.items if item.kind is ItemKind.RECOMMENDATION}
    assert advised == set(Theme)


def test_advice_and_practice_come_with_actions_and_indicators(shipped: Catalogue) -> None:
    for item in shipped.items:
        advises = item.kind in (ItemKind.RECOMMENDATION, ItemKind.PRACTICE)
        assert (2 <= len(item.actions) <= 5) is advises, item.code
        assert (1 <= len(item.indicators) <= 2) is advises, item.code
        assert all(action.endswith(".") for action in item.actions), item.code


def test_no_title_and_no_action_is_given_twice(shipped: Catalogue) -> None:
    words = Counter(text for item in shipped.items for text in (item.title, *item.actions))
    assert [text for text, count in words.items() if count > 1] == []


def test_an_indicator_reads_with_its_unit(items: dict[int, CatalogueItem]) -> None:
    assert str(items[28].indicators[0]) == "Articles published (articles per year)"


def test_links_resolve_and_cover_every_kind(shipped: Catalogue) -> None:
    codes = {item.code for item in shipped.items}
    assert all({link.from_code, link.to_code} <= codes for link in shipped.links)
    kinds = Counter(link.kind for link in shipped.links)
    assert set(kinds) == set(LinkKind)
    assert kinds.total() >= 15


def test_what_repeats_or_evolves_comes_after_what_it_takes_up(shipped: Catalogue) -> None:
    order = {item.code: place for place, item in enumerate(shipped.items)}
    for link in shipped.links:
        if link.kind is LinkKind.REPEATS or link.from_code[:2] != link.to_code[:2]:
            assert link.kind is LinkKind.TENSION or order[link.from_code] > order[link.to_code], link


def test_each_note_is_one_sentence(shipped: Catalogue) -> None:
    assert all(link.note.endswith(".") and ". " not in link.note for link in shipped.links)


def test_a_sound_folder_is_read_whole(folder: Path) -> None:
    catalogue = read_catalogue(folder)
    assert (catalogue.version, catalogue.released) == (3, "2026-01-31")
    assert [item.code for item in catalogue.items] == ["R7-T1-01", "R7-T1-02"]
    assert catalogue.items[0].text == "Consuls answer calls. Call each one twice a year."
    assert catalogue.items[1].actions == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (TABLE, "host: A host", "hots: A host", "“hots” is not a key that belongs here"),
        (TABLE, "uid: 4444", "Uid: 4444", "“Uid” is not a key"),
        (TABLE, "title: Posts are few", "title: 12", "“title” must be text"),
        (TABLE, "title: Posts are few", f"title: {'x' * 71}", "has 71 characters"),
        (TABLE, "title: Posts are few", "title:", "“title” must be text"),
        (TABLE, "title: Posts are few", "title: [few]", "“title” must be text"),
        (TABLE, "participants: 3", "participants: some", "“participants” must be a whole number"),
        (TABLE, "participants: 3", "participants: 0x3", "“participants” must be a whole number"),
        (TABLE, "kind: finding", "kind: rumor", "“rumor” is not one of: recommendation; practice"),
        (TABLE, "support: most", "support: nearly all", "“nearly all” is not one of"),
        (TABLE, "theme: local", "theme: remote", "is not one of: emergency response"),
        (TABLE, "kind: takeaway", "kind: chapter", "“chapter” is not one of"),
        (TABLE, "held_on: 2020-04", "held_on: April", "“held_on” must be a date"),
        (TABLE, 'published_on: "2020-05-02"', "published_on: 2020-02-30", "must be a date"),
        (TABLE, f"uid: {SECOND_UID}", f"uid: {FIRST_UID}", "already stands at table.yaml:16"),
        (TABLE, f"uid: {SECOND_UID}", "uid: item-2", "“uid” must be a UUID"),
        (TABLE, "text: There are", "text: There are few posts #", "“text” needs 2 to 4 sentences, not 0"),
        (TABLE, "text: There are", "text: One. Two. Three. There are", "needs 2 to 4 sentences, not 5"),
        (TABLE, ACTIONS, "        actions: call\n", "“actions” must be a list"),
        (TABLE, "code: R7-T1-02", "code: R7-T1-03", "the code must be R7-T1-02"),
        (LINKS, "to: R7-T1-01", "to: R7-T1-09", "there is no item “R7-T1-09”"),
        (LINKS, "to: R7-T1-01", "to: R7-T1-02", "an item cannot be linked to itself"),
        (LINKS, "kind: evolves", "kind: follows", "“follows” is not one of: repeats; evolves; in tension"),
        (LINKS, "note: The", "Note: The", "“Note” is not a key"),
        (TABLE, "- Call them.", "- yes", "“actions” must be a list of texts"),
        (TABLE, ACTIONS, "        actions: []\n", "“actions” needs 2 to 5 entries, not 0"),
        (INDEX, "version: 3", "version: three", "“version” must be a whole number"),
        (INDEX, "- table.yaml", "- chair.yaml", "there is no file “chair.yaml”"),
        (INDEX, "- table.yaml", "- ../catalogue/table.yaml", "there is no file"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    folder: Path, file: str, old: str, new: str, words: str
) -> None:
    line = plant(folder, file, old, new)
    assert words in "; ".join(text for place, at, text in faults(folder) if (place, at) == (file, line))


def test_a_missing_key_is_told_at_the_first_line_of_its_entry(folder: Path) -> None:
    plant(folder, TABLE, "        support: one\n", "")
    assert faults(folder) == [(TABLE, 32, "“support” is missing")]


def test_a_number_given_twice_is_told_where_it_returns(folder: Path) -> None:
    line = plant(folder, TABLE, "number: 2\n        code: R7-T1-02", "number: 1\n        code: R7-T1-01")
    assert (TABLE, line, "item 1 already stands at table.yaml:17") in faults(folder)
    assert (TABLE, line + 1, "R7-T1-01 already stands at table.yaml:18") in faults(folder)


def test_a_link_given_twice_in_either_direction_is_told(folder: Path) -> None:
    path = folder / LINKS
    again = "- {from: R7-T1-01, to: R7-T1-02, kind: evolves, note: The same again.}\n"
    path.write_text(path.read_text("utf-8") + again, "utf-8")
    assert faults(folder) == [(LINKS, 5, "evolves: R7-T1-01, R7-T1-02 already stands at links.yaml:1")]


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ("          - Call them.\n", "“actions” needs 2 to 5 entries, not 1"),
        (ACTIONS, "“actions” is missing"),
        ('          - measure: Posts called\n            unit: "%"\n', "“indicators” must be a list"),
    ],
)
def test_a_recommendation_without_enough_suggestions_is_told(folder: Path, old: str, words: str) -> None:
    plant(folder, TABLE, old, "")
    assert [text for *_place, text in faults(folder)] == [words]


def test_too_many_indicators_are_told(folder: Path) -> None:
    extra = "          - {measure: Calls, unit: calls}\n" * 2
    line = plant(folder, TABLE, "          - measure:", extra + "          - measure:")
    assert faults(folder) == [(TABLE, line, "“indicators” needs 1 to 2 entries, not 3")]


def test_a_question_must_say_what_it_asked(folder: Path) -> None:
    plant(folder, TABLE, "kind: takeaway", "kind: question")
    assert (TABLE, 11, "“prompt” is missing") in faults(folder)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TABLE, "kind: takeaway", "kind: chapter"),
        (TABLE, "kind: recommendation", "kind: hint"),
        (TABLE, "kind: finding", "kind: rumor"),
        (TABLE, "    number: 1\n", "    number: one\n"),
        (TABLE, "title: Call consuls", "title: [Call"),
        (INDEX, "- table.yaml", "- chair.yaml"),
        (TABLE, "          - List the posts.", "          - 1"),
    ],
)
def test_one_mistake_is_one_fault(folder: Path, file: str, old: str, new: str) -> None:
    plant(folder, file, old, new)
    assert len(faults(folder)) == 1


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    plant(folder, INDEX, "version: 3", "version: -3")
    plant(folder, LINKS, "to: R7-T1-01", "to: R9-T1-01")
    plant(folder, TABLE, "support: most", "support: few")
    plant(folder, TABLE, "scope: Three cities\n", "")
    assert [(file, line) for file, line, _text in faults(folder)] == [
        (INDEX, 1),
        (LINKS, 2),
        (TABLE, 1),
        (TABLE, 20),
    ]


def test_the_error_lists_its_faults_for_a_person_to_read(folder: Path) -> None:
    plant(folder, LINKS, "to: R7-T1-01", "to: R9-T1-01")
    with pytest.raises(CatalogueError, match=r"1 fault:\nlinks\.yaml:2: there is no item “R9-T1-01”"):
        read_catalogue(folder)


def test_a_folder_without_a_catalog_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path) == [(INDEX, 1, "the file cannot be read")]
