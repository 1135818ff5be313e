"""Search injection: nothing typed is ever read as a query; the long form tries 2,000 hostile ones."""

from __future__ import annotations

import random
import sqlite3

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.store.search import query_tokens
from tests.faults.sizes import size

PARTS = (
    '"', "'", "a OR b", "NEAR(a b)", "NEAR(a b, 10)", "name:x", "a*b", "^a", "a AND", "NOT a", "-a", "a + b", "{name}",
    "{name notes}: x", "\x00", ")", "(", "((", "'; DROP TABLE partner; --", "\"; DELETE FROM partner; --", "a" * 5000,
    "a " * 500, "名" * 200, "%", "_", "%%", "[a-z]", "\\", "a\U00010d00b", "\U0001e900", "\u202e", "\ud800",
    "\u0301" * 50, "--", "/*", "*/", ":memory:", "?", "?1", ":x", "$x", "@x", "MATCH", "AND", "OR", "NOT", "alpha",
    "alph", "ALPHA*",
)  # fmt: skip
LITERAL = (
    'The "Alpha" AND Omega',
    "R&D (NEAR: sea)",
    "50% off_the_wall",
    "a*b",
    "O'Brien -- Sons",
    "<b>x</b>",
)
"""Names that look like queries, and have to be found by themselves."""


def hostile(count: int) -> list[str]:
    """Queries of one to five parts, with and without spaces between them."""
    chance = random.Random(5)
    return [
        chance.choice(("", " ")).join(chance.choices(PARTS, k=chance.randint(1, 5))) for _n in range(count)
    ]


def filled(plan: Plan) -> None:
    """Names that look like queries among others."""
    with plan.edit("Add") as edit:
        edit.add_all([Partner(name=name) for name in ("Alpha", *LITERAL)])


def test_hostile_queries_raise_nothing_and_find_only_what_holds_their_words(plan: Plan) -> None:
    filled(plan)
    count = size(300, 2000)
    found = 0
    for typed in hostile(count):
        hits = plan.search(typed)
        words = query_tokens(typed)
        assert len(words) <= 12
        assert all(words for _hit in hits), "without a word nothing is found"
        with plan.reading() as session:
            listed = listing.ids(session, Partner, words=typed)
        assert len(listed) <= len(LITERAL) + 1
        found += bool(hits)
    print(f"\n{count} hostile queries: 0 errors, {found} found something")
    with plan.reading() as session:
        assert listing.count(session, Partner) == len(LITERAL) + 1
        assert all(listing.count(session, noun) >= 0 for noun in nouns().values())


def test_the_same_queries_would_be_errors_if_they_were_read_as_such() -> None:
    """That the proof above can fail: put to the index as they are, most of them do."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE s USING fts5(name)")
    failed = 0
    for typed in hostile(300):
        try:
            index.execute("SELECT * FROM s WHERE s MATCH ?", (typed,)).fetchall()
        except (sqlite3.Error, UnicodeEncodeError):
            failed += 1
    index.close()
    assert failed > 200


def test_what_looks_like_a_query_is_found_as_the_text_it_is(plan: Plan) -> None:
    filled(plan)
    for name in LITERAL:
        assert plan.search(name, ["partner"])[0].title == name
    assert plan.search("alpha OR nothing") == []


@settings(
    max_examples=size(200, 5000), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(typed=st.text(max_size=40))
def test_no_text_at_all_is_read_as_a_query(plan: Plan, typed: str) -> None:
    if not plan.search("alpha"):
        filled(plan)
    assert len(plan.search(typed)) <= len(LITERAL) + 1
