"""E-mail signatures taken apart: name, title, organization, addresses and numbers, by rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>|,;]+", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(consul|vice consul|attach[eé]|ambassador|minister|secretary|mayor|director|manager|officer|head|chief|"
    r"president|chair\w*|coordinator|advis[oe]r|assistant|deputy|professor|commissioner|council\w*|specialist|"
    r"counsel+or|analyst|liaison|representative|executive|lead|dean|rector|engineer|planner|intern|governor|partner)\b",
    re.IGNORECASE,
)
_ORGANIZATION = re.compile(
    r"\b(consulate|embassy|city of|town of|county|ministry|university|college|office of|department|division|bureau|"
    r"association|institute|foundation|agency|chamber|council of|school|network|centre|center|museum|bank|group|"
    r"gmbh|inc|ltd|llc|s\.?a|corp\w*|company|government|prefecture|municipality|mission|committee|society|authority|port)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\b(division|department|section|unit|bureau|office of)\b", re.IGNORECASE)
"""What is a part of an organization, which may stand on the next line."""
_CLOSING = re.compile(
    r"^(--+|__+|best|best regards|kind regards|regards|warm regards|sincerely|yours\b.*|thanks|thank you|cheers|"
    r"with best wishes|respectfully|many thanks|sent from my .*)[,.!]?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(tel(ephone)?|phone|ph|mobile|mob|cell|direct|fax|office|e-?mail|mail|web(site)?|t|m|p|e|f|w|d|c|o)\s*[.:]+\s*",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*[|•·\n\t]\s*|[^\S\n]{3,}")
_FAX = re.compile(r"\b(fax|f)\s*[.:]", re.IGNORECASE)
_HONORIFIC = re.compile(r"^(?:(?:mr|mrs|ms|mx|dr|prof|hon|h\.e|sir|dame)\.?\s+)+", re.IGNORECASE)
_DEGREES = re.compile(
    r",?\s+(ph\.?\s?d|m\.?a|m\.?p\.?a|mba|esq|jr|sr|llm|m\.?d|he/him|she/her|they/them)\.?$", re.IGNORECASE
)
_PARTICLES = frozenset(
    {"de", "da", "van", "von", "der", "den", "bin", "al", "la", "los", "dos", "di", "y", "e"}
)
_LETTERS_ELSEWHERE = re.compile("[\u0370-\u1fff\u2e80-\ud7ff\uf900-\ufaff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature says."""

    given: str = ""
    family: str = ""
    own_name: str = ""
    title: str = ""
    organization: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    website: str = ""
    country: str | None = None


def looks_like_signature(text: str) -> bool:
    """Whether a text is a signature rather than a line about something: several lines and an address."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(_EMAIL.search(text) or _WEB.search(text) or _numbers(text, None)) and (
        len(lines) > 1 or text.count("|") > 1
    )


def read_signature(text: str, region: str | None = None) -> Signature:
    """Take a signature apart; `region` is where numbers without a country code are meant."""
    emails = tuple(dict.fromkeys(found.strip("'.") for found in _EMAIL.findall(text)))
    web = _WEB.search(text)
    spoken = "\n".join(part for part in _PARTED.split(text) if not _FAX.search(part))
    numbers = _numbers(spoken, region)
    given, family, own_name, title, organization = _who(_parts(text, region))
    return Signature(
        given, family, own_name, title, organization, emails, tuple(number for number, _region in numbers),
        web.group().rstrip("/.)") if web else "", next((place for _number, place in numbers if place), None),
    )  # fmt: skip


def _numbers(text: str, region: str | None) -> list[tuple[str, str | None]]:
    """The phone numbers of a text in E.164 with their countries, each once."""
    import phonenumbers

    found: dict[str, str | None] = {}
    for match in phonenumbers.PhoneNumberMatcher(_EMAIL.sub(" ", text), region):
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        if match.number.extension:
            number = f"{number};ext={match.number.extension}"
        found[number] = phonenumbers.region_code_for_number(match.number)
    return list(found.items())


def _parts(text: str, region: str | None) -> list[str]:
    """What is left of each line when addresses, numbers and greetings are taken out."""
    found = []
    for line in text.splitlines():
        for part in re.split(r"\s*[|•·]\s*|\t+|\s{3,}", line.strip()):
            bare = _WEB.sub("", _EMAIL.sub("", part))
            said = _LABEL.sub("", bare).strip(" ,;:<>()[]-–*")
            if said and not _CLOSING.match(bare.strip()) and not re.search(r"\d{3}", said):
                found.append(said)
    return found


def _who(parts: list[str]) -> tuple[str, str, str, str, str]:
    name = own_name = title = organization = ""
    for part in parts:
        if not own_name and _LETTERS_ELSEWHERE.search(part) and not name:
            own_name, part = _own(part)
        first, _comma, rest = part.partition(",")
        if not part:
            continue
        told = organization and not (_UNIT.search(organization) and not _UNIT.search(part))
        if not told and _ORGANIZATION.search(part) and not (_TITLE.search(first) and rest):
            organization = part
        elif _TITLE.search(first) and (name or own_name):
            title = title or (first if _ORGANIZATION.search(rest) else part).strip()
            organization = organization or (rest.strip() if _ORGANIZATION.search(rest) else "")
        elif not name and _is_name(part):
            name = part
        elif not title and name and len(part) < 80:
            title = part
        elif not organization and name and len(part) < 100:
            organization = part
    given, family = split_name(name)
    return given, family, own_name, title, organization


def _own(part: str) -> tuple[str, str]:
    """A name in own script, and what Latin letters stand beside it."""
    latin = "".join(sign for sign in part if not _LETTERS_ELSEWHERE.match(sign)).strip(" ()（）/-")
    own = "".join(sign for sign in part if _LETTERS_ELSEWHERE.match(sign) or sign.isspace()).strip()
    return own, latin


def _is_name(text: str) -> bool:
    words = _DEGREES.sub("", _HONORIFIC.sub("", text)).replace(",", " ").split()
    named = all(word[:1].isupper() or word.lower() in _PARTICLES for word in words)
    return 1 <= len(words) <= 5 and named and not re.search(r"\d", text)


def split_name(name: str) -> tuple[str, str]:
    """Given and family name: after a comma, in capitals, or else the last word with its `van` or `de`."""
    bare = _DEGREES.sub("", _HONORIFIC.sub("", name)).strip()
    if "," in bare:
        family, _comma, given = bare.partition(",")
        return given.strip(), family.strip()
    words = bare.split()
    capitals = [word for word in words if len(word) > 2 and word.isupper()]
    if capitals and len(capitals) < len(words):
        family = " ".join(capitals).title()
        return " ".join(word for word in words if word not in capitals), family
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])
