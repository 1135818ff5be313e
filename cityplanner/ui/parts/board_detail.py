"""One item of the recommendations board in full: its text, its gaps, what covers it, and its links."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cityplanner.base.language import _, current
from cityplanner.model.roundtable import LinkKind
from cityplanner.model.wording import choice_label
from cityplanner.planning.board import BoardItem, Tie
from cityplanner.planning.gaps import Gap
from cityplanner.ui import theme
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.parts.two_lines import Row, TwoLines
from cityplanner.ui.theme import Role, text_label


class BoardDetail(QScrollArea):
    """What is known of an item; its initiatives and linked items are one click away."""

    opened = Signal(str, int)
    """An initiative (or a linked item) was chosen: its table and id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("The item in full"))
        self.title = text_label("", Role.HEADING, wrap=True)
        self.where = text_label("", Role.MUTED, wrap=True)
        self.gaps = text_label("", Role.WARNING, wrap=True)
        self.text = text_label("", wrap=True)
        self.covers_heading, self.covers = text_label("", Role.STRONG), TwoLines(_("Covered by"))
        self.ties_heading, self.ties = text_label("", Role.STRONG), TwoLines(_("Links to other items"))
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, theme.SMALL, theme.SMALL, theme.SMALL)
        columns.setSpacing(theme.LARGE)
        words = (self.title, self.where, self.gaps, self.text)
        ways = (self.covers_heading, self.covers, self.ties_heading, self.ties)
        for stretch, parts in ((3, words), (2, ways)):
            column = QVBoxLayout()
            column.setSpacing(theme.SMALL)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
            columns.addLayout(column, stretch)
        self.setWidget(page)
        for rows in (self.covers, self.ties):
            rows.opened.connect(self.opened)
        self.show_item(None)

    def show_item(self, item: BoardItem | None) -> None:
        """Show an item, or that none is chosen."""
        if item is None:
            self.title.setText(_("Choose an item."))
            for part in (self.where, self.gaps, self.text, self.covers_heading, self.ties_heading):
                part.setText("")
            self.covers.show_rows([])
            self.ties.show_rows([])
            self._hide_empty()
            return
        say = current()
        self.title.setText(f"{item.code}  {item.title}")
        self.where.setText(" · ".join((item.roundtable, item.section, capitalized(_(item.theme)))))
        self.gaps.setText("\n".join(capitalized(_(gap)) for gap in Gap if gap in item.gaps))
        self.text.setText(item.text)
        self.covers_heading.setText(_("Covered by") if item.covers else _("No initiative answers it yet"))
        self.covers.show_rows(
            [
                Row(
                    f"{one.code}  {one.title}",
                    _("{kind}, gives {share}").format(
                        kind=choice_label(one.contribution), share=say.percent(float(one.share))
                    ),
                    "target",
                    "initiative",
                    one.initiative_id,
                )
                for one in item.covers
            ]
        )
        self.ties_heading.setText(_("Links to other items") if item.ties else "")
        self.ties.show_rows(
            [
                Row(f"{one.code}  {one.title}", tie_words(one), "lightbulb", "source_item", one.item_id)
                for one in item.ties
            ]
        )
        self._hide_empty()
        self.verticalScrollBar().setValue(0)

    def _hide_empty(self) -> None:
        for label in (self.where, self.gaps, self.text, self.covers_heading, self.ties_heading):
            label.setVisible(bool(label.text()))
        for rows in (self.covers, self.ties):
            rows.setVisible(rows.count() > 0)


def tie_words(tie: Tie) -> str:
    """How a linked item relates, seen from the item it is shown with."""
    words = {
        (LinkKind.REPEATS, True): _("Repetition: this one repeats it"),
        (LinkKind.REPEATS, False): _("Repetition: it repeats this one"),
        (LinkKind.EVOLVES, True): _("Evolution: this one takes it further"),
        (LinkKind.EVOLVES, False): _("Evolution: it takes this one further"),
    }
    return words.get((tie.kind, tie.towards), _("Tension: it pulls the other way"))
