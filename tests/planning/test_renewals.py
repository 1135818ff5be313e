"""The end of an agreement and its day for notice."""

from __future__ import annotations

from datetime import date

import pytest

from cityplanner.base.language import language
from cityplanner.planning.facts import AgreementFact
from cityplanner.planning.renewals import Term, renewal, sentence

TODAY = date(2026, 11, 2)


def fact(expires_on: date | None = None, notice_days: int = 0, *, in_force: bool = True) -> AgreementFact:
    """An agreement with this end."""
    return AgreementFact(1, "Pact", in_force, expires_on, notice_days)


@pytest.mark.parametrize(
    ("agreement", "term", "words"),
    [
        (fact(), Term.OPEN, "Open-ended: it runs until one side ends it."),
        (fact(None, 90), Term.OPEN, "Open-ended: it runs until one side ends it. Notice: 90 days ahead."),
        (fact(date(2026, 12, 2)), Term.RUNNING, "Ends on Dec 2, 2026, in 30 days."),
        (
            fact(date(2026, 12, 2), 29),
            Term.RUNNING,
            "Ends on Dec 2, 2026, in 30 days. Last day for notice: Nov 3, 2026, in 1 day.",
        ),
        (
            fact(date(2026, 12, 2), 31),
            Term.NOTICE_PASSED,
            "Ends on Dec 2, 2026, in 30 days. The day for notice, Nov 1, 2026, has passed.",
        ),
        (fact(date(2026, 11, 2), 0), Term.RUNNING, "Ends on Nov 2, 2026, in 0 days."),
        (
            fact(date(2026, 11, 1), 30),
            Term.OVER,
            "Ended on Nov 1, 2026: renew it, or mark it as expired.",
        ),
        (fact(date(2026, 12, 2), 31, in_force=False), Term.NOT_IN_FORCE, ""),
    ],
)
def test_the_end_and_the_notice_are_said(agreement: AgreementFact, term: Term, words: str) -> None:
    found = renewal(agreement, TODAY)

    assert found.term is term
    assert sentence(found, language("en")) == words


def test_days_are_counted_from_the_end_backwards() -> None:
    found = renewal(fact(date(2027, 3, 1), 90), TODAY)

    assert found.notice_on == date(2026, 12, 1)
    assert (found.days_left, found.days_to_notice) == (119, 29)
