"""What needs doing, counted from a day: contacts, commitments, agreements, gifts, answers in one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cityplanner.base.language import N_, Language, current
from cityplanner.planning.facts import AgreementFact, PartnerFact
from cityplanner.planning.health import next_contact

DAYS_AHEAD = 30
AGREEMENT_DAYS_AHEAD = 180
OPEN = frozenset({"pending", "in progress"})
OURS = "ours"


class AgendaKind(StrEnum):
    """What an item asks for; on the same day the order is this one."""

    COMMITMENT = N_("commitment")
    GIFT = N_("gift disclosure")
    NOTICE = N_("notice of an agreement")
    EXPIRY = N_("end of an agreement")
    CONTACT = N_("contact")
    REVIEW = N_("answer to review")


ORDER = {kind: place for place, kind in enumerate(AgendaKind)}


@dataclass(frozen=True, slots=True)
class CommitmentFact:
    """A promise of either side (`ours | theirs`) and whom it concerns."""

    id: int
    text: str
    side: str
    status: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class GiftFact:
    """A gift whose disclosure may be due; without a day there is nothing to disclose."""

    id: int
    description: str
    disclosure_due_on: date | None = None
    disclosed: bool = False


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """The office's answer to a recommendation and when to look at it again."""

    id: int
    title: str
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """Everything an agenda is made from."""

    partners: tuple[PartnerFact, ...] = ()
    commitments: tuple[CommitmentFact, ...] = ()
    agreements: tuple[AgreementFact, ...] = ()
    gifts: tuple[GiftFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing to do. `days` from the asked day, negative when overdue; undated promises have neither."""

    kind: AgendaKind
    due_on: date | None
    days: int | None
    title: str
    table: str
    record_id: int
    reason: str

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.days is not None and self.days < 0


@dataclass(frozen=True, slots=True)
class _Due:
    """An item before it is put into words, which is done only for those that are shown."""

    kind: AgendaKind
    due_on: date | None
    title: str
    table: str
    record_id: int
    why: str

    def place(self) -> tuple[date, int, str, int]:
        return self.due_on or date.max, ORDER[self.kind], self.title, self.record_id


def agenda(
    facts: AgendaFacts,
    today: date,
    days_ahead: int = DAYS_AHEAD,
    agreement_days_ahead: int = AGREEMENT_DAYS_AHEAD,
    limit: int | None = None,
    language: Language | None = None,
) -> tuple[AgendaItem, ...]:
    """All that is overdue on `today` or due within `days_ahead`, by day, kind, title and id.

    Agreements look further ahead, since a council needs time. Open promises without a day come last: they
    are the ones that get forgotten. With a `limit` only that many are returned, the most urgent.
    """
    say = language or current()
    until = today + timedelta(days=days_ahead)
    found = [
        *_contacts(facts.partners, today, until),
        *_commitments(facts.commitments, until),
        *_agreements(facts.agreements, today, today + timedelta(days=agreement_days_ahead)),
        *_gifts(facts.gifts, until),
        *_reviews(facts.answers, until),
    ]
    found.sort(key=_Due.place)
    return tuple(_worded(due, today, say) for due in found[:limit])


def notice_due_on(agreement: AgreementFact) -> date | None:
    """The last day to give notice: the end less the notice period; None if open-ended or without one."""
    if agreement.expires_on is None or agreement.notice_days <= 0:
        return None
    return agreement.expires_on - timedelta(days=agreement.notice_days)


def _contacts(partners: Iterable[PartnerFact], today: date, until: date) -> Iterator[_Due]:
    for one in partners:
        due = next_contact(one, today)
        if due is not None and due.due_on <= until:
            never = one.last_contact_on is None
            why = N_("There has been no contact yet") if never else N_("Time to be in touch")
            yield _Due(AgendaKind.CONTACT, due.due_on, one.name, "partner", one.id, why)


def _commitments(commitments: Iterable[CommitmentFact], until: date) -> Iterator[_Due]:
    for one in commitments:
        if one.status in OPEN and (one.due_on is None or one.due_on <= until):
            why = N_("We promised this") if one.side == OURS else N_("They promised this")
            yield _Due(AgendaKind.COMMITMENT, one.due_on, one.text, "commitment", one.id, why)


def _agreements(agreements: Iterable[AgreementFact], today: date, until: date) -> Iterator[_Due]:
    """A notice is listed while it can still be given; after that the end is, however far ahead."""
    for one in agreements:
        if not one.in_force or one.expires_on is None:
            continue
        notice = notice_due_on(one)
        missed = notice is not None and notice < today
        if notice is not None and today <= notice <= until:
            yield _Due(
                AgendaKind.NOTICE, notice, one.title, "agreement", one.id, N_("The last day to give notice")
            )
        if missed or one.expires_on <= until:
            why = (
                N_("The agreement ends, and its day for notice has passed")
                if missed
                else N_("The agreement ends")
            )
            yield _Due(AgendaKind.EXPIRY, one.expires_on, one.title, "agreement", one.id, why)


def _gifts(gifts: Iterable[GiftFact], until: date) -> Iterator[_Due]:
    for one in gifts:
        if not one.disclosed and one.disclosure_due_on is not None and one.disclosure_due_on <= until:
            why = N_("The gift has to be disclosed")
            yield _Due(AgendaKind.GIFT, one.disclosure_due_on, one.description, "gift", one.id, why)


def _reviews(answers: Iterable[AnswerFact], until: date) -> Iterator[_Due]:
    for one in answers:
        if one.review_on is not None and one.review_on <= until:
            why = N_("The answer is to be looked at again")
            yield _Due(AgendaKind.REVIEW, one.review_on, one.title, "answer", one.id, why)


def _worded(due: _Due, today: date, say: Language) -> AgendaItem:
    days = None if due.due_on is None else (due.due_on - today).days
    reason = say.text(N_("{why}: {when}.")).format(why=say.text(due.why), when=when(days, say))
    return AgendaItem(due.kind, due.due_on, days, due.title, due.table, due.record_id, reason)


def when(days: int | None, language: Language | None = None) -> str:
    """Days from today in words: `3 days overdue`, `today`, `in 5 days`, or that no day is set."""
    say = language or current()
    if days is None:
        return say.text(N_("no day is set"))
    if days == 0:
        return say.text(N_("today"))
    if days < 0:
        return say.plural("{n} day overdue", "{n} days overdue", -days)
    return say.plural("in {n} day", "in {n} days", days)
