"""The texts a briefing can say, gathered from the code, and the catalogs that translate them.

`python -m tests.catalogs` brings resources/locale/*.po up to date: new texts are added untranslated, texts
that are gone are dropped, and what is still to be translated is counted.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from cityplanner.base import paths
from cityplanner.model.entity import fields
from cityplanner.model.nouns import nouns

ROOT = Path(__file__).parents[1] / "cityplanner"
LANGUAGES = ("ar", "es", "fr", "pt", "zh")
KEYWORDS = {"N_": None, "plural": (1, 2)}
UNDATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Catalogs are as old as their history says, so that an update without a change changes nothing."""
Message = str | tuple[str, str]


def messages() -> dict[Message, str]:
    """Every text a briefing can say, a pair for singular and plural, with the file it stands in."""
    found: dict[Message, str] = {}
    for text, place in [*_model(), *_code("planning"), *_code("reports")]:
        found.setdefault(text, place)
    singular = {text[0] for text in found if isinstance(text, tuple)}
    return {text: place for text, place in found.items() if not (isinstance(text, str) and text in singular)}


def _model() -> Iterator[tuple[Message, str]]:
    """Labels, units and choices of the nouns; their help is for the window only."""
    for noun in nouns().values():
        for field in fields(noun):
            choices = field.choices or ()
            for text in (field.label, field.unit, *map(str, choices)):
                if text.strip("%° "):
                    yield text, f"model: {noun.__tablename__}"
    for text in ("yes", "no"):
        yield text, "model"


def _code(layer: str) -> Iterator[tuple[Message, str]]:
    extracted = extract_from_dir(
        ROOT / layer, [("**.py", "python")], keywords=KEYWORDS, options_map={"**.py": {}}
    )
    for name, _line, text, _comments, _context in extracted:
        if text:
            yield (text if isinstance(text, str) else (text[0], text[1])), f"{layer}/{name}"


def catalog_path(tag: str) -> Path:
    """Where the catalog of a language is."""
    return paths.resources() / "locale" / f"{tag}.po"


def read_catalog(tag: str) -> Catalog:
    """A language's catalog, empty where there is none yet."""
    path = catalog_path(tag)
    if not path.exists():
        return Catalog(locale=tag)
    with path.open("rb") as source:
        return read_po(source, locale=tag)


def update(tag: str) -> int:
    """Bring a catalog up to date and return how many of its texts are still to be translated."""
    old = read_catalog(tag)
    new = Catalog(
        locale=tag,
        project="CityPlanner",
        charset="utf-8",
        fuzzy=False,
        creation_date=UNDATED,
        revision_date=UNDATED,
    )
    new.header_comment = f"# The texts of briefings in the language {tag}; see tests/catalogs.py."
    for text, place in messages().items():
        known = old.get(text if isinstance(text, str) else text[0])
        kept = (
            known.string if known is not None and isinstance(known.id, str) == isinstance(text, str) else ""
        )
        new.add(text, kept or "", locations=[(place, None)])
    path = catalog_path(tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, new, width=0, omit_header=False, sort_output=True, ignore_obsolete=True)
    return sum(not _translated(one.string) for one in new if one.id)


def _translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main() -> int:
    """Update the catalogs of the languages named, or of all."""
    for tag in sys.argv[1:] or LANGUAGES:
        print(tag, "untranslated:", update(tag))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
