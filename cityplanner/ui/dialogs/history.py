"""The history of the plan: what changed, who changed it and when, field by field."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.history_out import FORMS, export_history
from cityplanner.exchange.history_words import Told, ToldRow, tell
from cityplanner.model.entity import is_pairing
from cityplanner.model.nouns import nouns
from cityplanner.store.putting_back import Past, put_back
from cityplanner.store.rows import Change
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.trouble import close_button, show_error
from cityplanner.ui.dialogs.verify import VerifyDialog
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.plain import capitalized, tool_tip
from cityplanner.ui.theme import Role, text_label

PAGE = 200
WAIT_MS = 150
STEPS = 1000
RECORD, CHANGE, FIELD, TOLD = (Qt.ItemDataRole.UserRole + place for place in range(4))


class HistoryDialog(QDialog):
    """Lists changes, newest first; each unfolds into its records and their fields."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, table: str = "", record_id: int = 0
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("History"))
        self.resize(900, 620)
        self._context, self._record_id = context, record_id
        self._table = table
        self._limit = PAGE
        self._job: Job | None = None
        self._told: list[Told] = []
        self.words = QLineEdit(placeholderText=_("Filter by words, name or field"))
        self.words.setAccessibleName(_("Filter by words, name or field"))
        self.words.setClearButtonEnabled(True)
        self.noun = self._noun_box(table)
        self.list = self._tree()
        self.more = QPushButton(_("Show older changes"))
        self.more.hide()
        self.back = QPushButton(_("Put this back"))
        self.back.setToolTip(tool_tip(_("Bring the chosen record or field back to what it was.")))
        self.back.setMenu(QMenu(self.back))
        self.back.menu().aboutToShow.connect(lambda: self._fill(self.back.menu()))
        self.out = QPushButton(_("Export…"))
        self.out.clicked.connect(self._ask_export)
        self.verify = QPushButton(_("Verify…"))
        self.verify.setToolTip(tool_tip(_("Check the plan, its history and every record.")))
        self.verify.clicked.connect(lambda: VerifyDialog(self._context, self).open())
        self.state = text_label(_("Reading the history…"), Role.MUTED)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._show)
        self.words.textChanged.connect(lambda _text: self._timer.start())
        self.noun.activated.connect(lambda _at: self._read())
        self.more.clicked.connect(self._older)
        context.changed.connect(self._reread)  # a method: Qt lets go of it with the dialog
        self._lay_out()
        self._choose()
        self._read()

    def _noun_box(self, table: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Kind of record"))
        box.addItem(_("All records"), "")
        names = {key: _(noun.__plural__) for key, noun in nouns().items() if not is_pairing(noun)}
        for key, name in sorted(names.items(), key=lambda item: item[1].casefold()):
            box.addItem(capitalized(name), key)
        box.setCurrentIndex(max(box.findData(table), 0))
        return box

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([_("What"), _("When"), _("Who")])
        tree.setAccessibleName(_("Changes, newest first"))
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        theme.set_roomy(tree)
        tree.itemActivated.connect(self._follow)
        tree.itemExpanded.connect(_unfold)
        tree.currentItemChanged.connect(lambda *_items: self._choose())
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._offer)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(self.words, 1)
        top.addWidget(self.noun)
        self.noun.setHidden(bool(self._record_id))
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.more)
        foot.addWidget(self.state, 1)
        for button in (self.back, self.out, self.verify):
            foot.addWidget(button)
        foot.addWidget(close_button(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _reread(self, _change: object) -> None:
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.drop()
        context, limit, record_id = self._context, self._limit, self._record_id
        table = self._table if record_id else str(self.noun.currentData())
        self._job = context.jobs.start(
            lambda _progress: tell(context.plan, context.currency, context.zone, table, record_id, limit),
            self._arrived,
            owner=self,
        )

    def _arrived(self, told: list[Told]) -> None:
        self._job = None
        self._told = told
        self.more.setVisible(len(told) >= self._limit)
        if self._record_id and told and told[0].rows:
            self.setWindowTitle(_("History of {title}").format(title=told[0].rows[0].name))
        self._show()

    def _older(self) -> None:
        self._limit += PAGE
        self._read()

    def _show(self) -> None:
        wanted = self.words.text().casefold().split()
        found = [told for told in self._told if all(word in told.text for word in wanted)]
        self.list.clear()
        items = [_item(told) for told in found]
        self.list.addTopLevelItems(items)
        if self._record_id:
            for item in items:
                _unfold(item)
            self.list.expandAll()
        self._choose()
        say = current()
        if found:
            self.state.setText(say.plural("One change", "{n} changes", len(found)))
        else:
            self.state.setText(_("Nothing changed yet.") if not wanted else _("No change fits these words."))

    def _follow(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, RECORD)
        if place and place.exists and not item.data(0, FIELD):
            self.accept()
            self._context.open_record(place.table, place.record_id)

    # --- putting back ---

    def _choose(self) -> None:
        """What is chosen says whether there is anything to put back."""
        item = self.list.currentItem()
        self.back.setEnabled(not self._context.read_only and item is not None and bool(item.data(0, RECORD)))

    def _offer(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        if menu.actions():
            menu.popup(self.list.viewport().mapToGlobal(place))

    def _fill(self, menu: QMenu) -> None:
        """Offer the two states of the record, or of the field, that is chosen."""
        menu.clear()
        item = self.list.currentItem()
        row: ToldRow | None = item.data(0, RECORD) if item is not None else None
        if item is None or row is None or self._context.read_only:
            return
        past = Past(item.data(0, CHANGE), row.table, row.record_id, field=item.data(0, FIELD) or "")
        for text, state, there in (
            (_("As it was before this change"), past, row.was),
            (_("As it was after this change"), replace(past, after=True), row.is_after),
        ):
            menu.addAction(text, partial(self.put_back, state)).setEnabled(there)

    def put_back(self, past: Past) -> None:
        """Bring a record or a field back to a past state; the history shows the change at once."""
        plan = self._context.plan
        self.back.setEnabled(False)
        self._context.jobs.start(
            lambda _progress: put_back(plan, past), self._was_put_back, owner=self, failed=self._refused
        )

    def _was_put_back(self, change: Change | None) -> None:
        if change is None:
            self._choose()
            self._tell(_("It is so already; nothing was changed."))
        else:
            self._context.say(_("{change}: done.").format(change=change.label), undoable=True)

    def _refused(self, error: UserError) -> None:
        self._choose()
        show_error(self, error)

    def _tell(self, text: str) -> None:
        self.state.setText(text)
        announce(self, text)

    # --- export ---

    def _ask_export(self) -> None:
        suggested = str(Path.home() / f"{_('History')}.csv")
        kinds = [f"{capitalized(_('table'))} (*.csv)", "JSON (*.json)"]
        path, kind = QFileDialog.getSaveFileName(self, _("Export history"), suggested, ";;".join(kinds))
        if path:
            target = Path(path)
            if target.suffix.lower().lstrip(".") not in FORMS:
                target = target.with_name(f"{target.name}.{'json' if 'json' in kind else 'csv'}")
            self.export(target)

    def export(self, target: Path) -> None:
        """Write the whole history, or that of the record or the kind of record that is shown, to a file."""
        plan, record_id = self._context.plan, self._record_id
        table = self._table if record_id else str(self.noun.currentData())
        self.out.setEnabled(False)

        def work(progress: Progress) -> int:
            def tell(share: float, text: str) -> None:
                progress.report(round(share * STEPS), STEPS, text)

            return export_history(plan, target, table=table, record_id=record_id, progress=tell)

        def done(_count: int) -> None:
            self.out.setEnabled(True)
            self._tell(_("Wrote {path}.").format(path=target))

        def failed(error: UserError) -> None:
            self.out.setEnabled(True)
            show_error(self, error)

        def show(share: int, steps: int, text: str) -> None:
            self.state.setText(f"{text} {current().number(share * 100 // steps)} %")

        self._context.jobs.start(work, done, owner=self, failed=failed, progress=show)


def _item(told: Told) -> QTreeWidgetItem:
    """A change; its records follow when it is unfolded, for a page of changes may have ten thousand."""
    item = QTreeWidgetItem([told.label, told.when, told.who])
    item.setData(0, TOLD, told)
    policy = QTreeWidgetItem.ChildIndicatorPolicy
    more = told.rows or told.left_out
    item.setChildIndicatorPolicy(policy.ShowIndicator if more else policy.DontShowIndicatorWhenChildless)
    return item


def _unfold(item: QTreeWidgetItem) -> None:
    told: Told | None = item.data(0, TOLD)
    if told is None or item.childCount():
        return
    item.addChildren([_child(told, row) for row in told.rows])
    if told.left_out:
        QTreeWidgetItem(item, [_("and {n} more").format(n=current().number(told.left_out))])


def _child(told: Told, row: ToldRow) -> QTreeWidgetItem:
    child = QTreeWidgetItem([row.title])
    child.setData(0, RECORD, row)
    child.setData(0, CHANGE, told.id)
    for line in row.lines:
        leaf = QTreeWidgetItem(child, [str(line)])
        leaf.setToolTip(0, tool_tip(str(line)))
        for role, value in ((RECORD, row), (CHANGE, told.id), (FIELD, line.name)):
            leaf.setData(0, role, value)
    return child
