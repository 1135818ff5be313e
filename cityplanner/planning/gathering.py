"""From the plan's records to the plain facts that the calculations take; the only part of planning that reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from cityplanner.model.agreement import IN_FORCE, Agreement
from cityplanner.model.engagement import Commitment, CommitmentStatus
from cityplanner.model.fund import Fund, FundAmount, FundRestriction, StaffPosition, Term
from cityplanner.model.initiative import (
    BudgetLine,
    Contribution,
    Dependency,
    Initiative,
    InitiativeAgreement,
    InitiativePartner,
    InitiativeStatus,
    ServiceLevel,
)
from cityplanner.model.ledger import Gift
from cityplanner.model.partner import Partner
from cityplanner.model.priority import Criterion, CriterionWeight, Score
from cityplanner.model.recommendation import Answer
from cityplanner.model.roundtable import ItemKind, Section, SourceItem
from cityplanner.model.scenario import Decision, FrozenPosition, FundChange, Scenario
from cityplanner.planning import agenda, facts
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import Reading, Touch, fields, kept_in_touch, records, touches
from cityplanner.store.queries.titles import titles

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
GOALS = 17


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """All that planning knows of a plan on a day."""

    office: facts.OfficeFacts
    scenarios: tuple[facts.ScenarioFact, ...]
    weights: Mapping[Criterion, int]
    scores: Mapping[int, Mapping[Criterion, int]]
    agenda: agenda.AgendaFacts

    def adopted(self) -> facts.ScenarioFact | None:
        """The scenario that holds: the newest adopted one, else the newest current service level."""
        for kind in ("adopted", "current service level"):
            of_kind = [one for one in self.scenarios if one.kind == kind]
            if of_kind:
                return max(of_kind, key=lambda one: (one.fiscal_year, one.id))
        return None


def gather(plan: Plan, today: date) -> PlanFacts:
    """Read everything that planning takes, as it stands in the plan; `today` bounds the log."""
    with plan.reading() as session:
        read = _Reader(session, today)
        return PlanFacts(read.office(), read.scenarios(), read.weights(), read.scores(), read.agenda())


def level_titles(plan: Plan) -> dict[int, str]:
    """What each service level is called, by its id."""
    with plan.reading() as session:
        return {level.id: level.title for level in records(session, ServiceLevel)}


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


class _Reader:
    """One consistent reading of a plan."""

    def __init__(self, session: Reading, today: date) -> None:
        self._session = session
        self._today = today
        self._commitments = records(session, Commitment)
        self._service_levels = fields(
            session, ServiceLevel, "id", "initiative_id", "kind", "fte", "result_share", "mandated"
        )
        self._agreements = self._agreement_facts()
        self._partners = self._partner_facts()

    def office(self) -> facts.OfficeFacts:
        return facts.OfficeFacts(
            recommendations=self._recommendations(),
            initiatives=self._initiatives(),
            levels=self._levels(),
            contributions=tuple(
                facts.ContributionFact(*one)
                for one in fields(self._session, Contribution, "initiative_id", "source_item_id", "kind")
            ),
            funds=self._funds(),
            positions=self._positions(),
            partners=self._partners,
            agreements=self._agreements,
            dependencies=self._dependencies(),
        )

    def _dependencies(self) -> tuple[facts.DependencyFact, ...]:
        return tuple(
            facts.DependencyFact(one.initiative_id, one.other_id, one.kind)
            for one in records(self._session, Dependency)
        )

    def _recommendations(self) -> tuple[facts.RecommendationFact, ...]:
        roundtables = {section.id: section.roundtable_id for section in records(self._session, Section)}
        answers = {answer.source_item_id: answer for answer in records(self._session, Answer)}
        found = []
        for item in records(self._session, SourceItem):
            answer = answers.get(item.id)
            if item.kind is not ItemKind.RECOMMENDATION and answer is None:
                continue
            found.append(
                facts.RecommendationFact(
                    id=item.id,
                    code=item.code,
                    title=item.title,
                    theme=item.theme,
                    roundtable_id=roundtables[item.section_id],
                    weight=(answer.weight or 0) if answer else 0,
                    supported=answer is not None and answer.response.counts,
                )
            )
        return tuple(found)

    def _initiatives(self) -> tuple[facts.InitiativeFact, ...]:
        partners = _grouped(
            (x.initiative_id, x.partner_id) for x in records(self._session, InitiativePartner)
        )
        agreements = _grouped(
            (x.initiative_id, x.agreement_id) for x in records(self._session, InitiativeAgreement)
        )
        levels = _grouped((level.initiative_id, level) for level in self._service_levels)
        return tuple(
            facts.InitiativeFact(
                id=one.id,
                code=one.code,
                title=one.title,
                theme=one.theme,
                mandated_level_id=_mandated(levels.get(one.id, ())),
                sdgs=_goals(one.sdgs),
                partner_ids=partners.get(one.id, ()),
                agreement_ids=agreements.get(one.id, ()),
                ends_on=one.ends_on,
            )
            for one in fields(
                self._session, Initiative, "id", "code", "title", "theme", "sdgs", "ends_on", "status"
            )
            if one.status is not InitiativeStatus.CLOSED
        )

    def _levels(self) -> tuple[facts.LevelFact, ...]:
        lines = _grouped(
            (level_id, facts.LineFact(*line))
            for level_id, *line in fields(
                self._session, BudgetLine, "service_level_id", "fund_id", "category", "amount"
            )
        )
        return tuple(
            facts.LevelFact(
                level.id,
                level.initiative_id,
                level.kind,
                level.fte,
                level.result_share,
                lines.get(level.id, ()),
            )
            for level in self._service_levels
        )

    def _funds(self) -> tuple[facts.FundFact, ...]:
        amounts = _grouped((x.fund_id, (x.fiscal_year, x.amount)) for x in records(self._session, FundAmount))
        only = _grouped((x.fund_id, x.initiative_id) for x in records(self._session, FundRestriction))
        return tuple(
            facts.FundFact(
                fund.id,
                fund.code,
                fund.title,
                dict(amounts.get(fund.id, ())),
                frozenset(fund.themes),
                frozenset(only.get(fund.id, ())),
                ongoing=fund.term is Term.ONGOING,
            )
            for fund in records(self._session, Fund)
        )

    def _positions(self) -> tuple[facts.PositionFact, ...]:
        return tuple(
            facts.PositionFact(one.id, one.title, one.fte, one.salary + one.benefits, one.fund_id)
            for one in records(self._session, StaffPosition)
            if not one.vacant
        )

    def _partner_facts(self) -> tuple[facts.PartnerFact, ...]:
        kept = kept_in_touch(self._session)
        until = datetime.combine(self._today, time.max, UTC)
        had = touches(self._session, until, [one.id for one in kept])
        promised = _grouped((one.partner_id, one) for one in self._commitments)
        return tuple(
            partner_fact(one, had.get(one.id), promised.get(one.id, ()), self._today) for one in kept
        )

    def _agreement_facts(self) -> tuple[facts.AgreementFact, ...]:
        return tuple(agreement_fact(one) for one in records(self._session, Agreement))

    def scenarios(self) -> tuple[facts.ScenarioFact, ...]:
        decisions = _grouped(
            (scenario_id, (initiative_id, level_id))
            for scenario_id, initiative_id, level_id in fields(
                self._session, Decision, "scenario_id", "initiative_id", "service_level_id"
            )
        )
        changes = _grouped(
            (one.scenario_id, facts.FundChange(one.fund_id, one.percent or Decimal(0), one.amount or 0))
            for one in records(self._session, FundChange)
        )
        frozen = _grouped(
            (one.scenario_id, one.staff_position_id) for one in records(self._session, FrozenPosition)
        )
        return tuple(
            facts.ScenarioFact(
                id=one.id,
                name=one.title,
                kind=one.kind,
                fiscal_year=one.fiscal_year,
                decisions=dict(decisions.get(one.id, ())),
                fund_changes=changes.get(one.id, ()),
                furlough_days=Decimal(one.furlough_days or 0),
                frozen_position_ids=frozenset(frozen.get(one.id, ())),
                cost_growth=one.cost_growth or Decimal(0),
            )
            for one in records(self._session, Scenario)
        )

    def weights(self) -> dict[Criterion, int]:
        return {one.criterion: one.weight for one in records(self._session, CriterionWeight)}

    def scores(self) -> dict[int, dict[Criterion, int]]:
        scored = _grouped(
            (one.initiative_id, (one.criterion, one.value)) for one in records(self._session, Score)
        )
        return {key: dict(pairs) for key, pairs in scored.items()}

    def agenda(self) -> agenda.AgendaFacts:
        answers = records(self._session, Answer)
        items = titles(self._session, SourceItem, {answer.source_item_id for answer in answers})
        return agenda.AgendaFacts(
            partners=self._partners,
            commitments=tuple(
                agenda.CommitmentFact(one.id, one.text, one.side, one.status, one.due_on)
                for one in self._commitments
            ),
            agreements=self._agreements,
            gifts=tuple(
                agenda.GiftFact(one.id, one.description, one.disclosure_due_on, one.disclosed_on is not None)
                for one in records(self._session, Gift)
            ),
            answers=tuple(
                agenda.AnswerFact(one.id, items.get(one.source_item_id, ""), one.review_on) for one in answers
            ),
        )


def partner_fact(
    partner: Partner, touch: Touch | None, commitments: Iterable[Commitment], today: date
) -> facts.PartnerFact:
    """One partner with its contact so far and what became of the commitments of both sides."""
    promised = tuple(commitments)
    done = sum(one.status is CommitmentStatus.COMPLETED for one in promised)
    return facts.PartnerFact(
        id=partner.id,
        name=partner.name,
        interval_days=partner.keep_in_touch,
        hours_per_contact=partner.contact_hours or Decimal(0),
        last_contact_on=touch.last_on if touch else None,
        engagement_count=touch.count if touch else 0,
        commitments_kept=done,
        commitments_due=done + sum(one.is_overdue(today) for one in promised),
    )


def agreement_fact(agreement: Agreement) -> facts.AgreementFact:
    """One agreement with its end and the notice it asks for."""
    return facts.AgreementFact(
        agreement.id,
        agreement.title,
        agreement.status in IN_FORCE,
        agreement.expires_on,
        agreement.notice_days or 0,
    )


def _mandated(levels: Iterable[Any]) -> int | None:
    """The highest level that is mandated, by the share of the result it keeps."""
    mandated = [level for level in levels if level.mandated]
    return max(mandated, key=lambda level: level.result_share).id if mandated else None


def _goals(codes: Iterable[str]) -> tuple[int, ...]:
    """The goals of SDG codes: `16.b` counts for goal 16."""
    return tuple(sorted({int(code.split(".")[0]) for code in codes}))
