"""The review list names what is past its time and why the rest is kept; only what was agreed to goes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.exchange.retention import Review, apply, reviews
from cityplanner.model.agreement import Agreement, AgreementStatus
from cityplanner.model.attachment import Attachment
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import (
    Commitment,
    CommitmentStatus,
    Engagement,
    EngagementContact,
    EngagementPartner,
)
from cityplanner.model.ledger import Gift
from cityplanner.model.partner import Partner
from cityplanner.model.retention import CountedFrom, LegalHold, RecordSeries, RetentionAction, RetentionRule
from cityplanner.store import backups
from cityplanner.store.checks import check_content
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from tests.builders import make

TODAY = date(2026, 11, 2)


def rule(edit: Editing, series: RecordSeries, years: int = 7, **more: Any) -> RetentionRule:
    made = RetentionRule(title=f"Rule on {series}", series=series, years=years, **more)
    edit.add(made)
    edit.flush()
    return made


def met(edit: Editing, year: int, **more: Any) -> Engagement:
    made = Engagement(
        title=f"Visit {year}", starts_at=datetime(year, 5, 4, 12, tzinfo=UTC), zone="America/Chicago", **more
    )
    edit.add(made)
    edit.flush()
    return made


def attach(edit: Editing, table: str, record_id: int) -> None:
    digest = edit.keep_file(b"minutes")
    edit.add(Attachment(name="minutes.txt", noun=table, record_id=record_id, sha256=digest))


def looked(plan: Plan, today: date = TODAY) -> list[Review]:
    with plan.reading() as session:
        return reviews(session, today)


def test_old_engagements_are_due_with_what_goes_along_and_young_ones_are_not_named(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        rule(edit, RecordSeries.ENGAGEMENTS)
        old, _young = met(edit, 2017), met(edit, 2021)
        for noun in (Partner, Contact):
            other = make(edit, noun).id
            pair = EngagementPartner if noun is Partner else EngagementContact
            edit.add(pair(engagement_id=old.id, **{f"{noun.__tablename__}_id": other}))
        attach(edit, "engagement", old.id)
    (found,) = looked(plan)
    (one,) = found.candidates
    assert (one.title, one.since, one.reasons) == ("Visit 2017", date(2024, 5, 4), ())
    assert one.along == "1 partner at an engagement, 1 contact at an engagement, 1 attached file"
    assert found.ready == (one,)


def test_open_promises_younger_records_and_holds_keep_and_are_named(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        rule(edit, RecordSeries.ENGAGEMENTS)
        partner = make(edit, Partner)
        promised, given, held = met(edit, 2015), met(edit, 2016), met(edit, 2017)
        edit.add(Commitment(text="Send plans", partner_id=partner.id, engagement_id=promised.id))
        edit.add(
            Gift(description="Vase", partner_id=partner.id, given_on=date(2020, 1, 1), engagement_id=given.id)
        )
        edit.add(LegalHold(title="Audit", since=TODAY, engagement_id=held.id))
    (found,) = looked(plan)
    assert [one.reasons for one in found.candidates] == [
        ("Still open: commitment “Send plans”",),
        ("Linked to something younger: gift “Vase”, Jan 1, 2020",),
        ("Legal hold: Audit",),
    ]
    assert found.ready == ()


def test_a_hold_on_the_whole_office_keeps_everything(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        rule(edit, RecordSeries.ENGAGEMENTS)
        met(edit, 2015)
        edit.add(LegalHold(title="Court", since=TODAY))
    assert looked(plan)[0].candidates[0].reasons == ("Legal hold: Court",)


def test_a_hold_that_was_released_keeps_only_the_record_it_names_and_says_so(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        rule(edit, RecordSeries.ENGAGEMENTS)
        one, _other = met(edit, 2015), met(edit, 2016)
        edit.add(LegalHold(title="Audit", since=TODAY, released_on=TODAY, engagement_id=one.id))
    reasons = [one.reasons for one in looked(plan)[0].candidates]
    assert reasons == [("Needed by legal hold “Audit”",), ()]


def test_an_agreement_in_force_and_an_open_commitment_have_not_ended(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        rule(edit, RecordSeries.AGREEMENTS)
        rule(edit, RecordSeries.COMMITMENTS)
        partner = make(edit, Partner)
        for status in (AgreementStatus.ACTIVE, AgreementStatus.EXPIRED):
            edit.add(Agreement(title=status, status=status, expires_on=date(2012, 1, 1)))
        for state in (CommitmentStatus.PENDING, CommitmentStatus.CANCELLED):
            edit.add(Commitment(text=state, status=state, partner_id=partner.id, due_on=date(2012, 1, 1)))
    assert [[one.title for one in found.candidates] for found in looked(plan)] == [["expired"], ["cancelled"]]


def person(edit: Editing, family: str, *, met_in: int = 0, until: date | None = None) -> Contact:
    made = Contact(given="Ana", family=family, email=f"{family.lower()}@example.org", notes="Likes tea")
    edit.add(made)
    edit.flush()
    edit.add(
        Position(contact_id=made.id, partner_id=make(edit, Partner).id, ends_on=until, phone="+49301234567")
    )
    if met_in:
        edit.add(EngagementContact(engagement_id=met(edit, met_in).id, contact_id=made.id))
    return made


@pytest.mark.parametrize(
    ("counted_from", "expected"),
    [
        (CountedFrom.OWN_DATE, ["Ana Left"]),
        (CountedFrom.LAST_CONTACT, ["Ana Met"]),
        (CountedFrom.LAST_CHANGE, []),
    ],
)
def test_contacts_are_counted_from_what_the_rule_says(
    plan: Plan, counted_from: CountedFrom, expected: list[str]
) -> None:
    with plan.edit("Make") as edit:
        rule(edit, RecordSeries.CONTACTS, counted_from=counted_from)
        person(edit, "Met", met_in=2015)
        person(edit, "Left", until=date(2016, 1, 1))
        person(edit, "Now", met_in=2025)
    assert [one.title for one in looked(plan)[0].candidates] == expected
    years_later = looked(plan, date(2040, 1, 1))[0]
    assert years_later.candidates


def test_only_what_was_agreed_to_goes_as_one_change_that_can_be_undone(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        first, second = rule(edit, RecordSeries.ENGAGEMENTS), rule(edit, RecordSeries.GIFTS)
        kept, gone = met(edit, 2014), met(edit, 2015)
        gift = make(edit, Gift, given_on=date(2014, 1, 1), disclosure_due_on=None, engagement_id=None)
    done = apply(plan, {first.id: [gone.id], second.id: [gift.id]}, TODAY)
    assert (done.gone, done.kept, done.pruned) == (2, 0, 0)
    assert done.change is not None
    assert done.change.label == "Retention: 2 records"
    with plan.reading() as session:
        assert session.get(Engagement, kept.id) is not None
        assert session.get(Engagement, gone.id) is None
        assert session.get(Gift, gift.id) is None
        again = session.get(RetentionRule, first.id)
        assert again is not None
        assert again.reviewed_on == TODAY
    assert [one.reason for one in backups.backups(plan.path)] == ["retention"]
    assert done.backup.is_file()
    plan.undo()
    with plan.reading() as session:
        assert session.get(Engagement, gone.id) is not None
        assert session.get(Gift, gift.id) is not None


def test_what_something_keeps_by_now_stays_although_it_was_agreed_to(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        made, old = rule(edit, RecordSeries.ENGAGEMENTS), met(edit, 2014)
        young = met(edit, 2025)
        edit.add(LegalHold(title="Audit", since=TODAY, engagement_id=old.id))
    done = apply(plan, {made.id: [old.id, young.id]}, TODAY)
    assert (done.gone, done.kept) == (0, 2)
    with plan.reading() as session:
        assert session.get(Engagement, old.id) is not None
        assert session.get(Engagement, young.id) is not None


def test_persons_are_taken_out_of_contacts_that_stay_and_the_rule_is_done_with_them(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        made = rule(
            edit,
            RecordSeries.CONTACTS,
            counted_from=CountedFrom.LAST_CONTACT,
            action=RetentionAction.ANONYMIZE,
        )
        who = person(edit, "Met", met_in=2015)
        attach(edit, "contact", who.id)
    done = apply(plan, {made.id: [who.id]}, TODAY)
    assert done.gone == 1
    with plan.reading() as session:
        left = session.get(Contact, who.id)
        assert left is not None
        assert (left.given, left.family, left.email, left.notes) == ("", "[removed]", None, "")
        assert [one.phone for one in session.query(Position)] == [None]
        assert session.query(Attachment).count() == 0
        assert session.query(EngagementContact).count() == 1
    assert looked(plan)[0].candidates == ()
    assert plan.search("met@example.org") == []
    plan.undo()
    assert len(looked(plan)[0].candidates) == 1


def test_names_are_taken_out_of_engagements_and_nothing_of_what_has_none(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        action = RetentionAction.ANONYMIZE
        made = rule(edit, RecordSeries.ENGAGEMENTS, action=action)
        rule(edit, RecordSeries.PARTNERS, action=action)
        held = met(edit, 2015, staff=("Ana Ito",))
        met(edit, 2016)
        edit.add(EngagementContact(engagement_id=held.id, contact_id=make(edit, Contact).id))
    by_series = {found.rule.series: found for found in looked(plan)}
    assert "hold no personal data" in by_series[RecordSeries.PARTNERS].fault
    assert [one.title for one in by_series[RecordSeries.ENGAGEMENTS].candidates] == ["Visit 2015"]
    apply(plan, {made.id: [held.id]}, TODAY)
    with plan.reading() as session:
        left = session.get(Engagement, held.id)
        assert left is not None
        assert left.staff == ()
        assert session.query(EngagementContact).count() == 0


def test_the_history_is_a_series_and_goes_before_the_records_so_that_these_can_be_undone(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        records, past = rule(edit, RecordSeries.ENGAGEMENTS), rule(edit, RecordSeries.HISTORY, 1)
        old = met(edit, 2014)
    later = date(2030, 1, 1)
    (found,) = [one for one in looked(plan, later) if one.cut is not None]
    assert found.cut is not None
    assert found.cut.count == 1
    done = apply(plan, {past.id: [0], records.id: [old.id]}, later)
    assert (done.gone, done.pruned) == (1, 1)
    assert all(one.ok for one in check_content(plan))
    assert plan.undoable() == "Retention: one record"


def test_nothing_chosen_and_a_rule_that_is_gone_are_refused_before_anything_is_done(plan: Plan) -> None:
    with pytest.raises(UserError, match="Nothing was chosen"):
        apply(plan, {}, TODAY)
    with pytest.raises(NotFoundError, match="rule was deleted"):
        apply(plan, {99: [1]}, TODAY)


def test_the_sample_plan_is_reviewed(sample: Plan) -> None:
    found = {one.rule.series: one for one in looked(sample)}
    assert set(found) >= {RecordSeries.ENGAGEMENTS, RecordSeries.HISTORY}
    assert not any(one.fault for one in found.values())
