"""When an agreement ends, until when notice can be given, and how that is said; open-ended ones never end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cityplanner.base.language import N_, Language
from cityplanner.planning.agenda import notice_due_on
from cityplanner.planning.facts import AgreementFact


class Term(StrEnum):
    """How an agreement's end stands to a day."""

    NOT_IN_FORCE = "not in force"
    OPEN = "open-ended"
    RUNNING = "running"
    NOTICE_PASSED = "notice passed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Renewal:
    """An agreement's end and last day for notice, with the days until each; None where there is none."""

    term: Term
    expires_on: date | None = None
    days_left: int | None = None
    notice_on: date | None = None
    days_to_notice: int | None = None
    notice_days: int = 0


def renewal(agreement: AgreementFact, today: date) -> Renewal:
    """How the agreement's end stands to `today`."""
    notice = notice_due_on(agreement)
    left = (agreement.expires_on - today).days if agreement.expires_on else None
    to_notice = (notice - today).days if notice else None
    return Renewal(
        _term(agreement, left, to_notice),
        agreement.expires_on,
        left,
        notice,
        to_notice,
        agreement.notice_days,
    )


def _term(agreement: AgreementFact, left: int | None, to_notice: int | None) -> Term:
    if not agreement.in_force:
        return Term.NOT_IN_FORCE
    if left is None:
        return Term.OPEN
    if left < 0:
        return Term.OVER
    return Term.NOTICE_PASSED if to_notice is not None and to_notice < 0 else Term.RUNNING


def sentence(one: Renewal, say: Language) -> str:
    """The end and the notice in words; empty for what is not in force."""
    if one.term is Term.NOT_IN_FORCE:
        return ""
    if one.expires_on is None or one.days_left is None:
        text = say.text(N_("Open-ended: it runs until one side ends it."))
        if one.notice_days:
            notice = say.plural("Notice: {n} day ahead.", "Notice: {n} days ahead.", one.notice_days)
            text = f"{text} {notice}"
        return text
    day = say.date(one.expires_on)
    if one.term is Term.OVER:
        return say.text(N_("Ended on {date}: renew it, or mark it as expired.")).format(date=day)
    ends = say.plural("Ends on {date}, in {n} day.", "Ends on {date}, in {n} days.", one.days_left)
    text = ends.format(date=day)
    if one.notice_on is None or one.days_to_notice is None:
        return text
    notice_day = say.date(one.notice_on)
    if one.term is Term.NOTICE_PASSED:
        return f"{text} " + say.text(N_("The day for notice, {date}, has passed.")).format(date=notice_day)
    last = say.plural(
        "Last day for notice: {date}, in {n} day.",
        "Last day for notice: {date}, in {n} days.",
        one.days_to_notice,
    )
    return f"{text} {last.format(date=notice_day)}"
