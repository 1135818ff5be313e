"""Retention rules at work: what each puts on the review list, why the rest is kept, and what was agreed to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _, current
from cityplanner.model.agreement import Agreement
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Commitment, Engagement
from cityplanner.model.entity import Entity
from cityplanner.model.ledger import Aid, Gift
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.model.retention import RecordSeries, RetentionAction, RetentionRule
from cityplanner.planning.retention import Cut, Due, Entry, Reason, Why, cut, due
from cityplanner.store import backups
from cityplanner.store.anonymizing import anonymize, can_be_anonymized, personal
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.pruning import prune, pruned_already, steps
from cityplanner.store.queries.holds import Holds, standing
from cityplanner.store.queries.lasting import Key, belongings, ended, ties
from cityplanner.store.queries.records import records
from cityplanner.store.queries.titles import titles
from cityplanner.store.rows import Change, Heed, heedless

SERIES: Mapping[RecordSeries, type[Entity]] = {
    RecordSeries.CONTACTS: Contact,
    RecordSeries.PARTNERS: Partner,
    RecordSeries.AGREEMENTS: Agreement,
    RecordSeries.ENGAGEMENTS: Engagement,
    RecordSeries.COMMITMENTS: Commitment,
    RecordSeries.GIFTS: Gift,
    RecordSeries.AID: Aid,
}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record past its time: what would go with it, and in words what keeps it; without reasons it may go."""

    id: int
    title: str
    since: date
    along: str
    reasons: tuple[str, ...]

    @property
    def may_go(self) -> bool:
        """Whether nothing keeps it."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Review:
    """What a rule comes to on a day: its records past their time, or how far the history may be pruned.

    `kept` says what keeps more of the history; `fault` why the rule cannot be followed at all.
    """

    rule: RetentionRule
    candidates: tuple[Candidate, ...] = ()
    cut: Cut | None = None
    kept: str = ""
    fault: str = ""

    @property
    def ready(self) -> tuple[Candidate, ...]:
        """The records that may go."""
        return tuple(one for one in self.candidates if one.may_go)

    @property
    def table(self) -> str:
        """The table of its records; "" for the history."""
        noun = SERIES.get(self.rule.series)
        return noun.__tablename__ if noun is not None else ""

    @property
    def kept_ones(self) -> tuple[Candidate, ...]:
        """The records past their time that something keeps."""
        return tuple(one for one in self.candidates if not one.may_go)

    @property
    def has_any(self) -> bool:
        """Whether anything may go."""
        return bool(self.ready or (self.cut is not None and self.cut.count))

    def told(self) -> str:
        """What the rule comes to, in a line or two."""
        say, rule = current(), self.rule
        years = say.plural("kept for {n} year", "kept for {n} years", rule.years)
        head = f"{rule.title}: {_(rule.series)}, {years}."
        if self.fault:
            return f"{head} {self.fault}"
        if self.cut is not None:
            many = say.plural("{n} change may be pruned.", "{n} changes may be pruned.", self.cut.count)
            last = _("Nothing may be pruned yet.") if not self.cut.count else many
            return say.sentences((head, last, self.kept))
        if not self.candidates:
            return f"{head} {_('Nothing is past its time.')}"
        past = say.plural(
            "{n} record is past its time", "{n} records are past their time", len(self.candidates)
        )
        free = say.plural("{n} may go", "{n} may go", len(self.ready))
        return f"{head} {past}, {free}."


def reviews(session: Session, today: date, heed: Heed = heedless) -> list[Review]:
    """What each rule of the plan comes to."""
    held = standing(session)
    rules = records(session, RetentionRule)
    found = []
    for place, rule in enumerate(rules):
        heed(place / len(rules))
        found.append(review(session, rule, today, held))
    return found


def review(session: Session, rule: RetentionRule, today: date, held: Holds) -> Review:
    """What one rule comes to."""
    if rule.series is RecordSeries.HISTORY:
        found = cut_of(session, rule.years, today, held)
        return Review(rule, cut=found, kept=_kept_history(found.reason))
    noun, removes = SERIES[rule.series], rule.action is RetentionAction.ANONYMIZE
    if removes and not can_be_anonymized(noun):
        fault = _("{nouns} hold no personal data in fields of their own. Let the rule delete them instead.")
        words = _(noun.__plural__)
        return Review(rule, fault=fault.format(nouns=words[:1].upper() + words[1:]))
    over = due(_entries(session, rule, noun), rule.years, today)
    ids = [one.entry.id for one in over]
    if removes:
        still = personal(session, noun, ids)
        ids = [number for number in ids if number in still]
    return Review(
        rule, _candidates(session, rule, noun, ids, {one.entry.id: one for one in over}, today, held)
    )


def cut_of(session: Session, years: int, today: date, held: Holds) -> Cut:
    """How far the history may be pruned, and what keeps more of it."""
    found = cut(steps(session, held), years, today)
    nothing = found.last_id == pruned_already(session)
    return Cut(0, 0, found.reason) if nothing else found


def _entries(session: Session, rule: RetentionRule, noun: type[Entity]) -> Iterable[Entry]:
    return (Entry(number, "", day) for number, day in ended(session, noun, rule.counted_from).items())


def _candidates(
    session: Session,
    rule: RetentionRule,
    noun: type[Entity],
    ids: Sequence[int],
    over: Mapping[int, Due],
    today: date,
    held: Holds,
) -> tuple[Candidate, ...]:
    names, tied = titles(session, noun, ids), ties(session, noun, ids)
    along = belongings(session, noun, ids)
    stays = rule.action is RetentionAction.ANONYMIZE
    entries = [
        Entry(
            number,
            names.get(number, ""),
            over[number].entry.ended_on,
            tuple(tie for tie in tied.get(number, ()) if not (stays and tie.needs)),
            _holds(held, (noun.__tablename__, number), along.get(number, ())),
        )
        for number in ids
    ]
    return tuple(
        Candidate(
            one.entry.id,
            one.entry.title,
            one.since,
            "" if stays else _counted(along.get(one.entry.id, ())),
            tuple(_told(one.reasons)),
        )
        for one in due(entries, rule.years, today)
    )


def _holds(held: Holds, record: Key, along: Iterable[Key]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hold.title for key in (record, *along) for hold in held.on(*key)))


def _counted(along: Iterable[Key]) -> str:
    counted = Counter(table for table, _number in along)
    return current().listed(
        f"{current().number(count)} {_(nouns()[table].__label__ if count == 1 else nouns()[table].__plural__)}"
        for table, count in counted.items()
    )


_WORDS = {
    Why.HELD: "Legal hold: {name}",
    Why.OPEN: "Still open: {name}",
    Why.YOUNGER: "Linked to something younger: {name}, {day}",
    Why.NEEDED: "Needed by {name}",
}


def _told(reasons: Sequence[Reason]) -> Iterable[str]:
    for one in reasons[:_MOST_NAMED]:
        yield _(_WORDS[one.why]).format(name=one.name, day=current().date(one.day) if one.day else "")
    if len(reasons) > _MOST_NAMED:
        yield current().plural("and {n} more", "and {n} more", len(reasons) - _MOST_NAMED)


def _kept_history(reason: Reason | None) -> str:
    if reason is None:
        return ""
    day = current().date(reason.day) if reason.day else ""
    if reason.why is Why.HELD:
        return _("What is newer than {day} is kept by the legal hold “{name}”.").format(
            day=day, name=reason.name
        )
    return _("More is kept because change {name} of {day} took some of it back.").format(
        day=day, name=reason.name
    )


# --- what was agreed to ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: the backup made before, the records that went or lost their persons, the changes pruned.

    `kept` are records that were agreed to go but are kept, because something was found since that keeps them.
    """

    backup: Path
    gone: int
    kept: int
    pruned: int
    change: Change | None

    def told(self) -> list[str]:
        """What was done, a sentence each."""
        say = current()
        lines = []
        if self.gone or self.kept or not self.pruned:
            lines.append(say.plural("{n} record was let go.", "{n} records were let go.", self.gone))
        if self.kept:
            lines.append(
                say.plural(
                    "{n} record stays, because something keeps it by now.",
                    "{n} records stay, because something keeps them by now.",
                    self.kept,
                )
            )
        if self.pruned:
            lines.append(
                say.plural(
                    "{n} change of the history was pruned; what came before can no longer be undone.",
                    "{n} changes of the history were pruned; what came before can no longer be undone.",
                    self.pruned,
                )
            )
        kept = _("The backup made before holds all of it, as older ones do, until they are thinned: {name}")
        return [*lines, kept.format(name=self.backup.name)]


def apply(plan: Plan, agreed: Mapping[int, Collection[int]], today: date, heed: Heed = heedless) -> Outcome:
    """Let go what was agreed to: ids of records by the id of their rule; of a rule on the history, any id.

    The plan is backed up before. The history is pruned first, for good; all records go in one change, which can be
    undone. Each rule is asked once more, so that nothing goes that something keeps by now.
    """
    if not agreed:
        raise UserError(_("Nothing was chosen."), _("Choose what may go."))
    with plan.reading() as session:
        numbers = sum(len(agreed[rule.id]) for rule in _rules(session, agreed) if rule.series in SERIES)
    made = backups.backup(plan.path, reason="retention")
    pruned = _prune(plan, agreed, today)
    label = current().plural("Retention: one record", "Retention: {n} records", numbers)
    label = label if numbers else _("Retention: rules reviewed")
    gone = 0
    with plan.edit(label) as edit:
        held = standing(edit)
        for rule in _rules(edit, agreed):
            if rule.series in SERIES:
                ready = {one.id for one in review(edit, rule, today, held).ready} & set(agreed[rule.id])
                # What was pruned does not come back: from then on nobody stops it half-way.
                gone += _let_go(edit, rule, sorted(ready), heedless if pruned else heed)
            rule.reviewed_on = today
    return Outcome(made, gone, numbers - gone, pruned, edit.change)


def _rules(session: Session, agreed: Mapping[int, Collection[int]]) -> list[RetentionRule]:
    found = [rule for rule in records(session, RetentionRule) if rule.id in agreed]
    if len(found) < len(agreed):
        raise NotFoundError(
            _("A rule was deleted in the meantime."), _("Look through the review list again.")
        )
    return found


def _prune(plan: Plan, agreed: Mapping[int, Collection[int]], today: date) -> int:
    done = 0
    with plan.reading() as session:
        rules = [one for one in _rules(session, agreed) if one.series is RecordSeries.HISTORY]
    for rule in rules:
        with plan.reading() as session:
            wanted = cut_of(session, rule.years, today, standing(session))
        if prune(plan, wanted, rule.title) is not None:
            done += wanted.count
    return done


def _let_go(edit: Editing, rule: RetentionRule, ids: Sequence[int], heed: Heed) -> int:
    noun = SERIES[rule.series]
    for place, number in enumerate(ids):
        heed(place / len(ids))
        record = edit.get(noun, number)
        assert record is not None
        if rule.action is RetentionAction.ANONYMIZE:
            anonymize(edit, record)
        else:
            edit.remove(record)
    return len(ids)
