"""The agenda: what is listed from a day on, in which order and with which reason."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning.agenda import (
    AgendaFacts,
    AgendaItem,
    AgendaKind,
    AnswerFact,
    CommitmentFact,
    GiftFact,
    agenda,
    notice_due_on,
    when,
)
from cityplanner.planning.facts import AgreementFact
from tests.planning.builders import partner

TODAY = date(2026, 6, 30)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def only(facts: AgendaFacts) -> AgendaItem:
    (item,) = agenda(facts, TODAY)
    return item


def promise(key: int, due_on: date | None, status: str = "pending", side: str = "ours") -> CommitmentFact:
    return CommitmentFact(key, f"Promise {key}", side, status, due_on)


def test_an_overdue_promise_of_ours_says_by_how_much() -> None:
    item = only(AgendaFacts(commitments=(promise(4, day(-3)),)))
    assert item == AgendaItem(
        AgendaKind.COMMITMENT, day(-3), -3, "Promise 4", "commitment", 4, "We promised this: 3 days overdue."
    )
    assert item.overdue


def test_a_promise_of_theirs_is_told_from_ours() -> None:
    assert (
        only(AgendaFacts(commitments=(promise(1, day(1), side="theirs"),))).reason
        == "They promised this: in 1 day."
    )


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_a_promise_that_is_over_is_not_listed(status: str) -> None:
    assert agenda(AgendaFacts(commitments=(promise(1, day(-3), status),)), TODAY) == ()


def test_an_open_promise_without_a_day_comes_last_but_is_not_forgotten() -> None:
    items = agenda(AgendaFacts(commitments=(promise(1, None, "in progress"), promise(2, day(30)))), TODAY)
    assert [(item.record_id, item.due_on) for item in items] == [(2, day(30)), (1, None)]
    assert items[1].reason == "We promised this: no day is set."
    assert not items[1].overdue


def test_only_the_days_ahead_are_looked_at() -> None:
    facts = AgendaFacts(commitments=(promise(1, day(30)), promise(2, day(31))))
    assert [item.record_id for item in agenda(facts, TODAY)] == [1]
    assert [item.record_id for item in agenda(facts, TODAY, days_ahead=31)] == [1, 2]


def test_partners_are_listed_when_their_interval_ends() -> None:
    facts = AgendaFacts(
        partners=(
            partner(1, 30, last_contact_on=day(-30)),
            partner(2, 365, last_contact_on=day(-30)),
            partner(3, 30),
            partner(4, None),
        )
    )
    items = agenda(facts, TODAY)
    assert [(item.record_id, item.reason) for item in items] == [
        (1, "Time to be in touch: today."),
        (3, "There has been no contact yet: today."),
    ]


def test_a_contact_due_on_the_last_day_looked_at_is_listed() -> None:
    facts = AgendaFacts(
        partners=(partner(1, 30, last_contact_on=TODAY), partner(2, 31, last_contact_on=TODAY))
    )
    assert [item.record_id for item in agenda(facts, TODAY)] == [1]


def test_the_last_day_for_notice_is_the_notice_period_before_the_end() -> None:
    assert notice_due_on(AgreementFact(1, "Sister city", True, date(2026, 12, 31), 90)) == date(2026, 10, 2)


@pytest.mark.parametrize("agreement", [AgreementFact(1, "Open"), AgreementFact(1, "Short", expires_on=TODAY)])
def test_without_an_end_or_a_notice_period_there_is_no_notice(agreement: AgreementFact) -> None:
    assert notice_due_on(agreement) is None


def test_agreements_look_half_a_year_ahead_for_notice_and_end() -> None:
    facts = AgendaFacts(
        agreements=(AgreementFact(1, "Ends", True, day(180), 60), AgreementFact(2, "Later", True, day(181)))
    )
    items = agenda(facts, TODAY)
    assert [(item.kind, item.due_on) for item in items] == [
        (AgendaKind.NOTICE, day(120)),
        (AgendaKind.EXPIRY, day(180)),
    ]


def test_once_the_day_for_notice_has_passed_the_end_is_listed_however_far() -> None:
    item = only(AgendaFacts(agreements=(AgreementFact(1, "Ends", True, day(300), 365),)))
    assert (item.kind, item.due_on) == (AgendaKind.EXPIRY, day(300))
    assert item.reason == "The agreement ends, and its day for notice has passed: in 300 days."


def test_open_ended_and_ended_agreements_are_not_listed() -> None:
    facts = AgendaFacts(agreements=(AgreementFact(1, "Open"), AgreementFact(2, "Over", False, day(3))))
    assert agenda(facts, TODAY) == ()


def test_gifts_are_listed_until_they_are_disclosed() -> None:
    facts = AgendaFacts(
        gifts=(GiftFact(1, "Vase", day(5)), GiftFact(2, "Book", day(5), True), GiftFact(3, "Pin"))
    )
    item = only(facts)
    assert (item.kind, item.table, item.record_id) == (AgendaKind.GIFT, "gift", 1)


def test_answers_are_listed_when_they_are_to_be_reviewed() -> None:
    facts = AgendaFacts(answers=(AnswerFact(7, "R7", day(-1)), AnswerFact(8, "R8")))
    assert only(facts).reason == "The answer is to be looked at again: 1 day overdue."


def everything() -> AgendaFacts:
    return AgendaFacts(
        partners=(partner(1, 30, last_contact_on=day(-30)),),
        commitments=(promise(2, TODAY), promise(1, TODAY), promise(3, day(-1))),
        agreements=(AgreementFact(1, "Sister city", True, TODAY),),
        gifts=(GiftFact(1, "Vase", TODAY),),
        answers=(AnswerFact(1, "R1", TODAY),),
    )


def test_the_order_is_day_then_kind_then_title() -> None:
    assert [(item.kind, item.record_id) for item in agenda(everything(), TODAY)] == [
        (AgendaKind.COMMITMENT, 3),
        (AgendaKind.COMMITMENT, 1),
        (AgendaKind.COMMITMENT, 2),
        (AgendaKind.GIFT, 1),
        (AgendaKind.EXPIRY, 1),
        (AgendaKind.CONTACT, 1),
        (AgendaKind.REVIEW, 1),
    ]


def test_a_limit_keeps_the_most_urgent() -> None:
    assert agenda(everything(), TODAY, limit=2) == agenda(everything(), TODAY)[:2]


@given(st.lists(st.none() | st.integers(-400, 400), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(days: list[int | None], chance: random.Random) -> None:
    promises = [promise(key, None if one is None else day(one)) for key, one in enumerate(days)]
    mixed = list(promises)
    chance.shuffle(mixed)
    assert agenda(AgendaFacts(commitments=tuple(mixed)), TODAY) == agenda(
        AgendaFacts(commitments=tuple(promises)), TODAY
    )


def test_days_in_words() -> None:
    words = [when(days) for days in (-1, 0, 1, None)]
    assert words == ["1 day overdue", "today", "in 1 day", "no day is set"]
