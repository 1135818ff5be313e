"""The sample office's retention rules and its one legal hold, which was released."""

from __future__ import annotations

from datetime import timedelta

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.partner import Partner
from cityplanner.model.retention import (
    CountedFrom,
    LegalHold,
    RecordSeries,
    RetentionAction,
    RetentionRule,
)

_HELD = "hcperu"
_RULES = (
    ("Meetings and visits", RecordSeries.ENGAGEMENTS, 7, CountedFrom.OWN_DATE, RetentionAction.DELETE),
    ("People not heard of", RecordSeries.CONTACTS, 5, CountedFrom.LAST_CONTACT, RetentionAction.ANONYMIZE),
    ("Gifts ledger", RecordSeries.GIFTS, 4, CountedFrom.OWN_DATE, RetentionAction.DELETE),
    ("History of changes", RecordSeries.HISTORY, 10, CountedFrom.LAST_CHANGE, RetentionAction.DELETE),
)


def write(writer: Writer) -> None:
    """Enter the rules of the office's records schedule and a hold of last year."""
    rules = [
        writer.new(
            RetentionRule,
            title=title,
            series=series,
            years=years,
            counted_from=counted_from,
            action=action,
            authority="Riverton records schedule (made up)",
        )
        for title, series, years, counted_from, action in _RULES
    ]
    hold = writer.new(
        LegalHold,
        title="Audit of travel costs",
        since=SAMPLE_TODAY - timedelta(days=400),
        released_on=SAMPLE_TODAY - timedelta(days=200),
        ordered_by="City auditor",
        partner_id=writer.id(Partner, _HELD),
        reason="All records of visits with this partner were kept until the audit ended.",
    )
    with writer.plan.edit("Enter the records schedule") as edit:
        writer.insert(edit, [*rules, hold])
