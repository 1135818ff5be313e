"""What one scenario gives up against another, in values and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from cityplanner.base.language import N_, Language, current
from cityplanner.planning.facts import OfficeFacts, RecommendationFact
from cityplanner.planning.scenarios import Outcome


@dataclass(frozen=True, slots=True)
class CoverageLoss:
    """A recommendation that is covered less than before; `ended` when nothing of it is left."""

    recommendation_id: int
    before: Fraction
    after: Fraction

    @property
    def by(self) -> Fraction:
        """How much coverage is lost."""
        return self.before - self.after

    @property
    def ended(self) -> bool:
        """Whether it is no longer covered at all."""
        return self.after == 0


@dataclass(frozen=True, slots=True)
class Losses:
    """What one scenario gives up against another; turned round, the same says what it gains."""

    uncovered: tuple[CoverageLoss, ...]
    reduced: tuple[CoverageLoss, ...]
    stopped_ids: tuple[int, ...]
    silent_partner_ids: tuple[int, ...]
    sdgs: tuple[int, ...]
    agreement_ids: tuple[int, ...]
    office_coverage: Fraction | None

    @property
    def nothing(self) -> bool:
        """Whether nothing is lost."""
        return not (
            self.uncovered
            or self.reduced
            or self.stopped_ids
            or self.silent_partner_ids
            or self.sdgs
            or self.agreement_ids
        )


def losses(office: OfficeFacts, before: Outcome, after: Outcome) -> Losses:
    """What `after` gives up against `before`; recommendations by weight, the supported and heaviest first."""
    then = {item.recommendation_id: item.coverage for item in before.coverage.recommendations}
    now = {item.recommendation_id: item.coverage for item in after.coverage.recommendations}
    less = [
        CoverageLoss(item.id, then[item.id], now[item.id])
        for item in sorted(office.recommendations, key=_heaviest_first)
        if now[item.id] < then[item.id]
    ]
    had, has = before.coverage.office.coverage, after.coverage.office.coverage
    return Losses(
        uncovered=tuple(loss for loss in less if loss.ended),
        reduced=tuple(loss for loss in less if not loss.ended),
        stopped_ids=_gone(before.running_ids, after.running_ids),
        silent_partner_ids=_gone(after.capacity.silent_partner_ids, before.capacity.silent_partner_ids),
        sdgs=_gone(before.sdgs, after.sdgs),
        agreement_ids=_gone(before.agreement_ids, after.agreement_ids),
        office_coverage=None if had is None or has is None else had - has,
    )


def loss_words(office: OfficeFacts, lost: Losses, language: Language | None = None) -> tuple[str, ...]:
    """What is lost, one sentence each, for page and paper; a single one if nothing is."""
    say = language or current()
    return tuple(_loss_words(office, lost, say)) or (say.text(N_("Nothing is lost.")),)


def loss_summary(lost: Losses, language: Language | None = None) -> str:
    """How much is lost of what, in one sentence."""
    say = language or current()
    counts = (
        say.plural(
            "{n} recommendation no longer covered",
            "{n} recommendations no longer covered",
            len(lost.uncovered),
        ),
        say.plural("{n} covered less", "{n} covered less", len(lost.reduced)),
        say.plural("{n} initiative stopped", "{n} initiatives stopped", len(lost.stopped_ids)),
        say.plural("{n} partner falling silent", "{n} partners falling silent", len(lost.silent_partner_ids)),
        say.plural("{n} goal without an initiative", "{n} goals without an initiative", len(lost.sdgs)),
        say.plural(
            "{n} agreement without an initiative",
            "{n} agreements without an initiative",
            len(lost.agreement_ids),
        ),
    )
    lengths = (
        lost.uncovered,
        lost.reduced,
        lost.stopped_ids,
        lost.silent_partner_ids,
        lost.sdgs,
        lost.agreement_ids,
    )
    told = [words for words, group in zip(counts, lengths, strict=True) if group]
    return say.ended(say.listed(told)) if told else say.text(N_("Nothing is lost."))


def _loss_words(office: OfficeFacts, lost: Losses, say: Language) -> Iterator[str]:
    items = {item.id: f"{item.code} {item.title}".strip() for item in office.recommendations}
    for loss in lost.uncovered:
        yield say.text(N_("{recommendation} is no longer covered.")).format(
            recommendation=items[loss.recommendation_id]
        )
    for loss in lost.reduced:
        yield say.text(N_("{recommendation} is covered less: {after} instead of {before}.")).format(
            recommendation=items[loss.recommendation_id],
            after=say.percent(float(loss.after)),
            before=say.percent(float(loss.before)),
        )
    titles = {one.id: one.title for one in office.initiatives}
    names = {one.id: one.name for one in office.partners}
    agreements = {one.id: one.title for one in office.agreements}
    yield from _each(N_("{name} stops."), (titles[key] for key in lost.stopped_ids), say)
    yield from _each(
        N_("Nobody has hours left for {name}."), (names[key] for key in lost.silent_partner_ids), say
    )
    yield from _each(N_("No initiative serves Goal {name} any more."), (str(goal) for goal in lost.sdgs), say)
    yield from _each(
        N_("No initiative carries out {name} any more."), (agreements[key] for key in lost.agreement_ids), say
    )


def _each(text: str, names: Iterable[str], say: Language) -> Iterator[str]:
    for name in names:
        yield say.text(text).format(name=name)


def _heaviest_first(item: RecommendationFact) -> tuple[bool, int, str, int]:
    return not item.supported, -item.weight, item.code, item.id


def _gone(had: Iterable[int], has: Iterable[int]) -> tuple[int, ...]:
    left = frozenset(has)
    return tuple(key for key in had if key not in left)
