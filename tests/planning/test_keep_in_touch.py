"""Next contacts: their order and urgency, and the hours they take against those that are left."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cityplanner.planning.keep_in_touch import Urgency, contacts_within, keep_in_touch, urgency
from tests.planning.builders import partner

TODAY = date(2026, 6, 30)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_the_longest_overdue_comes_first_and_partners_without_interval_are_counted() -> None:
    found = keep_in_touch(
        [
            partner(1, 30, last_contact_on=ago(10)),
            partner(2, 30, last_contact_on=ago(100)),
            partner(3, None, last_contact_on=ago(5)),
            partner(4, 365, last_contact_on=ago(5)),
        ],
        TODAY,
    )
    assert [(one.partner_id, one.urgency) for one in found.dues] == [
        (2, Urgency.OVERDUE),
        (1, Urgency.SOON),
        (4, Urgency.LATER),
    ]
    assert [one.when for one in found.dues] == ["70 days overdue", "in 20 days", "in 360 days"]
    assert found.without_interval == 1


def test_a_logged_contact_restarts_the_interval() -> None:
    before = keep_in_touch([partner(1, 30, last_contact_on=ago(45))], TODAY).dues[0]
    after = keep_in_touch([partner(1, 30, last_contact_on=TODAY)], TODAY).dues[0]
    assert (before.days, after.days) == (-15, 30)


def test_a_partner_never_contacted_is_due_today_and_soon() -> None:
    found = keep_in_touch([partner(1, 30)], TODAY).dues[0]
    assert (found.due_on, found.urgency, found.when) == (TODAY, Urgency.SOON, "today")
    assert found.last_contact_on is None


def test_urgency_changes_after_the_day_and_after_thirty_days() -> None:
    assert [urgency(days) for days in (-1, 0, 30, 31)] == [
        Urgency.OVERDUE,
        Urgency.SOON,
        Urgency.SOON,
        Urgency.LATER,
    ]


def test_hours_ahead_count_every_contact_in_the_time_and_compare_with_what_is_left() -> None:
    found = keep_in_touch([partner(1, 20, "2", last_contact_on=ago(100))], TODAY, Fraction(73))
    month, quarter = found.ahead
    # Overdue as of today, then every 20 days: 0, 20 | 40, 60, 80.
    assert (month.days, month.contacts, month.needed, month.left) == (30, 2, 4, 6)
    assert (quarter.days, quarter.contacts, quarter.needed, quarter.left) == (90, 5, 10, 18)
    assert month.short == quarter.short == 0


def test_missing_hours_are_told_and_unknown_ones_are_not_missing() -> None:
    partners = [partner(1, 30, "10")]
    assert keep_in_touch(partners, TODAY, Fraction(0)).ahead[0].short == 20
    unknown = keep_in_touch(partners, TODAY).ahead[0]
    assert unknown.left is None
    assert unknown.short == 0


def test_no_partner_means_no_hours() -> None:
    found = keep_in_touch([], TODAY, Fraction(10))
    assert found.dues == ()
    assert [one.needed for one in found.ahead] == [0, 0]


@given(st.integers(-400, 400), st.integers(1, 400), st.integers(1, 400))
def test_contacts_in_a_time_are_those_found_by_counting_days(due: int, interval: int, days: int) -> None:
    first = TODAY + timedelta(days=due)
    day, expected = max(first, TODAY), 0
    while day <= TODAY + timedelta(days=days):
        expected += 1
        day += timedelta(days=interval)
    assert contacts_within(first, interval, TODAY, days) == expected
