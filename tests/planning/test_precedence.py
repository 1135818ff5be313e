"""Precedence among heads of posts: class first, career before honorary, then the date of rank."""

from __future__ import annotations

from datetime import date

from cityplanner.planning.precedence import Post, precedence

CAREER, HONORARY = "career consulate", "honorary consulate"


def post(
    key: int, rank: str | None, year: int | None, kind: str = CAREER, status: str = "recognised"
) -> Post:
    return Post(key, kind, rank, date(year, 1, 1) if year else None, status)


def test_class_comes_first_then_career_then_the_earlier_date() -> None:
    posts = [
        post(1, "vice consul", 1990),
        post(2, "consul", 1995, HONORARY),
        post(3, "consul", 2020),
        post(4, "consul general", 2024),
        post(5, "consul general", 2021),
        post(6, "consul general", 1980, HONORARY),
    ]
    assert precedence(posts) == (5, 4, 6, 3, 2, 1)


def test_who_has_no_rank_no_date_or_is_not_recognised_has_no_place() -> None:
    posts = [
        post(1, None, 2000),
        post(2, "consul", None),
        post(3, "consul", 2000, status="designate"),
        post(4, "consul", 2001),
    ]
    assert precedence(posts) == (4,)


def test_equal_heads_stand_in_a_fixed_order() -> None:
    posts = [post(2, "consul", 2000), post(1, "consul", 2000)]
    assert precedence(posts) == precedence(posts[::-1]) == (1, 2)
