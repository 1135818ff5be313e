"""How people are addressed in writing, from what is known of them."""

from __future__ import annotations

import re

_OFFICE_FORMS = ("Mr. ", "Madam ", "Madame ")
"""A form that begins so names the office and takes no name: `Mr. Mayor`, `Madam Ambassador`."""
_ENVELOPE_FORM = re.compile(r"excellenc|hono[u]?rable", re.IGNORECASE)
"""Forms that stand before a name on the envelope and not after `Dear`."""
_TITLES = (
    "Consul General", "Vice Consul", "Consul", "Ambassador", "Minister", "President", "Governor", "Senator",
    "Mayor", "Deputy Mayor", "Vice Mayor", "Councilor", "Councillor", "Councilmember", "Commissioner",
    "Professor", "Chancellor", "Rector", "Judge", "Bishop", "Rabbi", "Imam", "Captain",
)  # fmt: skip
"""Positions by which their holders are addressed. Source: common usage in English letters of protocol."""
_BY_NAME = {title.casefold(): title for title in _TITLES}
_REST = re.compile(r"\s*(?:,|\(|\bof\b|\bfor\b|\bin\b|\bto\b|\bat\b).*")


def addressed(form: str, family: str, *, position: str = "", rank: str = "", name: str = "") -> str:
    """What follows `Dear`: `Mr. Mayor`, `Ms. Nishide`, `Consul General Tanaka`, or the name where no more is known.

    `form` is the recorded form of address. Where there is none, the rank or the position counts if its holders
    are addressed by it; `name` is the full name as it is to stand alone, used in place of a missing family
    name, too. Nothing is guessed from a name: without a form or a title it stands as it is.
    """
    form, last = form.strip(), family.strip() or name.strip()
    if form.startswith(_OFFICE_FORMS):
        return form
    if form and not _ENVELOPE_FORM.search(form):
        return f"{form} {last}".strip()
    title = _title(rank) or _title(position)
    return f"{title} {last}".strip() if title else name.strip() or last


def _title(position: str) -> str:
    """The title in a position: `Mayor` of `Mayor of Kanazawa`; an honorary consul is addressed as a consul."""
    plain = _REST.sub("", position.strip()).casefold().removeprefix("honorary ")
    return _BY_NAME.get(plain, "")
