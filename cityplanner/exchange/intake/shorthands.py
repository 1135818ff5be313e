"""Shorthands: one cell that says several things, and fields that follow from others when no column gives them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from enum import StrEnum

from cityplanner.model.agreement import AgreementType
from cityplanner.model.partner import PartnerKind
from cityplanner.store.search import fold

Means = Mapping[str, StrEnum]
"""Values by the name of their target (`kind`, `agreement.type`)."""

FULL_NAME = "full_name"
"""A contact's whole name in one cell: no field, but shared out among those of the name."""

_SISTER: Means = {"kind": PartnerKind.CITY, "agreement.type": AgreementType.SISTER}
_FRIEND: Means = {"kind": PartnerKind.CITY, "agreement.type": AgreementType.FRIENDSHIP}
_WORDS: dict[tuple[str, str], tuple[tuple[Means, tuple[str, ...]], ...]] = {
    ("partner", "kind"): (
        (_SISTER, (
            "sister city", "sister cities", "twin city", "twin town", "twinned city", "ciudad hermana",
            "ciudad hermanada", "ville jumelée", "jumelage", "partnerstadt", "städtepartnerschaft",
            "cidade irmã", "cidade geminada", "città gemellata", "gemellaggio", "姉妹都市", "友好城市",
            "자매도시", "город побратим", "مدينة شقيقة", "עיר תאומה",
        )),
        (_FRIEND, ("friendship city", "friend city", "ciudad amiga", "ville amie", "友好都市", "우호도시")),
        ({"kind": PartnerKind.CITY}, ("town", "municipality", "ciudad", "ville", "stadt", "cidade", "città", "都市")),
        ({"kind": PartnerKind.REGION}, ("region", "state", "province", "prefecture", "sister state", "county")),
        ({"kind": PartnerKind.GOVERNMENT}, ("government", "ministry", "national ministry")),
        ({"kind": PartnerKind.EMBASSY}, ("embassy", "mission", "embajada", "ambassade", "botschaft", "大使館")),
        ({"kind": PartnerKind.CONSULATE}, (
            "consulate", "consulate general", "consulado", "consulado general", "consulat", "generalkonsulat",
            "konsulat", "総領事館", "领事馆",
        )),
        ({"kind": PartnerKind.HONORARY}, ("honorary consul", "cónsul honorario", "consul honoraire", "honorarkonsul")),
        ({"kind": PartnerKind.ASSOCIATION}, ("sister city committee", "sister cities association")),
        ({"kind": PartnerKind.NETWORK}, ("network", "membership network", "red de ciudades", "réseau de villes")),
        ({"kind": PartnerKind.MULTILATERAL}, ("multilateral organization", "un agency", "international organization")),
        ({"kind": PartnerKind.DIASPORA}, ("diaspora", "diaspora organization", "community organization")),
        ({"kind": PartnerKind.BUSINESS}, ("business", "company", "corporation", "empresa", "entreprise")),
        ({"kind": PartnerKind.TRADE}, ("chamber of commerce", "chamber", "cámara de comercio", "trade office")),
        ({"kind": PartnerKind.UNIVERSITY}, ("college", "universidad", "université", "universität", "school")),
        ({"kind": PartnerKind.CULTURE}, ("museum", "cultural institute", "culture", "sport", "hospital")),
        ({"kind": PartnerKind.FUNDER}, ("foundation", "donor", "fundación", "fondation", "stiftung")),
        ({"kind": PartnerKind.FEDERAL}, ("federal agency", "federal government")),
        ({"kind": PartnerKind.DEPARTMENT}, ("department", "city agency")),
        ({"kind": PartnerKind.MEDIA}, ("press", "newspaper", "broadcaster", "prensa", "presse")),
    ),
}  # fmt: skip

FILLED_FROM: dict[str, dict[str, str]] = {
    "partner": {"name": "city"},
}
"""Where a record's name comes from in lists that have no column for it: a list of cities is one of partners."""


def phrase(text: str) -> str:
    """A text as words are compared here: folded, with nothing but letters and digits between single spaces."""
    folded = fold(text)
    if folded.isascii():
        return " ".join(_WORD.findall(folded))
    return " ".join(folded.translate(_KEPT).split())


def phrases(texts: Collection[str]) -> dict[str, str]:
    """The phrase of each text, of all that are plain at once."""
    plain = [text for text in texts if text.isascii() and _BETWEEN not in text]
    found = {text: phrase(text) for text in texts if not text.isascii() or _BETWEEN in text}
    spaced = _NO_WORD.sub(" ", fold(_BETWEEN.join(plain))).split(_BETWEEN) if plain else []
    return found | dict(zip(plain, map(str.strip, spaced), strict=True))


_BETWEEN = "\0"
_NO_WORD = re.compile(r"[^a-z0-9\0]+")


class _Kept(dict[int, int]):
    """A space for what is neither a letter, a number nor a mark, sign by sign as they come.

    The vowel signs of many scripts are marks; without them different words would be one.
    """

    def __missing__(self, sign: int) -> int:
        self[sign] = sign if unicodedata.category(chr(sign))[0] in "LNM" else ord(" ")
        return self[sign]


_KEPT = _Kept()
_WORD = re.compile(r"[a-z0-9]+")


_KNOWN: dict[tuple[str, str], dict[str, Means]] = {
    place: {phrase(word): means for means, words in meanings for word in words}
    for place, meanings in _WORDS.items()
}


def has_meanings(table: str, target: str) -> bool:
    """Whether words may stand for several values in a column of this target."""
    return (table, target) in _KNOWN


def meaning(table: str, target: str, cell: str) -> Means | None:
    """What a cell says by a word that stands for several values, or for one under another name."""
    known = _KNOWN.get((table, target))
    return known.get(phrase(cell)) if known else None


def shared_out(name: str) -> dict[str, str]:
    """A whole name as given and family name; in a script other than Latin as the name in own script.

    “Family, Given” is taken at its word; otherwise the last word is the family name, with the particles
    before it (van der, de la, bin).
    """
    name = " ".join(name.split())
    if not _is_latin(name):
        return {"own_name": name}
    family, comma, given = name.partition(",")
    if comma:
        return {"given": given.strip(), "family": family.strip()}
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return {"given": " ".join(words[:start]), "family": " ".join(words[start:])}


_PARTICLES = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "la",
        "le",
        "du",
        "bin",
    }
    | {"ibn", "al", "el", "ter", "ten", "zu", "af", "av", "y", "e", "binti", "bint", "dela"}
)


def _is_latin(name: str) -> bool:
    letters = [sign for sign in name if sign.isalpha()]
    latin = sum(unicodedata.name(sign, "").startswith("LATIN") for sign in letters)
    return not letters or latin * 2 >= len(letters)
