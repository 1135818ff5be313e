"""What erasing a person would take, in words: on the command line and in the window the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cityplanner.base.language import _, current
from cityplanner.model.nouns import nouns
from cityplanner.store.attachments import size_words
from cityplanner.store.personal.copies import Copy
from cityplanner.store.personal.erasing import Extent, Named
from cityplanner.store.personal.person import CONTACT

MOST = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what would happen: a sentence, and what it is about, line by line."""

    heading: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((self.heading, *(f"  {line}" for line in self.lines)))


def parts(found: Extent, held: Sequence[Copy]) -> list[Part]:
    """Everything that would happen, the gravest first; what is empty is left out."""
    told = [
        Part(_("A legal hold forbids it:"), tuple(f"“{hold.title}”" for hold in found.holds)),
        Part(_("Would be erased for good:"), tuple(_gone(found))),
        Part(
            _("These records stay, and the person would be struck out of their texts:"),
            _named(found.mentions),
        ),
        Part(
            _("These hold a single word of the name and would be left as they are; look at them yourself:"),
            _named(found.doubtful),
        ),
        Part(
            _("Others have these as well, so they would stay in their texts:"),
            found.person.shared,
        ),
        Part(_("These files beside the plan still hold the person:"), tuple(one.path.name for one in held)),
    ]
    return [part for part in told if part.lines]


def _gone(found: Extent) -> list[str]:
    say = current()
    lines = [f"{say.number(count)} {_(_noun(table, count))}" for table, count in found.records.items()]
    earlier = sum(table == CONTACT for table, _number in found.person.keys) - 1
    if earlier > 0:
        lines.append(
            say.plural(
                "one contact of the same name or address that was merged or deleted earlier",
                "{n} contacts of the same name or address that were merged or deleted earlier",
                earlier,
            )
        )
    if found.files:
        files = say.plural("the contents of one file", "the contents of {n} files", found.files)
        lines.append(f"{files} ({size_words(found.bytes)})")
    if found.changes:
        lines.append(
            say.plural(
                "what one change of the history told of the person",
                "what {n} changes of the history told of the person",
                found.changes,
            )
        )
    return lines


def _noun(table: str, count: int) -> str:
    noun = nouns()[table]
    return noun.__label__ if count == 1 else noun.__plural__


def _named(records: Sequence[Named]) -> tuple[str, ...]:
    lines = [f"{one.title} ({_(nouns()[one.table].__label__)})" for one in records[:MOST]]
    more = len(records) - MOST
    if more > 0:
        lines.append(current().plural("one more", "{n} more", more))
    return tuple(lines)
