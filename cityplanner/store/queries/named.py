"""Records by what people call them: a whole title or code, whatever the case."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _
from cityplanner.model.entity import Entity
from cityplanner.store.queries import listing
from cityplanner.store.queries.titles import titles

_MOST_OFFERED = 5


def named(session: Session, noun: type[Entity], text: str) -> int:
    """The id of the one record whose title, or a title field of it, is `text`.

    Raises `NotFoundError` where there is none or more than one, naming those that come near.
    """
    wanted = " ".join(text.split()).casefold()
    known = titles(session, noun, listing.ids(session, noun))
    whole = [key for key, title in known.items() if title.casefold() == wanted]
    parts = [key for key, title in known.items() if wanted in title.casefold().split(" · ")]
    found = whole or parts
    if len(found) == 1:
        return found[0]
    near = [known[key] for key in found] or [
        title for title in known.values() if wanted and wanted in title.casefold()
    ]
    raise NotFoundError(
        _("There is no {noun} “{text}”.").format(noun=_(noun.__label__), text=text)
        if not found
        else _("“{text}” is the name of several records.").format(text=text),
        _("Did you mean one of: {names}?").format(names="; ".join(sorted(near)[:_MOST_OFFERED]))
        if near
        else _("Look its name up in the list, or with: cityplanner search."),
    )
