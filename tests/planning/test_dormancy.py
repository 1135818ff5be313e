"""The dormancy review: what makes an agreement active, quiet or perhaps dormant, and how it is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cityplanner.planning.dormancy import AgreementActivity, Verdict, first_day, review, reviews, verdict

TODAY = date(2026, 6, 30)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def agreement(**known: object) -> AgreementActivity:
    return AgreementActivity(1, "Sister city", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "participants", "funded", "expected"),
    [
        (100, 40, (), Verdict.ACTIVE),
        (100, 0, ("Youth exchange",), Verdict.ACTIVE),
        (100, 0, (), Verdict.QUIET),
        (365, 40, (), Verdict.ACTIVE),
        (366, 40, (), Verdict.QUIET),
        (730, 0, (), Verdict.QUIET),
        (731, 0, (), Verdict.DORMANT),
        (731, 0, ("Youth exchange",), Verdict.QUIET),
        (None, 0, (), Verdict.DORMANT),
        (None, 0, ("Youth exchange",), Verdict.QUIET),
    ],
)
def test_contact_people_and_money_decide(
    days: int | None, participants: int, funded: tuple[str, ...], expected: Verdict
) -> None:
    last = None if days is None else ago(days)
    one = agreement(last_contact_on=last, participants=participants, funded=funded, initiatives=funded)
    assert verdict(one, TODAY) is expected


def test_a_linked_initiative_counts_as_community_although_it_is_not_funded() -> None:
    one = agreement(last_contact_on=ago(30), initiatives=("Peer exchange",), funded=())
    assert verdict(one, TODAY) is Verdict.ACTIVE


def test_what_was_signed_lately_is_not_dormant_although_nothing_was_logged() -> None:
    found = review(agreement(signed_on=ago(400)), TODAY)
    assert found.verdict is Verdict.QUIET
    assert "signed less than two years ago" in found.remark


def test_a_signing_to_come_is_no_sign_of_life() -> None:
    assert verdict(agreement(signed_on=TODAY + timedelta(days=1)), TODAY) is Verdict.DORMANT


def test_reasons_name_contact_community_and_funding() -> None:
    found = review(
        agreement(
            last_contact_on=ago(800),
            engagements=2,
            participants=35,
            initiatives=("Peer exchange",),
            funded=("Peer exchange",),
        ),
        TODAY,
    )
    assert found.contact == "Last contact more than 2 years ago."
    assert found.community == (
        "35 participants at 2 engagements in two years. 1 initiative linked: Peer exchange."
    )
    assert found.funding == "Funded: Peer exchange."
    assert found.reasons.startswith("Last contact more than 2 years ago. 35 participants")


def test_what_is_not_known_is_said_to_be_not_known() -> None:
    found = review(agreement(engagements=1, last_contact_on=ago(3), funded=None), TODAY)
    assert "participants not recorded" in found.community
    assert "not known" in found.funding
    assert review(agreement(), TODAY).contact == "No contact under it is logged."


def test_partners_that_were_met_on_other_matters_are_remarked_upon() -> None:
    silent = review(agreement(last_contact_on=ago(900), other_contact_on=ago(12)), TODAY)
    assert silent.verdict is Verdict.DORMANT
    assert silent.remark == "Its partners were met on other matters 12 days ago."
    busy = agreement(last_contact_on=ago(20), other_contact_on=ago(12), participants=5)
    assert review(busy, TODAY).remark == ""


def test_a_dormant_agreement_with_signs_of_life_is_remarked_upon() -> None:
    one = agreement(last_contact_on=ago(30), participants=5, is_dormant=True)
    assert "signs of life" in review(one, TODAY).remark


def test_the_longest_silence_among_the_perhaps_dormant_comes_first() -> None:
    found = reviews(
        (
            AgreementActivity(1, "Active", last_contact_on=ago(5), participants=4),
            AgreementActivity(2, "Old", last_contact_on=ago(900)),
            AgreementActivity(3, "Older", last_contact_on=ago(2000)),
            AgreementActivity(4, "Never"),
        ),
        TODAY,
    )
    assert [one.title for one in found] == ["Never", "Older", "Old", "Active"]


def test_partial_dates_mean_their_first_day() -> None:
    assert first_day("1959") == date(1959, 1, 1)
    assert first_day("2020-04") == date(2020, 4, 1)
    assert first_day("2020-04-03") == date(2020, 4, 3)
    assert first_day(None) is None
