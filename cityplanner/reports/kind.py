"""What a kind of briefing is: the facts it gathers, and the sections that become its blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _, language
from cityplanner.model.group import GroupOf
from cityplanner.model.office import Office
from cityplanner.reports.blocks import Block, Briefing, Contents, Heading, PageBreak, Paragraph, TitlePage
from cityplanner.reports.choices import Ask, Audience, Choices
from cityplanner.reports.voice import Voice, voice_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.seal import seal_of


class Facts(Protocol):
    """What the facts of every kind have; each kind's own are a frozen dataclass beside it."""

    @property
    def office(self) -> Office:
        """The office that speaks."""

    @property
    def withheld(self) -> int:
        """How many records were left out because the audience may not see them."""


F = TypeVar("F", bound=Facts)
SOURCES = "sources"
"""The key of the section that stands last; what was left out is said right before it."""


@dataclass(frozen=True, slots=True)
class Section(Generic[F]):
    """One part of a briefing that can be left out; its label is its heading unless it has none.

    A section whose `build` gives no block is not there at all.
    """

    key: str
    label: str
    build: Callable[[F, Voice], Iterable[Block]]
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Title:
    """How a briefing is headed and described."""

    title: str
    subtitle: str = ""
    subject: str = ""
    keywords: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Kind(Generic[F]):
    """A kind of briefing; all texts are untranslated.

    `gather` reads the plan once and respects the choices; a `cover` is a title page with contents.
    """

    name: str
    label: str
    description: str
    gather: Callable[[Plan, Choices, dt.date], F]
    title: Callable[[F, Voice], Title]
    sections: tuple[Section[F], ...]
    asks: tuple[Ask, ...] = ()
    groups: tuple[GroupOf, ...] = ()
    """Over which nouns the groups are that may be chosen, where the kind asks for one."""
    audience: Audience = Audience.PUBLIC
    """For whom it is unless something else is chosen."""
    usual: str = N_("Last 12 months")
    """The period it is about unless another is chosen."""
    cover: bool = False

    def compose(self, plan: Plan, choices: Choices, today: dt.date) -> Briefing:
        """The briefing's blocks; data keeps the language it was written in. Raises `UserError` in words."""
        facts = self.gather(plan, choices, today)
        office, say = facts.office, language(choices.language)
        voice = voice_of(office, say)
        head = self.title(facts, voice)
        with plan.reading() as session:
            seal = seal_of(session, office)
        return Briefing(
            title=head.title,
            subtitle=head.subtitle,
            blocks=tuple(self._blocks(facts, voice, choices)),
            date=today,
            language=say.tag,
            office=office.name,
            classification=voice.choice(choices.audience),
            author=office.name,
            subject=head.subject,
            keywords=tuple(head.keywords),
            accent=office.accent or "",
            seal=seal.data if seal else None,
            seal_alt=seal.words if seal else "",
            date_text=say.date(today, "long"),
        )

    def _blocks(self, facts: F, voice: Voice, choices: Choices) -> Iterator[Block]:
        if self.cover:
            yield TitlePage()
            yield Contents(title=voice.t(N_("Contents")))
            yield PageBreak()
        note = [Paragraph(_withheld(facts.withheld, voice), "small")] if facts.withheld else []
        for section in self.sections:
            if section.key == SOURCES:
                yield from note
                note = []
            if section.key in choices.left_out:
                continue
            blocks = tuple(section.build(facts, voice))
            if blocks and section.headed:
                yield Heading(1, voice.t(section.label), id=section.key)
            yield from blocks
        yield from note


def _withheld(count: int, voice: Voice) -> str:
    return voice.plural(
        "{n} record that is not public was left out.",
        "{n} records that are not public were left out.",
        count,
    )


def office_of(plan: Plan) -> Office:
    """The plan's office; raises `UserError` where there is none yet."""
    office = plan.office()
    if office is None:
        raise UserError(
            _("This plan has no office yet."), _("Fill in the office first, then print a briefing.")
        )
    return office
