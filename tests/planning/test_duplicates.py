"""Duplicates: what is one person or place is found across scripts and spellings, what is two is left alone."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest

from cityplanner.base.errors import Cancelled
from cityplanner.model.contact import Contact, Position
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.planning.duplicates import Candidate, Likeness, compare, find
from cityplanner.planning.likely import duplicates, site
from cityplanner.store.merging import keep_apart
from cityplanner.store.plan_file import Plan


def person(number: int, name: str, own: str = "", **known: Any) -> Candidate:
    sets = {key: frozenset(value) for key, value in known.items() if key in ("emails", "phones")}
    return Candidate(number, name, own, **(known | sets))


def place(number: int, name: str, **known: Any) -> Candidate:
    return Candidate(number, name, is_person=False, **known)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Jürgen Müller",), ("Mueller, Juergen",)),
        (("Zoë Smith",), ("zoe smith",)),
        (("Łukasz Żółć",), ("Lukasz Zolc",)),
        (("Alexander Shcherbakov",), ("", "Александр Щербаков")),
        (("Giorgos Papadopoulos",), ("", "Γιώργος Παπαδόπουλος")),
        (("Taro Yamada",), ("Yamada Tarō",)),
        (("Taroh Yamada",), ("", "やまだ たろう")),
        (("Minsu Kim",), ("", "김민수")),
        (("Muhammad Hassan",), ("", "محمد حسن")),
        (("Kenji Tanaka", "田中 健二"), ("Tanaka", "田中健二")),
        (("María García López",), ("Maria Garcia",)),
        (("Jonathan Whitfield",), ("Johnathan Whitfield",)),
        (("Tae Ho Kim",), ("Taeho Kim",)),
    ],
)
def test_one_name_in_other_letters_is_found(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    found = find([person(1, *first), person(2, *second)])
    assert [(one.first, one.second) for one in found] == [(1, 2)]
    assert found[0].reasons


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (person(1, "Wei Wang", "王伟"), person(2, "Wei Wang", "王薇")),
        (person(1, "Tanaka"), person(2, "Tanaka")),
        (person(1, "Kenji Tanaka"), person(2, "Kana Tanaka")),
        (person(1, "Ana Li", emails=["ana@a.org"]), person(2, "Ana Li", emails=["li2@a.org"])),
        (
            person(1, "Ana Li", country="BR", phones=["+551"]),
            person(2, "Ana Li", country="US", phones=["+12"]),
        ),
        (person(1, "Anna Schmidt", emails=["info@x.org"]), person(2, "Peter Kovac", emails=["info@x.org"])),
        (place(1, "Córdoba", country="AR"), place(2, "Cordoba", country="ES")),
        (place(1, "Rotary District 1"), place(2, "Rotary District 2")),
        (place(1, "Consulate of Mexico", city="Denver"), place(2, "Consulate of Mexico", city="Dallas")),
        (place(1, "Nagoya"), place(2, "Nagoya University")),
    ],
)
def test_two_that_differ_in_more_than_spelling_are_left_alone(first: Candidate, second: Candidate) -> None:
    assert find([first, second]) == []


def test_an_address_in_common_is_said_in_words_and_weighs_more_than_the_name() -> None:
    by_name = compare(person(1, "Ana Li"), person(2, "Ana Li"))
    by_mail = compare(person(3, "Ana Li", emails=["a@x.org"]), person(4, "Anna Li", emails=["a@x.org"]))
    assert by_name is not None
    assert by_mail is not None
    assert "the same e-mail a@x.org" in by_mail.reasons
    assert by_name.reasons == ("the same name",)
    assert by_mail.score > by_name.score


def test_another_address_of_the_same_person_in_one_house_is_no_contradiction() -> None:
    first = person(1, "Jürgen Müller", emails=["j.mueller@x.org"])
    second = person(2, "Jürgen Müller", emails=["mueller@x.org"])
    assert compare(first, second) is not None


def test_a_partner_in_common_outweighs_another_phone() -> None:
    one = person(1, "Ana Li", emails=["a@x.org"], phones=["+551"], partners=frozenset({1}))
    other = person(2, "Ana Li", emails=["b@y.org"], phones=["+552"], partners=frozenset({1, 2}))
    found = compare(one, other)
    assert found is not None
    assert "the same partner" in found.reasons
    assert compare(one, person(3, "Ana Li", emails=["b@y.org"], phones=["+552"])) is None


def test_a_phone_in_common_finds_a_married_name() -> None:
    found = find([person(1, "Ana Li", phones=["+15550100"]), person(2, "Ana Lima", phones=["+15550100"])])
    assert found[0].reasons[0] == "the same phone +15550100"


def test_places_are_found_without_the_words_that_every_place_has() -> None:
    found = find([place(1, "City of Nagoya", country="JP"), place(2, "Nagoya", country="JP")])
    assert [type(one) for one in found] == [Likeness]


def test_pairs_said_to_be_two_are_not_asked_again() -> None:
    same = [person(1, "Ana Li"), person(2, "Ana Li")]
    assert find(same, apart={frozenset((2, 1))}) == []


def test_sites_are_compared_without_what_every_address_has() -> None:
    assert site("https://www.Nagoya.example/") == site("nagoya.example") == "nagoya.example"


def test_twenty_thousand_contacts_are_compared_in_seconds() -> None:
    chance = random.Random(7)
    given = [
        a + b for a in ("ka", "mi", "to", "sa", "ren", "lu", "vi", "no") for b in ("ra", "kon", "tel", "min")
    ]
    family = [
        a + b + c
        for a in ("Ta", "Mo", "Shi", "Gar", "Lo", "Fer", "Han")
        for b in ("na", "ri", "ber", "go", "lin")
        for c in ("ka", "ez", "sen", "ov", "di", "puu", "war", "mik", "lof", "qar", "jun", "bet")
    ]
    many = [
        person(
            i,
            f"{chance.choice(given)} {chance.choice(family)}",
            emails=[f"a{i}@e{i}.org"],
            phones=[f"+49{i}"],
        )
        for i in range(20_000)
    ]
    many.append(person(20_000, "Somebody Else", emails=["a7@e7.org"], phones=["+497"]))
    many.append(person(20_001, "Ågot Ødegård"))
    many.append(person(20_002, "Agot Odegard"))
    steps: list[tuple[int, int]] = []
    begun = time.process_time()
    found = find(many, progress=lambda done, total, _text: steps.append((done, total)))
    assert (20_001, 20_002) in {(one.first, one.second) for one in found}
    assert time.process_time() - begun < 10
    assert steps == sorted(steps)
    assert steps[-1][0] < steps[-1][1]


def test_a_search_ends_where_its_progress_says_so() -> None:
    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled(_text)

    with pytest.raises(Cancelled):
        find([person(1, "Ana Li"), person(2, "Ana Li")], progress=stop)


def test_a_plan_is_searched_with_the_addresses_of_former_positions(plan: Plan) -> None:
    with plan.edit("People") as edit:
        partner = Partner(name="Osaka", kind=PartnerKind.CITY)
        old, new = (
            Contact(given="Ana", family="Li"),
            Contact(family="Li", given="A.", email="ana@example.org"),
        )
        edit.add_all((partner, old, new))
        edit.flush()
        edit.add(Position(contact_id=old.id, partner_id=partner.id, email="Ana@Example.org", ends_on=None))
    assert [(one.first, one.second) for one in duplicates(plan, Contact)] == [(old.id, new.id)]
    keep_apart(plan, Contact, old.id, new.id)
    assert duplicates(plan, Contact) == []
    plan.undo()
    assert len(duplicates(plan, Contact)) == 1


def test_partners_of_a_plan_are_searched(plan: Plan) -> None:
    with plan.edit("Places") as edit:
        edit.add_all(
            Partner(name=name, kind=PartnerKind.CITY, country="JP", website=web)
            for name, web in (
                ("Nagoya", "https://nagoya.example"),
                ("City of Nagoya", "nagoya.example/"),
                ("Osaka", ""),
            )
        )
    (found,) = duplicates(plan, Partner)
    assert "the same website nagoya.example" in found.reasons
