"""What was typed and not saved in a plan, by name: the drafts that are kept of its forms and dialogs."""

from __future__ import annotations

from dataclasses import dataclass, field

from cityplanner.base.language import _
from cityplanner.model.nouns import nouns
from cityplanner.store.queries.titles import titles
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.capture_edits import DRAFT as CAPTURE
from cityplanner.ui.dialogs.log_draft import DRAFT as LOG
from cityplanner.ui.parts.drafts import Typed

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One draft: what it is of, and the first words in it. `name` is a table, or that of a dialog's draft."""

    name: str
    record_id: int | None
    title: str
    words: str
    given: dict[str, int] = field(default_factory=dict)
    """What a new record belongs to: the field that names it, and its id."""


def unfinished(context: Context) -> list[Unfinished]:
    """The drafts of a plan that can be gone on with; not those of records that are no more."""
    found = (_of(context, name, number, typed) for name, number, typed in context.drafts.all())
    return [one for one in found if one is not None]


def _of(context: Context, name: str, number: int | None, typed: Typed) -> Unfinished | None:
    words = _first_words(typed)
    if name == CAPTURE:
        return Unfinished(name, None, _("Quick capture"), words)
    if name == LOG:
        return Unfinished(name, number, _("Log of an engagement"), words)
    table, _mark, owner = name.partition("?")
    given = _given(owner)
    if table not in nouns() or given is None:
        return None
    noun = nouns()[table]
    if number is None:
        return Unfinished(table, None, _("New {noun}").format(noun=_(noun.__label__)), words, given)
    with context.plan.reading() as session:
        title = titles(session, noun, [number]).get(number)
    return None if title is None else Unfinished(table, number, title, words)


def _given(text: str) -> dict[str, int] | None:
    pairs = [part.partition("=") for part in text.split(",") if part]
    if not all(value.isdigit() for _name, _mark, value in pairs):
        return None
    return {name: int(value) for name, _mark, value in pairs}


def _first_words(typed: Typed) -> str:
    """What was typed first, in one short line."""
    text = next((" ".join(value.split()) for value in typed.values() if value[:1] not in ("", "[", "{")), "")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
