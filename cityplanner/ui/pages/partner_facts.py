"""What the overview of a partner says, read in a worker: facts, health, people, promises, ledgers in rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cityplanner.base.language import _, current
from cityplanner.model.agreement import IN_FORCE, Agreement
from cityplanner.model.engagement import Commitment, CommitmentStatus, Side
from cityplanner.model.entity import field_of
from cityplanner.model.initiative import Initiative
from cityplanner.model.ledger import Aid, AidStatus, Direction, Gift
from cityplanner.model.partner import CONSULAR, Partner, PartnerKind
from cityplanner.model.wording import choice_label, show, show_partial_date
from cityplanner.planning import agenda, health
from cityplanner.planning.gathering import partner_fact
from cityplanner.planning.precedence import Post, precedence
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import records, timeline
from cityplanner.store.queries.timeline import Encounter, Holder
from cityplanner.ui.parts.plain import capitalized, dots
from cityplanner.ui.parts.timeline_view import FIRST
from cityplanner.ui.parts.two_lines import Row

DELIVERED = (AidStatus.SHIPPED, AidStatus.RECEIVED)
"""The aid that counts in the balance: what was only asked for, offered or agreed has not gone anywhere."""


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """Everything on the overview of one partner but the older pages of its timeline."""

    id: int
    name: str
    zone: str | None
    lines: tuple[str, ...]
    health: health.Health
    contact: str
    contact_overdue: bool
    hours: str
    ours: tuple[Row, ...]
    theirs: tuple[Row, ...]
    people: tuple[Row, ...]
    former: tuple[Row, ...]
    agreements: tuple[Row, ...]
    gifts: tuple[Row, ...]
    aid: tuple[Row, ...]
    aid_balance: str
    initiatives: tuple[Row, ...]
    engagements: tuple[Encounter, ...]


def read_partner(plan: Plan, partner_id: int, today: dt.date, currency: str) -> PartnerFacts | None:
    """Read and put into words everything about one partner; None when it is gone."""
    with plan.reading() as session:
        partner = session.get(Partner, partner_id)
        if partner is None:
            return None
        until = dt.datetime.combine(today, dt.time.max, dt.UTC)
        promised = timeline.commitments(session, partner_id)
        fact = partner_fact(partner, timeline.touch(session, partner_id, until), promised, today)
        found = health.assess(fact, today)
        holders = timeline.people(session, partner_id)
        aid = timeline.aid(session, partner_id)
        return PartnerFacts(
            id=partner_id,
            name=partner.name,
            zone=partner.zone,
            lines=tuple(_lines(partner, _place(session, partner), currency)),
            health=found,
            contact=_contact(found),
            contact_overdue=found.next_contact is not None and found.next_contact.overdue,
            hours=_hours(partner),
            ours=_commitments(promised, Side.OURS, today),
            theirs=_commitments(promised, Side.THEIRS, today),
            people=tuple(_holder(one) for one in holders if not _is_former(one, today)),
            former=tuple(_holder(one) for one in holders if _is_former(one, today)),
            agreements=tuple(map(_agreement, timeline.agreements(session, partner_id))),
            gifts=tuple(_gift(one, today, currency) for one in timeline.gifts(session, partner_id)),
            aid=tuple(_aid(one, currency) for one in aid),
            aid_balance=balance(aid, currency),
            initiatives=tuple(map(_initiative, timeline.initiatives(session, partner_id))),
            engagements=tuple(timeline.timeline(session, partner_id, limit=FIRST + 1)),
        )


def balance(aid: Sequence[Aid], currency: str) -> str:
    """Aid delivered each way and what remains between the two, in words; empty without any."""
    delivered = [one for one in aid if one.status in DELIVERED]
    if not delivered:
        return ""
    say = current()
    given = sum(one.value or 0 for one in delivered if one.direction is Direction.GIVEN)
    received = sum(one.value or 0 for one in delivered if one.direction is Direction.RECEIVED)
    words = [
        _("Given {amount}").format(amount=say.money(given, currency)),
        _("received {amount}").format(amount=say.money(received, currency)),
    ]
    between = say.money(abs(given - received), currency)
    if given > received:
        words.append(_("{amount} more given").format(amount=between))
    elif received > given:
        words.append(_("{amount} more received").format(amount=between))
    else:
        words.append(_("in balance"))
    unvalued = sum(one.value is None for one in delivered)
    if unvalued:
        words.append(say.plural("{n} without a value", "{n} without a value", unvalued))
    return " · ".join(words)


def _lines(partner: Partner, place: str, currency: str) -> Iterable[str]:
    say = current()
    languages = show(field_of(Partner, "languages"), partner.languages, say)
    yield dots(
        partner.own_name,
        choice_label(partner.kind),
        ", ".join(filter(None, (partner.city, say.country(partner.country)))),
        languages,
        choice_label(partner.sensitivity),
    )
    if partner.kind in CONSULAR:
        rank = choice_label(partner.head_rank) if partner.head_rank else ""
        status = choice_label(partner.head_status) if partner.head_status else ""
        since = _("since {day}").format(day=say.date(partner.rank_since)) if partner.rank_since else ""
        yield dots(
            _("Head of post: {status}").format(status=status.lower()) if status else "",
            " ".join(filter(None, (rank, since))),
            place,
        )
    if partner.kind is PartnerKind.NETWORK:
        dues = say.money(partner.dues, currency) if partner.dues is not None else ""
        hours = partner.network_hours
        yield dots(
            _("Annual dues {amount}").format(amount=dues) if dues else "",
            partner.network_role,
            _("{hours} staff hours a year").format(hours=say.number(hours)) if hours is not None else "",
        )
        benefit = " ".join(partner.network_benefit.split())
        yield _("Benefit: {text}").format(text=benefit) if benefit else ""


def _place(session: records.Reading, partner: Partner) -> str:
    """Where a consular post stands among all in the order of precedence."""
    if partner.kind not in CONSULAR:
        return ""
    posts = [
        Post(one.id, one.kind, one.head_rank, one.rank_since, one.head_status)
        for one in records.records(session, Partner)
        if one.kind in CONSULAR
    ]
    order = precedence(posts)
    if partner.id not in order:
        return ""
    say = current()
    return _("precedence {place} of {count}").format(
        place=say.number(order.index(partner.id) + 1), count=say.number(len(order))
    )


def _contact(found: health.Health) -> str:
    due = found.next_contact
    if due is None:
        return _("No keep-in-touch interval is set, so no contact comes due.")
    return _("Next contact {day}: {when}.").format(day=current().date(due.due_on), when=agenda.when(due.days))


def _hours(partner: Partner) -> str:
    if partner.contact_hours is None:
        return ""
    return _("One contact costs {hours} staff hours.").format(hours=current().number(partner.contact_hours))


def _commitments(promised: Sequence[Commitment], side: Side, today: dt.date) -> tuple[Row, ...]:
    """The open ones first, those by their due date; then the others, latest first."""
    of_side = [one for one in promised if one.side is side]
    closed = [one for one in of_side if not one.status.is_open]
    return tuple(
        _commitment(one, today) for one in (*(x for x in of_side if x.status.is_open), *reversed(closed))
    )


def _commitment(one: Commitment, today: dt.date) -> Row:
    say, overdue = current(), one.is_overdue(today)
    if one.status is CommitmentStatus.COMPLETED and one.completed_on:
        when = _("completed {day}").format(day=say.date(one.completed_on))
    elif one.status.is_open:
        when = agenda.when((one.due_on - today).days if one.due_on else None)
    else:
        when = _(one.status)
    due = _("due {day}").format(day=say.date(one.due_on)) if one.due_on and one.status.is_open else ""
    return Row(
        one.text, dots(capitalized(when), due, one.owner), "badge-check", "commitment", one.id, overdue
    )


def _is_former(one: Holder, today: dt.date) -> bool:
    return one.ends_on is not None and one.ends_on < today


def _holder(one: Holder) -> Row:
    say = current()
    begin = say.date(one.starts_on) if one.starts_on else ""
    end = say.date(one.ends_on) if one.ends_on else ""
    if begin and end:
        span = f"{begin} – {end}"
    elif end:
        span = _("until {day}").format(day=end)
    else:
        span = _("since {day}").format(day=begin) if begin else ""
    return Row(one.name, dots(one.title, span), "users", "contact", one.contact_id)


def _agreement(one: Agreement) -> Row:
    say = current()
    if one.expires_on:
        end = _("expires {day}").format(day=say.date(one.expires_on))
    else:
        end = _("open-ended") if one.status in IN_FORCE else ""
    signed = one.signed_on and _("signed {day}").format(day=show_partial_date(one.signed_on, say))
    return Row(
        one.title, dots(choice_label(one.status), _(one.type), signed, end), "handshake", "agreement", one.id
    )


def _gift(one: Gift, today: dt.date, currency: str) -> Row:
    say = current()
    overdue = one.disclosure_due_on is not None and one.disclosed_on is None and one.disclosure_due_on < today
    due = _("disclosure overdue") if overdue else ""
    value = say.money(one.value, currency) if one.value is not None else ""
    detail = dots(choice_label(one.direction), say.date(one.given_on), value, one.official, due)
    return Row(one.description, detail, "gift", "gift", one.id, overdue)


def _aid(one: Aid, currency: str) -> Row:
    say = current()
    value = say.money(one.value, currency) if one.value is not None else ""
    amount = " ".join(filter(None, (say.number(one.quantity) if one.quantity is not None else "", one.unit)))
    status = _("status: {status}").format(status=_(one.status))
    detail = dots(choice_label(one.direction), say.date(one.occurred_on), amount, value, status)
    return Row(one.item, detail, "heart-handshake", "aid", one.id)


def _initiative(one: Initiative) -> Row:
    return Row(
        f"{one.code} {one.title}",
        dots(choice_label(one.status), _(one.theme)),
        "target",
        "initiative",
        one.id,
    )
