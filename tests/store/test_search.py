"""Search: what is typed finds what is meant, in every script."""

from __future__ import annotations

import random
import sqlite3
import sys
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityplanner.base.errors import Cancelled
from cityplanner.model.contact import Contact
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.model.roundtable import Roundtable
from cityplanner.store.plan_file import Plan
from cityplanner.store.search import fold, snippet, tokens, words
from tests.builders import make

PAIRS = [
    ("København", "kobenhavn"),
    ("Łódź", "lodz"),
    ("Straße", "strasse"),
    ("STRASSE", "straße"),
    ("Đà Nẵng", "da nang"),
    ("Diyarbakır", "diyarbakir"),
    ("İstanbul", "istanbul"),
    ("ISPARTA", "ısparta"),
    ("Ærø", "aero"),
    ("Cœur", "coeur"),
    ("Reykjavík Þór", "thor"),
    ("Ħamrun", "hamrun"),
    ("Αθήνα", "αθηνα"),
    ("ΑΘΗΝΑΣ", "αθηνας"),
    ("Орёл", "орел"),
    ("Київ", "киів"),
    ("أحمد", "احمد"),
    ("إسلام", "اسلام"),
    ("مكتبة", "مكتبه"),
    ("على", "علي"),
    ("مُحَمَّد", "محمد"),
    ("تهران کبیر", "كبير"),
    ("שלום", "שלומ"),
    ("שָׁלוֹם", "שלום"),
    ("東京都庁", "京都"),
    ("名古屋市", "屋"),
    ("東京タワー", "タワ"),
    ("서울특별시", "특별"),
    ("กรุงเทพมหานคร", "เทพ"),
    ("मुंबई", "मुंबई"),
    ("नई दिल्ली।नगर", "नगर"),
    ("Thành phố Hồ Chí Minh", "ho chi minh"),
    ("Ｔｏｋｙｏ", "tokyo"),
    ("ﾅｺﾞﾔ", "ナゴヤ"),
    ("ﬁnance", "finance"),
    ("São Tomé", "sao tome"),
    ("Zürich", "zurich"),
    ("Zu\u0308rich", "zürich"),
    ("inter\u00adnational", "international"),
    ("Hawaiʻi", "hawaii"),
    ("℡ office", "tel"),
    ("O’Brien", "brien"),
    ("snake_case", "case"),
    ("ភ្នំពេញ", "ពេញ"),
]


@pytest.mark.parametrize(("kept", "typed"), PAIRS)
def test_a_name_is_found_however_it_is_typed(plan: Plan, kept: str, typed: str) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name=f"The {kept} office"))
        edit.add(Partner(name="Something else"))

    assert [hit.record_id for hit in plan.search(typed, ["partner"])] == [1]
    assert plan.search(typed.upper(), ["partner"])[0].record_id == 1


def test_each_word_is_a_beginning_and_all_have_to_be_there(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Sister City Nagoya", city="Nagoya", notes="Harbor visits"))
        edit.add(Partner(name="Sister City Berlin", notes="Museum visits"))

    assert {hit.record_id for hit in plan.search("sis cit")} == {1, 2}
    assert [hit.record_id for hit in plan.search("vis NAG")] == [1]
    assert plan.search("nagoya berlin") == []
    assert plan.search("arbor") == []


def test_names_come_first_and_whole_names_before_beginnings(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        for name, notes in (("Other", "about Lima"), ("Limassol", ""), ("Lima", ""), ("Friends of Lima", "")):
            edit.add(Partner(name=name, notes=notes))

    assert [hit.title for hit in plan.search("lima")] == ["Lima", "Limassol", "Friends of Lima", "Other"]


def test_names_come_first_across_nouns_and_within_the_limit(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        for number in range(30):
            edit.add(Partner(name=f"Partner {number}", notes="visits Lima"))
        edit.add(Contact(family="Lima"))

    hits = plan.search("lima", limit=5)
    assert [hit.table for hit in hits] == ["contact", *["partner"] * 4]
    assert [hit.table for hit in plan.search("lima", ["partner"], limit=5)] == ["partner"] * 5


@pytest.mark.parametrize("table", nouns())
def test_every_text_of_every_noun_is_found(plan: Plan, table: str) -> None:
    with plan.edit("Make") as edit:
        record = make(edit, nouns()[table])
    with plan.reading() as session:
        from cityplanner.model.field import Search
        from cityplanner.store.rows import plain_row, table_of
        from cityplanner.store.search import texts

        source = table_of(table)
        row = session.connection().execute(source.select().where(source.c.id == record.id)).mappings().one()
        plain = plain_row(source, {str(key): value for key, value in row.items()})
    for text in (*texts(table, plain, Search.NAME), *texts(table, plain, Search.REST)):
        assert (table, record.id) in {(hit.table, hit.record_id) for hit in plan.search(text, limit=200)}


def test_the_index_follows_edit_undo_redo_delete_and_import(plan: Plan) -> None:
    def found(word: str) -> int:
        return len(plan.search(word))

    with plan.edit("Add") as edit:
        edit.add(Partner(name="Alpha"))
    assert (found("alpha"), found("beta")) == (1, 0)
    with plan.edit("Rename") as edit:
        edit.get_one(Partner, 1).name = "Beta"
    assert (found("alpha"), found("beta")) == (0, 1)
    plan.undo()
    assert (found("alpha"), found("beta")) == (1, 0)
    plan.redo()
    assert (found("alpha"), found("beta")) == (0, 1)
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(Partner, 1))
    assert found("beta") == 0
    plan.undo()
    assert found("beta") == 1
    with plan.edit("Import") as edit:
        edit.insert_many(Partner, [Partner(name="Gamma"), Partner(name="Gamma ray")])
    assert found("gamma") == 2
    with pytest.raises(RuntimeError), plan.edit("Fail") as edit:
        raise RuntimeError(edit.add(Partner(name="Delta")))
    assert found("delta") == 0


def test_a_snippet_shows_where_the_words_stand(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="A", notes="word " * 100 + "Zürich harbor talks " + "word " * 100))

    (hit,) = plan.search("zurich")
    assert "Zürich harbor talks" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 140


def test_a_snippet_of_what_does_not_hold_the_words_is_empty() -> None:
    assert snippet(["one two"], "three") == ""
    assert snippet([], "three") == ""


@pytest.mark.parametrize("typed", ["", " ", "-", '"', "()", "*", "\x00", "'", "…", "\u200b"])
def test_no_words_find_nothing(plan: Plan, typed: str) -> None:
    assert plan.search(typed) == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(tokens))
def test_every_name_is_found_by_itself_and_gone_when_undone(plan: Plan, name: str) -> None:
    with plan.edit("Add") as edit:
        partner = Partner(name=name)
        edit.add(partner)

    assert partner.id in {hit.record_id for hit in plan.search(name, ["partner"])}
    plan.undo()
    assert partner.id not in {hit.record_id for hit in plan.search(name, ["partner"])}


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_index_takes_every_token_as_one_word() -> None:
    """Were a token split, a query for it would be a phrase, which the index cannot answer."""
    signs = [chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) != "Cs"]
    made = sorted({token for sign in signs for token in tokens(f"a{sign}b")})
    index = sqlite3.connect(":memory:")
    index.execute(
        "CREATE VIRTUAL TABLE s USING fts5(t, tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
    )
    index.execute("CREATE VIRTUAL TABLE v USING fts5vocab(s, instance)")
    index.executemany("INSERT INTO s (rowid, t) VALUES (?, ?)", enumerate(made))
    words: dict[int, int] = dict.fromkeys(range(len(made)), 0)
    for (place,) in index.execute("SELECT doc FROM v"):
        words[place] += 1
    index.close()

    assert len(made) > 50_000
    assert [made[place] for place, count in words.items() if count != 1] == []
    assert sys.maxunicode == 0x10FFFF


def test_the_next_key_interrupts_what_the_last_one_asked(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.insert_many(Partner, [Partner(name=f"Lima {number}") for number in range(3000)])
    asked: list[int] = []

    def in_the_middle() -> bool:
        asked.append(1)
        return len(asked) == 2  # the first is asked before anything is read

    with pytest.raises(Cancelled):
        plan.search("lima", limit=2000, unwanted=in_the_middle)
    assert len(asked) == 2
    assert len(plan.search("lima", limit=2000, unwanted=lambda: False)) == 2000
    with pytest.raises(Cancelled):
        plan.search("lima", unwanted=lambda: True)


@pytest.mark.parametrize("limit", [1, 7, 100, 150])
def test_no_noun_crowds_out_another(plan: Plan, limit: int) -> None:
    with plan.edit("Add") as edit:
        edit.insert_many(Partner, [Partner(name=f"Lima {number}") for number in range(120)])
        edit.insert_many(Contact, [Contact(family="Lima", given=str(number)) for number in range(120)])
        edit.insert_many(Roundtable, [Roundtable(title="Lima", held_on="2025")])

    def held(*tables: str) -> dict[str, list[int]]:
        with plan.reading() as session:
            return plan.index.hits(session.connection(), ["lima"], tables, limit, in_name=True)

    newest = list(range(120, max(120 - limit, 0), -1))
    assert held("partner", "contact", "roundtable") == {
        "partner": newest,
        "contact": newest,
        "roundtable": [1],
    }
    assert held("roundtable", "partner") == {"roundtable": [1], "partner": newest}
    assert held("contact") == {"contact": newest}
    assert held("fund") == {}


def test_many_texts_are_indexed_as_each_alone() -> None:
    dice = random.Random(7)
    signs = [chr(code) for code in range(1, 0x30000) if not 0xD800 <= code < 0xE000]
    texts = ["", "plain_words, and\tmore", "x" * 130, "ﷺ" * 9, "Zoë\0Straße", "山田taro"]
    for _ in range(300):
        alphabet = dice.choice((signs, list("abcØß _-'山田\u0301\u0308가각ก é"), list("abcdefgh .-_")))
        texts.append("".join(dice.choices(alphabet, k=dice.randint(0, 130))))
    index = sqlite3.connect(":memory:")
    for table in ("one", "other"):
        index.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5(text,"
            """ tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")"""
        )
        index.execute(f"CREATE VIRTUAL TABLE {table}_words USING fts5vocab({table}, instance)")

    index.executemany("INSERT INTO one (text) VALUES (?)", [(text,) for text in words(texts)])
    index.executemany("INSERT INTO other (text) VALUES (?)", [(" ".join(tokens(text)),) for text in texts])

    both = "SELECT * FROM {}_words EXCEPT SELECT * FROM {}_words"
    assert index.execute(both.format("one", "other")).fetchall() == []
    assert index.execute(both.format("other", "one")).fetchall() == []
    index.close()
