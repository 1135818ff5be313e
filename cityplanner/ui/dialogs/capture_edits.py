"""What a user made of a captured draft: kept while the text above is retyped, and until it is saved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from cityplanner.exchange.capture.draft import Draft, Piece
from cityplanner.model.engagement import Commitment
from cityplanner.store.search import tokens
from cityplanner.ui.parts.drafts import Drafts
from cityplanner.ui.parts.field_group import FieldGroup

DRAFT = "quick capture"
_TEXT, _EDITS = "text", "edits"
TICKED = "+"
"""Stands among the fields of a piece for its box."""


class CaptureEdits:
    """The fields that were changed by hand, by piece; another text altogether begins anew."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, str]] = {}
        self._text = ""

    def edited(self, group: FieldGroup, key: str, name: str) -> None:
        """Remember what stands in a field, or whether the box of its piece is ticked."""
        text = str(group.wanted) if name == TICKED else group.row(name).editor.typed()
        self._fields.setdefault(key, {})[name] = text

    def of(self, key: str) -> Mapping[str, str]:
        """The fields of a piece that were changed, with what stands in them."""
        return self._fields.get(key, {})

    def follow(self, before: Draft, after: Draft, text: str) -> None:
        """Go over to the draft of a text that was retyped: a commitment keeps its edits when others come before it."""
        if not set(tokens(text)) & set(tokens(self._text)):
            self._fields = {}
        self._text = text
        if _promises(after):
            places = dict.fromkeys(_promises(before), "") | dict(_places(before, after))
            moved = ((places.get(key, key), fields) for key, fields in self._fields.items())
            self._fields = {key: fields for key, fields in moved if key}

    def put_back(self, key: str, group: FieldGroup) -> None:
        """Show in a group what was changed by hand."""
        for name, text in self.of(key).items():
            if name == TICKED:
                group.tick(text == str(True))
            elif name in group.names:
                group.row(name).editor.set_typed(text)

    def keep(self, drafts: Drafts, text: str) -> None:
        """Put by the text with its edits; an empty text forgets them."""
        kept = {_TEXT: text, _EDITS: json.dumps(self._fields)}
        drafts.keep(DRAFT, None, kept if text.strip() else {})

    def restore(self, drafts: Drafts) -> str:
        """Take up what was put by; returns its text."""
        kept = drafts.get(DRAFT, None)
        self._text, self._fields = kept.get(_TEXT, ""), json.loads(kept.get(_EDITS, "{}"))
        return self._text


def _places(before: Draft, after: Draft) -> Iterator[tuple[str, str]]:
    """Where each commitment went: to the one of the same words, and the others to those left, in their order."""
    old, new = _promises(before), _promises(after)
    same = [(key, other) for key, said in old.items() for other, its in new.items() if said == its]
    yield from same
    left = [key for key in new if key not in {other for _key, other in same}]
    yield from zip((key for key in old if key not in dict(same)), left, strict=False)


def _promises(draft: Draft) -> dict[str, object]:
    return {piece.key: _words(piece) for piece in draft.pieces if piece.noun is Commitment}


def _words(piece: Piece) -> object:
    return piece.values.get("text")
