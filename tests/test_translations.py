"""Every text a briefing can say is translated to every language of briefings, with its places intact."""

from __future__ import annotations

from string import Formatter

import pytest

from cityplanner.base.language import language, translated
from tests.catalogs import messages, read_catalog

OTHERS = [tag for tag in translated() if tag != "en"]


def places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("tag", OTHERS)
def test_nothing_is_left_untranslated(tag: str) -> None:
    catalog = read_catalog(tag)
    missing = []
    for message in messages():
        known = catalog.get(message if isinstance(message, str) else message[0])
        said = known.string if known is not None else ""
        whole = all(said) and len(said) == catalog.num_plurals if isinstance(message, tuple) else bool(said)
        if not whole:
            missing.append(message)
    assert missing == []


@pytest.mark.parametrize("tag", OTHERS)
def test_translations_keep_the_places_of_their_texts(tag: str) -> None:
    catalog = read_catalog(tag)
    wrong = []
    for message in messages():
        known = catalog.get(message if isinstance(message, str) else message[0])
        if known is None:
            continue
        said = known.string if isinstance(known.string, tuple | list) else (known.string,)
        wanted = places(message if isinstance(message, str) else message[1])
        for one in said:
            # The words for one or two of a thing may do without the number.
            if one and places(one) | {"n"} != wanted | {"n"}:
                wrong.append((message, one))
    assert wrong == []


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_speaks_its_own_words_and_plurals(tag: str) -> None:
    say = language(tag)
    assert say.text("sister city") != "sister city"
    for count in (0, 1, 2, 3, 11, 100):
        said = say.plural("{n} partner", "{n} partners", count)
        assert "partners" not in said.split()
        assert "{" not in said


def test_every_text_of_a_briefing_can_be_filled_in() -> None:
    for message in messages():
        for text in (message,) if isinstance(message, str) else message:
            places(text)
