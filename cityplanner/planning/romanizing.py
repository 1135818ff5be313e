"""Names in Latin letters, however they were written: so that `Müller`, `Mueller` and `Мюллер` come close."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cityplanner.store.search import fold


def _table(signs: str, readings: str) -> dict[str, str]:
    """Each sign with its reading; `_` is silent."""
    return dict(zip(signs, readings.split(), strict=True))


_CYRILLIC = _table(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћџ",
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i i ye g u j lj nj c dz",
)
_GREEK = _table("αβγδεζηθικλμνξοπρστυφχψως", "a v g d e z i th i k l m n x o p r s t y f ch ps o s")
_ARABIC = _table(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ",
    "a b t th j h kh d dh r z s sh s d t z _ gh f q k l m n h w y p ch zh g",
)
_HEBREW = _table("אבגדהוזחטיכלמנסעפצקרשת", "a b g d h v z ch t y k l m n s _ p tz k r sh t")
_LETTERS = {
    sign: "" if latin == "_" else latin
    for table in (_CYRILLIC, _GREEK, _ARABIC, _HEBREW)
    for sign, latin in table.items()
}
# Spellings of one sound, longest first: what one list writes this way, another writes that way.
_SPELLINGS = (
    ("shch", "sh"), ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("ck", "k"), ("ph", "f"), ("kh", "h"),
    ("gh", "g"), ("dh", "d"), ("th", "t"), ("zh", "j"), ("dj", "j"), ("tz", "ts"), ("ks", "x"), ("ae", "a"),
    ("oe", "o"), ("ue", "u"), ("ou", "o"), ("oo", "o"), ("ee", "i"), ("ya", "ia"), ("yu", "u"), ("iu", "u"),
    ("ye", "e"), ("y", "i"), ("w", "v"), ("q", "k"), ("c", "k"),
)  # fmt: skip
_DOUBLED = re.compile(r"(\w)\1+")
_LONG_VOWEL = re.compile(r"(?<=[aeiou])h$")
_WORD = re.compile(r"\w+")
_KANA = {"SI": "shi", "TI": "chi", "TU": "tsu", "HU": "fu", "ZI": "ji", "DI": "ji", "DU": "zu"}
_FAMILIES = _table(
    "김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구민진",
    "kim lee park choi jung kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu hong jeon ko moon son yang "
    "bae baek heo nam shim noh ha kwak sung cha joo woo koo min jin",
)
"""Korean family names as their bearers write them."""
_KOREAN = re.compile("([\uac00-\ud7a3])([\uac00-\ud7a3]{1,2})(?![\uac00-\ud7a3])")
ABJAD = re.compile("[\u0590-\u06ff]")
"""Scripts that leave vowels out."""
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def latin(text: str) -> str:
    """A text in plain Latin letters where its script can be read letter by letter; Chinese signs stay.

    Source: the common romanizations of Cyrillic, Greek, Arabic and Hebrew, simplified; Unicode's own names
    for kana and Hangul.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    folded = _KOREAN.sub(_korean, folded.replace("ου", "ou"))
    return fold("".join(_read(sign) for sign in unicodedata.normalize("NFC", folded)))


def _korean(match: re.Match[str]) -> str:
    """The family name apart from the given one, where it is a common one."""
    family = _FAMILIES.get(match[1])
    return f"{family} {match[2]}" if family else match[0]


@lru_cache(maxsize=4096)
def _read(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in _LETTERS:
        return _LETTERS[sign]
    words = unicodedata.name(sign, "").split()
    if words[:2] == ["HANGUL", "SYLLABLE"]:
        return words[2].lower()
    if len(words) > 2 and words[0] in ("HIRAGANA", "KATAKANA"):
        return _KANA.get(words[-1], words[-1].lower()) if words[1] == "LETTER" else ""
    return sign


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A Latin word with the spellings of one sound made the same, and no letter doubled."""
    for written, meant in _SPELLINGS:
        if written in word:
            word = word.replace(written, meant)
    word = _LONG_VOWEL.sub("", word)
    return _DOUBLED.sub(r"\1", word)


def sounds(text: str) -> tuple[str, ...]:
    """The words of a name as they sound, in their order."""
    return tuple(filter(None, map(sound, _WORD.findall(latin(text).replace("'", "").replace("’", "")))))


def skeleton(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words as they sound without their vowels, to compare them with a script that leaves vowels out."""
    return tuple(map(_without_vowels, words))


@lru_cache(maxsize=65536)
def _without_vowels(word: str) -> str:
    return _DOUBLED.sub(r"\1", re.sub("[aeiouv]", "", word))
