"""Key facts as cards side by side: a small label, a large value, a note; read as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cityplanner.reports.blocks import Fact
from cityplanner.reports.pdf.flow import Element
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.setting import Block, Setting, block
from cityplanner.reports.pdf.tags import Node
from cityplanner.reports.theme import TYPES, Type

PAD = 10.0
GAP = 10.0
NARROWEST = 104.0
SMALLEST_VALUE = 11.0


@dataclass(slots=True, eq=False)
class Card:
    """One fact's three texts."""

    fact: Fact
    label: Block
    value: Block
    note: Block | None

    def label_height(self) -> float:
        """The height of the label's lines."""
        return len(self.label.lines) * self.label.kind.leading

    def parts(self) -> list[Block]:
        """The texts from top to bottom."""
        return [part for part in (self.label, self.value, self.note) if part]

    def height(self, label: float) -> float:
        """The height of its lines and its padding, the value standing below a label of that height."""
        return (
            label
            - self.label_height()
            + sum(len(part.lines) * part.kind.leading for part in self.parts())
            + 2 * PAD
            - 1
        )


def columns_for(count: int, wanted: int, width: float) -> int:
    """How many cards stand side by side: what was wanted, or rows as even as the width allows."""
    fit = max(1, min(4, int((width + GAP) // (NARROWEST + GAP))))
    if wanted:
        return max(1, min(wanted, count, int((width + GAP) // (70 + GAP))))
    rows = -(-count // fit)
    return -(-count // rows)


class Cards(Element):
    """The cards of a block of key facts."""

    def __init__(self, setting: Setting, facts: Sequence[Fact], node: Node, columns: int) -> None:
        self.setting, self.node, self.columns = setting, node, columns
        self.before, self.after = 6.0, 14.0
        self.cards = [self._card(fact, node) for fact in facts]
        self.total = len(facts)
        self._width = -1.0

    def _card(self, fact: Fact, parent: Node) -> Card:
        item = parent.child("LI")
        label = block(self.setting, fact.label, TYPES["fact_label"], item.child("Lbl"))
        body = item.child("LBody")
        value = block(self.setting, fact.value, TYPES["fact"], body.child("P"), fact.tone)
        note = block(self.setting, fact.note, TYPES["fact_label"], body.child("P")) if fact.note else None
        return Card(fact, label, value, note)

    def _lay(self, width: float) -> list[list[Card]]:
        count = columns_for(self.total, self.columns, width)
        if width != self._width:
            inner = self._card_width(width) - 2 * PAD
            for card in self.cards:
                self._fit(card, inner)
            self._width = width
        return [self.cards[n : n + count] for n in range(0, len(self.cards), count)]

    def _card_width(self, width: float) -> float:
        count = columns_for(self.total, self.columns, width)
        return (width - (count - 1) * GAP) / count

    def _fit(self, card: Card, inner: float) -> None:
        """Lines of a card; a value too wide for one line is set smaller before it is broken."""
        kind = TYPES["fact"]
        wide = self.setting.width(card.fact.value, kind)
        if wide > inner:
            size = max(SMALLEST_VALUE, kind.size * inner / wide - 0.1)
            smaller: Type = replace(kind, size=size, leading=max(size * 1.28, 14.0))
            card.value = replace(
                card.value, kind=smaller, spans=self.setting.spans(card.fact.value, smaller, card.fact.tone)
            )
        for part in card.parts():
            part.clip(inner, self.setting.right_to_left)

    def height(self, width: float) -> float:
        """Rows as high as their highest card."""
        rows = self._lay(width)
        return sum(map(_row_height, rows)) + GAP * max(0, len(rows) - 1)

    def start(self, width: float) -> float:
        """The first row."""
        rows = self._lay(width)
        return _row_height(rows[0]) if rows else 0.0

    def split(self, width: float, room: float) -> tuple[Element, Element] | None:
        """Between rows."""
        used, fits = 0.0, 0
        rows = self._lay(width)
        for row in rows:
            used += _row_height(row)
            if used > room:
                break
            fits += len(row)
            used += GAP
        return (
            (self._part(self.cards[:fits]), self._part(self.cards[fits:]))
            if 0 < fits < len(self.cards)
            else None
        )

    def _part(self, cards: list[Card]) -> Cards:
        part = Cards.__new__(Cards)
        part.__dict__.update(self.__dict__)
        part.cards = cards
        return part

    def draw(self, paper: Paper, x: float, top: float, width: float) -> None:
        """Grounds as decoration, then label, value and note of each card."""
        own = self._card_width(width)
        for row in self._lay(width):
            height = _row_height(row)
            label = max(card.label_height() for card in row)
            for place, card in enumerate(row):
                left = x + place * (own + GAP)
                if self.setting.right_to_left:
                    left = x + width - own - place * (own + GAP)
                self._ground(paper, card, left, top, own, height)
                card.label.draw(paper, left + PAD, top - PAD + 1)
                self._draw_below(paper, card, left + PAD, top - PAD + 1 - label)
            top -= height + GAP

    def _ground(self, paper: Paper, card: Card, left: float, top: float, width: float, height: float) -> None:
        theme = self.setting.theme
        with paper.region(None):
            paper.rectangle(left, top - height, width, height, theme.tint(card.fact.tone), 4)

    @staticmethod
    def _draw_below(paper: Paper, card: Card, x: float, y: float) -> None:
        for part in card.parts()[1:]:
            part.draw(paper, x, y)
            y -= len(part.lines) * part.kind.leading


def _row_height(row: Sequence[Card]) -> float:
    label = max(card.label_height() for card in row)
    return max(card.height(label) for card in row)
