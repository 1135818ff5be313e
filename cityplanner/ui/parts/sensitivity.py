"""How firm the ranking is: which places change if one weight moves by a quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from cityplanner.base.language import _, current
from cityplanner.planning.priority import RankChange, WeightMove
from cityplanner.ui import theme
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.theme import Role, text_label


class SensitivityPanel(QWidget):
    """Each weight a quarter heavier and lighter, with the places that change below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = text_label("", Role.MUTED, wrap=True)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("If one weight moves by a quarter"))
        theme.set_roomy(self.tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(text_label(_("If one weight moves by a quarter"), Role.HEADING, wrap=True))
        column.addWidget(self._summary)
        column.addWidget(self.tree, 1)

    @property
    def summary(self) -> str:
        """What the panel says first."""
        return self._summary.text()

    def show_moves(self, moves: Sequence[WeightMove], codes: Mapping[int, str]) -> None:
        """Show what was found, most changes first; `codes` of the initiatives by id."""
        say = current()
        open_ones = {
            item.text(0).split(":")[0]
            for at in range(self.tree.topLevelItemCount())
            if (item := self.tree.topLevelItem(at)) is not None and item.isExpanded()
        }
        moving = sorted((move for move in moves if move.changes), key=lambda move: -len(move.changes))
        if not moves:
            self._summary.setText(_("No criterion has a weight yet."))
        elif not moving:
            self._summary.setText(_("No rank changes: the ranking is firm."))
        else:
            firm = say.number(len(moves) - len(moving))
            self._summary.setText(
                _("{firm} of {all} moves change no rank.").format(firm=firm, all=say.number(len(moves)))
            )
        self.tree.clear()
        for move in moving:
            title = _title(move)
            item = QTreeWidgetItem([f"{title}: {_counted(move.changes)}"])
            item.addChildren([QTreeWidgetItem([_change(one, codes)]) for one in move.changes])
            self.tree.addTopLevelItem(item)
            item.setExpanded(title in open_ones)


def _title(move: WeightMove) -> str:
    heavier = move.by > 0
    name = capitalized(_(move.criterion))
    return (_("{criterion} heavier") if heavier else _("{criterion} lighter")).format(criterion=name)


def _counted(changes: Sequence[RankChange]) -> str:
    say = current()
    crossing = sum(one.quartile_before != one.quartile_after for one in changes)
    ranks = say.plural("{n} rank", "{n} ranks", len(changes))
    return f"{ranks}, {say.plural('{n} quartile', '{n} quartiles', crossing)}" if crossing else ranks


def _change(one: RankChange, codes: Mapping[int, str]) -> str:
    text = _("{code}: rank {before} → {after}").format(
        code=codes.get(one.initiative_id, ""), before=one.rank_before, after=one.rank_after
    )
    if one.quartile_before == one.quartile_after:
        return text
    return _("{text}, quartile {before} → {after}").format(
        text=text, before=one.quartile_before, after=one.quartile_after
    )
