"""Lines break where a reader of the script expects it and never run out of their width."""

from __future__ import annotations

import time

import pytest

from cityplanner.reports.blocks import Run
from cityplanner.reports.pdf.text import (
    Line,
    Manner,
    Span,
    cleaned,
    direction,
    lines,
    natural_width,
    single_line,
    spans_of,
)

MANNER = Manner(10, language="en")


def broken(text: str, width: float, right_to_left: bool = False) -> list[str]:
    return [line.text for line in lines([Span(text, MANNER)], width, right_to_left)]


def inside(line: Line, width: float) -> bool:
    visible = [item for item in line.items if item.shaped.text.strip()]
    return all(item.x >= -0.1 and item.x + item.width <= width + 0.1 for item in visible)


def test_words_stay_whole_and_lines_stay_inside() -> None:
    text = "The office answers seven of nine recommendations, and two of them in part."
    found = lines([Span(text, MANNER)], 120)
    assert "".join(line.text for line in found) == text
    assert all(inside(line, 120) for line in found)
    assert all(line.text.endswith(" ") for line in found[:-1])


def test_a_word_longer_than_a_line_is_cut_and_nothing_lost() -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 5
    found = lines([Span(f"a {word} b", MANNER)], 100)
    assert "".join(line.text for line in found) == f"a {word} b"
    assert all(inside(line, 100) for line in found)


def test_hyphens_and_slashes_may_end_a_line_but_not_in_numbers() -> None:
    assert broken("state-of-the-art", 40)[0] in {"state-of-", "state-"}
    assert broken("2026-01-15", 40) != ["2026-", "01-15"]


def test_ideographs_break_anywhere_but_not_before_closing_marks() -> None:
    found = broken("北京市人民政府，外事办公室。" * 3, 72)
    assert len(found) > 3
    assert not any(line[0] in "，。" for line in found)


def test_an_opening_bracket_does_not_end_a_line() -> None:
    assert not any(line.endswith("（") for line in broken("北京（市）" * 9, 42))


def test_thai_marks_stay_with_their_letter() -> None:
    found = broken("กรุงเทพมหานครอมรรัตนโกสินทร์" * 3, 60)
    assert not any(line[0] in "\u0e31\u0e34\u0e35\u0e38\u0e48\u0e49\u0e4c" for line in found)


def test_a_new_line_in_the_text_starts_a_line() -> None:
    assert broken(cleaned("a\nb\r\n\nc"), 100) == ["a", "b", "", "c"]


def test_right_to_left_lines_start_at_the_right() -> None:
    (line,) = lines([Span("שלום עולם", MANNER)], 200, True)
    first, last = line.items[0], line.items[-1]
    assert first.x + first.width == pytest.approx(200)
    assert last.x < first.x


def test_a_text_all_of_one_direction_keeps_it_in_any_document() -> None:
    assert not direction("The end.", True)
    assert direction("سلام", False)
    assert direction("12.", True)
    assert direction("سلام and peace", True)
    assert not direction("سلام and peace", False)


def test_numbers_align_at_the_end() -> None:
    for text in ("7", "1,234"):
        (line,) = lines([Span(text, MANNER)], 80, align="end")
        assert line.items[-1].x + line.items[-1].width == pytest.approx(80)


def test_unprintable_characters_are_dropped_or_replaced() -> None:
    assert cleaned("a\0b\x07\tc\r\nd\ud800\ufffe") == "ab c\nd\ufffd\ufffd"
    assert single_line(" a\n\n b ") == "a b"


def test_runs_keep_their_manner_across_a_word() -> None:
    spans = spans_of([Run("half", bold=True), Run("bold")], MANNER)
    (line,) = lines(spans, 200)
    assert [(item.shaped.text, item.manner.bold) for item in line.items] == [("half", True), ("bold", False)]
    assert natural_width(spans) == pytest.approx(line.width)


def test_an_empty_text_is_one_empty_line() -> None:
    assert [line.text for line in lines([], 100)] == [""]


def test_a_word_of_200_000_characters_is_broken_in_reasonable_time() -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        found = lines([Span("x" * length, MANNER)], 400)
        assert sum(len(line.text) for line in found) == length
        return time.process_time() - start

    # The time grows with the length of the word, not with its square.
    assert seconds(200_000) < 200 * seconds(5_000)
