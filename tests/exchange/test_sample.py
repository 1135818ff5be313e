"""The sample plan: complete, sound, the same every time, and its numbers add up."""

from __future__ import annotations

import hashlib
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from cityplanner.base.errors import UserError
from cityplanner.exchange.sample.build import build_sample
from cityplanner.exchange.sample.contacts import phone, salutation, spoken
from cityplanner.exchange.sample.data import FIRST_DAY, LAST_DAY, SAMPLE_TODAY
from cityplanner.exchange.sample.indicators import month_end
from cityplanner.exchange.sample.initiatives import SCORED
from cityplanner.exchange.sample.schedule import workday
from cityplanner.exchange.sample.words import day_words, fill, sentences
from cityplanner.model.agreement import (
    Agreement,
    AgreementPartner,
    AgreementStatus,
    AgreementType,
    Deliverable,
)
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import (
    Commitment,
    CommitmentStatus,
    Engagement,
    EngagementContact,
    EngagementInitiative,
    EngagementPartner,
    Format,
    Mode,
    Sector,
    Side,
)
from cityplanner.model.entity import Entity, fields
from cityplanner.model.fund import Fund, FundAmount, FundSource, StaffPosition
from cityplanner.model.indicator import Indicator, IndicatorKind, Measurement
from cityplanner.model.initiative import (
    BudgetLine,
    Category,
    Contribution,
    ContributionKind,
    Dependency,
    DependencyKind,
    Initiative,
    InitiativeStatus,
    LevelKind,
    Milestone,
    MilestoneStatus,
    ServiceLevel,
)
from cityplanner.model.ledger import Aid, AidStatus, Direction, Disposition, Gift
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import CONSULAR, ConsularRank, HeadStatus, Partner, PartnerKind, Sensitivity
from cityplanner.model.practice import Practice, PracticeStatus
from cityplanner.model.priority import CriterionWeight, Score
from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import ItemKind, SourceItem, Theme
from cityplanner.model.scenario import Decision, Scenario, ScenarioKind
from cityplanner.planning import losses
from cityplanner.planning.dormancy import Verdict
from cityplanner.planning.gathering import PlanFacts, gather
from cityplanner.planning.reviewing import read_reviews
from cityplanner.planning.scenarios import Outcome, gap_words, outcome
from cityplanner.store.plan_file import Plan

E = TypeVar("E", bound=Entity)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    with build_sample(tmp_path_factory.mktemp("sample") / "sample.cityplan") as plan:
        yield plan


@pytest.fixture(scope="module")
def facts(plan: Plan) -> PlanFacts:
    return gather(plan, SAMPLE_TODAY)


@pytest.fixture(scope="module")
def outcomes(facts: PlanFacts) -> dict[str, Outcome]:
    return {scenario.name: outcome(facts.office, scenario) for scenario in facts.scenarios}


def every(plan: Plan, noun: type[E]) -> list[E]:
    with plan.reading() as session:
        return list(session.scalars(select(noun).order_by(noun.id)))


def digest(plan: Plan) -> str:
    """A digest of every row of every noun."""
    found = hashlib.sha256()
    for table, noun in nouns().items():
        for record in every(plan, noun):
            values = [record.id, record.uid, *(getattr(record, field.name) for field in fields(noun))]
            found.update(f"{table} {values!r}\n".encode())
    return found.hexdigest()


def test_the_counts_are_those_of_three_years_of_work(plan: Plan) -> None:
    counts = {noun: len(every(plan, noun)) for noun in nouns().values()}
    assert counts[Partner] == 84
    assert counts[Contact] >= 200
    assert counts[Agreement] == counts[Initiative] == 40
    assert counts[Engagement] == 600
    assert 225 <= counts[Commitment] <= 300
    assert counts[Gift] >= 40
    assert counts[Aid] >= 24
    assert counts[Practice] >= 25
    assert (counts[Fund], counts[StaffPosition], counts[Scenario]) == (6, 12, 5)
    assert counts[FundAmount] == 6 * 3
    assert counts[Decision] == 5 * 40
    assert counts[CriterionWeight] == len(SCORED) + 1
    assert counts[Score] == len(SCORED) * 40
    assert counts[SourceItem] == 52
    assert not [noun for noun, count in counts.items() if count == 0]


def test_every_record_passes_its_own_check(plan: Plan) -> None:
    wrong = [
        (table, record.id, str(problem))
        for table, noun in nouns().items()
        for record in every(plan, noun)
        for problem in record.check()
    ]
    assert wrong == []


def test_two_builds_hold_the_same_records(plan: Plan, tmp_path: Path) -> None:
    with build_sample(tmp_path / "again.cityplan") as again:
        assert digest(again) == digest(plan)


def test_it_is_built_in_a_few_dozen_named_changes_with_progress(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    begun = time.perf_counter()
    with build_sample(
        tmp_path / "a.cityplan", progress=lambda share, what: told.append((share, what))
    ) as plan:
        assert time.perf_counter() - begun < 30
        assert plan.undoable() == "Adopt the scenario “Adopted budget FY 2027”"
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len({what for _, what in told}) > 8


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "taken.cityplan"
    path.write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        build_sample(path)
    assert path.read_text() == "mine"


def test_nothing_is_left_of_a_build_that_was_stopped(tmp_path: Path) -> None:
    def stop(share: float, _what: str) -> None:
        if share > 0.4:
            raise UserError("Stopped.")

    with pytest.raises(UserError, match="Stopped"):
        build_sample(tmp_path / "half.cityplan", progress=stop)
    assert not list(tmp_path.glob("*.cityplan"))


@pytest.mark.parametrize(
    ("noun", "name", "of"),
    [
        (Partner, "kind", PartnerKind),
        (Partner, "sensitivity", Sensitivity),
        (Partner, "head_status", HeadStatus),
        (Partner, "head_rank", ConsularRank),
        (Agreement, "type", AgreementType),
        (Agreement, "status", AgreementStatus),
        (Engagement, "format", Format),
        (Engagement, "mode", Mode),
        (Engagement, "sector", Sector),
        (Engagement, "sensitivity", Sensitivity),
        (Commitment, "side", Side),
        (Commitment, "status", CommitmentStatus),
        (Gift, "direction", Direction),
        (Gift, "disposition", Disposition),
        (Aid, "direction", Direction),
        (Aid, "status", AidStatus),
        (Practice, "status", PracticeStatus),
        (Initiative, "theme", Theme),
        (Initiative, "status", InitiativeStatus),
        (ServiceLevel, "kind", LevelKind),
        (BudgetLine, "category", Category),
        (Contribution, "kind", ContributionKind),
        (Dependency, "kind", DependencyKind),
        (Indicator, "kind", IndicatorKind),
        (Fund, "source", FundSource),
    ],
)
def test_every_choice_occurs(plan: Plan, noun: type[Entity], name: str, of: type[StrEnum]) -> None:
    assert {getattr(record, name) for record in every(plan, noun)} - {None} == set(of)


def test_scenarios_are_adopted_current_two_cuts_and_growth(plan: Plan) -> None:
    scenarios = every(plan, Scenario)
    assert Counter(scenario.kind for scenario in scenarios) == {
        ScenarioKind.ADOPTED: 1,
        ScenarioKind.CURRENT: 1,
        ScenarioKind.REDUCTION: 2,
        ScenarioKind.GROWTH: 1,
    }
    assert [scenario.title for scenario in scenarios if scenario.is_locked] == ["Adopted budget FY 2027"]


def test_partners_sit_in_forty_countries_and_more(plan: Plan) -> None:
    assert len({partner.country for partner in every(plan, Partner)}) >= 40


def test_consular_posts_and_networks_carry_their_details(plan: Plan) -> None:
    for partner in every(plan, Partner):
        if partner.kind in CONSULAR:
            assert partner.sending_state
            assert partner.head_id
            assert partner.rank_since
        if partner.kind is PartnerKind.NETWORK:
            assert partner.dues
            assert partner.network_hours


@pytest.mark.parametrize(
    ("script", "least"),
    [
        ("LATIN", 60),
        ("CYRILLIC", 6),
        ("GREEK", 5),
        ("ARABIC", 6),
        ("HEBREW", 3),
        ("CJK", 15),
        ("HANGUL", 6),
        ("DEVANAGARI", 4),
        ("THAI", 4),
    ],
)
def test_names_are_written_in_the_scripts_of_the_world(plan: Plan, script: str, least: int) -> None:
    names = [contact.own_name or f"{contact.given} {contact.family}" for contact in every(plan, Contact)]
    letters = [unicodedata.name(next(filter(str.isalpha, name))) for name in names]
    assert sum(letter.startswith(script) for letter in letters) >= least


def test_vietnamese_names_keep_their_marks(plan: Plan) -> None:
    marked = [c.own_name for c in every(plan, Contact) if set("ươăđỳỹạịọả") & set(c.own_name.lower())]
    assert len(marked) >= 6


def test_addresses_and_numbers_reach_nobody(plan: Plan) -> None:
    for contact in every(plan, Contact):
        assert contact.email is not None
        assert contact.email.endswith(".example")
        assert contact.phone is not None
        assert contact.country != "US" or contact.phone[5:10] == "55501"


def test_some_contacts_moved_on_and_named_a_successor(plan: Plan) -> None:
    positions = every(plan, Position)
    former = [one for one in positions if one.ends_on is not None]
    assert len(former) >= 20
    assert sum(one.successor_id is not None for one in former) >= 10
    assert sum(contact.do_not_contact for contact in every(plan, Contact)) >= 2
    assert max(Counter(one.contact_id for one in positions).values()) == 2


def test_whoever_took_part_held_a_position_with_a_partner_there(plan: Plan) -> None:
    days = {one.id: one.starts_at.date() for one in every(plan, Engagement)}
    there: dict[int, set[int]] = {}
    for pairing in every(plan, EngagementPartner):
        there.setdefault(pairing.engagement_id, set()).add(pairing.partner_id)
    held: dict[int, list[Position]] = {}
    for position in every(plan, Position):
        held.setdefault(position.contact_id, []).append(position)
    slack = timedelta(days=1)
    for one in every(plan, EngagementContact):
        on = days[one.engagement_id]
        assert any(
            position.partner_id in there[one.engagement_id]
            and position.starts_on is not None
            and position.starts_on <= on + slack
            and (position.ends_on is None or on - slack <= position.ends_on)
            for position in held[one.contact_id]
        )


def test_the_log_fills_three_years_up_to_the_day(plan: Plan) -> None:
    days = [one.starts_at.date() for one in every(plan, Engagement)]
    assert min(days) <= FIRST_DAY + timedelta(days=7)
    assert LAST_DAY - timedelta(days=7) <= max(days) <= LAST_DAY + timedelta(days=1)
    assert all(count >= 120 for count in Counter(day.year for day in days).values() if count > 60)


def test_titles_and_notes_hardly_repeat(plan: Plan) -> None:
    log = every(plan, Engagement)
    assert len({one.title for one in log}) == len(log)
    assert len({one.purpose for one in log}) >= len(log) - 6
    assert max(Counter(one.result for one in log).values()) <= 12
    assert all(one.purpose and one.result for one in log)
    assert not [one.title for one in log if "{" in f"{one.title}{one.purpose}{one.decisions}{one.result}"]


def test_every_partner_was_met_and_a_few_too_seldom_to_judge(plan: Plan) -> None:
    met = Counter(one.partner_id for one in every(plan, EngagementPartner))
    assert set(met) == {partner.id for partner in every(plan, Partner)}
    assert 1 <= sum(count < 3 for count in met.values()) <= 10


def test_most_engagements_serve_an_initiative(plan: Plan) -> None:
    served = {one.engagement_id for one in every(plan, EngagementInitiative)}
    assert len(served) >= 550


def test_commitments_are_kept_late_and_ahead(plan: Plan) -> None:
    commitments = every(plan, Commitment)
    overdue = [one for one in commitments if one.is_overdue(SAMPLE_TODAY)]
    assert 12 <= len(overdue) <= 40
    assert {one.side for one in overdue} == set(Side)
    ahead = [one for one in commitments if one.status.is_open and one.due_on and one.due_on > SAMPLE_TODAY]
    assert len(ahead) >= 10
    assert all(one.completed_on <= SAMPLE_TODAY for one in commitments if one.completed_on)
    assert len({one.text for one in commitments}) == len(commitments)


def test_open_commitments_are_in_the_hands_of_whoever_holds_the_post(plan: Plan) -> None:
    gone = {one.contact_id for one in every(plan, Position) if one.ends_on and one.ends_on < SAMPLE_TODAY}
    still = {one.contact_id for one in every(plan, Position) if not one.ends_on}
    assert not [
        one.text
        for one in every(plan, Commitment)
        if one.status.is_open and one.contact_id in gone and one.contact_id not in still
    ]


def test_gifts_carry_deadlines_and_some_are_still_to_be_disclosed(plan: Plan) -> None:
    gifts = every(plan, Gift)
    due = [one for one in gifts if one.disclosure_due_on]
    assert all(one.disclosure_due_on == one.given_on + timedelta(days=30) for one in due)
    assert [one for one in due if one.disclosed_on is None]
    assert all(one.given_on <= SAMPLE_TODAY for one in gifts)


def test_aid_answers_earlier_aid_the_other_way(plan: Plan) -> None:
    aid = {one.id: one for one in every(plan, Aid)}
    answers = [one for one in aid.values() if one.answers_id]
    assert len(answers) >= 4
    for one in answers:
        assert one.answers_id is not None
        earlier = aid[one.answers_id]
        assert earlier.occurred_on < one.occurred_on
        assert earlier.direction is not one.direction


def test_agreements_have_sides_and_partial_and_open_dates(plan: Plan) -> None:
    agreements = every(plan, Agreement)
    sides = {one.agreement_id for one in every(plan, AgreementPartner)}
    assert sides == {one.id for one in agreements}
    assert {len(one.signed_on) for one in agreements if one.signed_on} == {4, 7, 10}
    assert sum(one.expires_on is None and one.status is AgreementStatus.ACTIVE for one in agreements) >= 8
    assert [one for one in every(plan, Deliverable) if one.due_on and one.due_on > SAMPLE_TODAY]


def test_agreements_are_alive_quiet_and_perhaps_dormant(plan: Plan) -> None:
    found = Counter(one.verdict for one in read_reviews(plan, SAMPLE_TODAY))
    assert 2 <= found[Verdict.DORMANT] <= 5
    assert 3 <= found[Verdict.QUIET] <= 9
    assert found[Verdict.ACTIVE] >= 15


def test_initiatives_are_worked_out_in_full(plan: Plan) -> None:
    levels = Counter(one.initiative_id for one in every(plan, ServiceLevel))
    milestones = every(plan, Milestone)
    for one in every(plan, Initiative):
        assert one.objective
        assert one.risks
        assert one.sdgs
        assert one.equity_served
        assert one.equity_decides
        assert one.equity_left_out
        assert 2 <= levels[one.id] <= 4
    late = [one for one in milestones if one.status is MilestoneStatus.PENDING and one.due_on < SAMPLE_TODAY]
    assert late
    assert sum(one.mandated for one in every(plan, ServiceLevel)) >= 4


def test_indicators_are_measured_up_to_now_and_some_by_group(plan: Plan) -> None:
    measurements = every(plan, Measurement)
    assert all(one.measured_on <= SAMPLE_TODAY for one in measurements)
    assert len({one.indicator_id for one in measurements}) >= 48
    assert [one for one in measurements if one.group]
    assert sum(one.engagement_id is not None for one in measurements) >= 40


def test_every_recommendation_is_answered(plan: Plan) -> None:
    answered = {one.source_item_id: one for one in every(plan, Answer)}
    for item in every(plan, SourceItem):
        if item.kind is ItemKind.RECOMMENDATION:
            answer = answered[item.id]
            assert answer.rationale
            assert answer.owner
            assert answer.review_on
    assert {one.response for one in answered.values()} >= {
        Response.NOTED,
        Response.PARTLY,
        Response.SUPPORTED,
    }


def test_most_recommendations_are_covered_and_some_are_not(
    facts: PlanFacts, outcomes: dict[str, Outcome]
) -> None:
    supported = {one.id for one in facts.office.recommendations if one.supported}
    found = outcomes["Adopted budget FY 2027"].coverage.recommendations
    covered = [one.coverage for one in found if one.recommendation_id in supported]
    assert sum(share == 0 for share in covered) in range(2, 6)
    assert sum(share >= 1 for share in covered) > len(covered) / 2


@pytest.mark.parametrize(
    "name",
    [
        "Adopted budget FY 2027",
        "Current service level FY 2028",
        "Ten per cent less FY 2028",
        "Twenty-five per cent less FY 2028",
        "Growth FY 2028",
    ],
)
def test_every_scenario_balances(facts: PlanFacts, outcomes: dict[str, Outcome], name: str) -> None:
    found = outcomes[name]
    assert gap_words(facts.office, found, "USD") == ()
    assert found.ready
    assert found.mandates_broken == ()
    assert all(total.gap >= 0 and total.stated for total in found.funds)
    assert found.capacity.fte_needed <= found.capacity.fte_after


def test_money_is_asked_for_closely_in_the_adopted_budget(outcomes: dict[str, Outcome]) -> None:
    for total in outcomes["Adopted budget FY 2027"].funds:
        assert total.needed >= total.amount * 9 // 10


def test_costs_are_the_staff_positions_and_the_budget_lines(plan: Plan, outcomes: dict[str, Outcome]) -> None:
    staff = sum(one.salary + one.benefits for one in every(plan, StaffPosition) if not one.vacant)
    adopted = next(one for one in every(plan, Scenario) if one.kind is ScenarioKind.ADOPTED)
    levels = {one.service_level_id for one in every(plan, Decision) if one.scenario_id == adopted.id}
    lines = sum(one.amount for one in every(plan, BudgetLine) if one.service_level_id in levels)
    assert outcomes[adopted.title].total == staff + lines
    assert sum(one.fte for one in every(plan, StaffPosition)) == Decimal("11.40")


def test_nobody_falls_silent_today_and_the_deep_cut_costs_dearly(
    facts: PlanFacts, outcomes: dict[str, Outcome]
) -> None:
    now, less, deep = (
        outcomes[name]
        for name in (
            "Current service level FY 2028",
            "Ten per cent less FY 2028",
            "Twenty-five per cent less FY 2028",
        )
    )
    assert now.capacity.silent_partner_ids == ()
    mild, hard = losses.losses(facts.office, now, less), losses.losses(facts.office, now, deep)
    assert mild.stopped_ids
    assert len(hard.stopped_ids) > len(mild.stopped_ids)
    assert hard.uncovered
    assert hard.silent_partner_ids
    assert hard.agreement_ids
    assert deep.total < less.total < now.total


def test_no_name_of_the_office_is_among_its_contacts(plan: Plan) -> None:
    ours = {name for one in every(plan, Engagement) for name in one.staff}
    assert not ours & {f"{one.given} {one.family}" for one in every(plan, Contact)}


@pytest.mark.parametrize(
    ("form", "letter", "note"),
    [
        ("Ms.", "Dear Ms. Vlahov:", "Ms. Vlahov"),
        ("Mr. Mayor", "Dear Mr. Mayor:", "Mayor Vlahov"),
        ("Consul General", "Dear Consul General Vlahov:", "Consul General Vlahov"),
    ],
)
def test_people_are_addressed_by_their_form(form: str, letter: str, note: str) -> None:
    assert salutation(form, "Vlahov") == letter
    assert spoken(form, "Vlahov") == note


def test_a_pattern_is_filled_and_its_sentences_begin_with_capitals() -> None:
    assert fill("{Who} came. {n} left on {coming}.", {"who": "nobody", "n": "six", "coming": "May 2"}) == (
        "Nobody came. Six left on May 2."
    )
    assert sentences("one. two? three") == "One. Two? Three"


def test_dates_are_told_with_the_year_when_they_are_far() -> None:
    assert day_words(date(2026, 3, 12), date(2026, 11, 2)) == "March 12"
    assert day_words(date(2024, 3, 12), date(2026, 11, 2)) == "March 12, 2024"


def test_the_office_is_closed_at_weekends_and_over_the_holidays() -> None:
    assert workday(date(2026, 10, 31)) == date(2026, 11, 2)
    assert workday(date(2025, 12, 24)) == date(2026, 1, 5)
    assert workday(date(2025, 7, 4)) == date(2025, 7, 7)


def test_measurements_fall_on_the_last_day_of_a_month() -> None:
    assert month_end(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert month_end(date(2024, 6, 30), -6) == date(2023, 12, 31)


def test_numbers_are_valid_everywhere(plan: Plan) -> None:
    from random import Random

    for country in {contact.country for contact in every(plan, Contact)}:
        assert country is not None
        number = phone(Random(1), country)
        assert number.startswith("+")
        assert 8 <= len(number) <= 16
