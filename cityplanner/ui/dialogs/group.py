"""Saving what narrows a list as a group, with further conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model import conditions, wording
from cityplanner.model.conditions import BARE, IN_DAYS, LAST_CONTACT, LINKED, Condition, Operator
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.group import SmartGroup, group_of
from cityplanner.model.nouns import nouns
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups
from cityplanner.store.queries.groups import Asked
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.picker import Picker
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.parts.record import counted
from cityplanner.ui.theme import Role, text_label

LINE = Qt.ItemDataRole.UserRole
COUNTING_MS = 200


def said(noun: type[Entity], line: str, record: str = "") -> str:
    """A condition in the words of the window; `record` is the title of the one it names."""
    condition = conditions.read(line)
    values = condition.values
    if condition.field == LINKED:
        label = _(nouns()[condition.record[0]].__label__)
        return _("Linked to {noun}: {title}").format(noun=label, title=record or _("a deleted one"))
    if condition.field != LAST_CONTACT:
        field = field_of(noun, condition.field)
        if field.choices is not None:
            values = tuple(wording.choice_label(value) for value in values)
    what = " / ".join(values)
    if condition.operator in IN_DAYS:
        what = _("{n} days").format(n=what)
    return " ".join(filter(None, (_name(noun, condition.field), _(condition.operator), what)))


def _name(noun: type[Entity], name: str) -> str:
    return _("Last contact") if name == LAST_CONTACT else _(field_of(noun, name).label)


def titled(plan: Plan, lines: Sequence[str]) -> dict[str, str]:
    """The titles of the records that conditions name, by line."""
    with plan.reading() as session:
        return groups.linked_titles(session, lines)


def linked(plan: Plan, other: type[Entity], number: int) -> tuple[str, str]:
    """The condition to be linked to a record, and the record's title."""
    with plan.reading() as session:
        line = str(groups.linked_to(session, other, number))
        return line, groups.linked_titles(session, [line])[line]


def count(plan: Plan, noun: type[Entity], asked: Asked, zone: str) -> int:
    """How many records meet some words and conditions today."""
    with plan.reading() as session:
        now = datetime.now(ZoneInfo(zone))
        return len(groups.members(session, noun, asked, now=now, index=plan.index))


class GroupDialog(QDialog):
    """A name, words and conditions; how many records meet them is told as they change."""

    saved = Signal(int)
    """The id of the group."""

    def __init__(
        self, context: Context, noun: type[Entity], asked: Asked, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Save as group"))
        self.context, self.noun = context, noun
        self._job: Job | None = None
        self.title = QLineEdit()
        self.title.setMaxLength(120)
        self.words = QLineEdit(asked.words)
        self.lines = QListWidget()
        self.lines.setTabKeyNavigation(False)
        self.lines.setAccessibleName(_("Conditions"))
        self.field = QComboBox()
        self.operator = QComboBox()
        self.value = QLineEdit()
        self.add = QPushButton(_("Add condition"))
        self.remove = QPushButton(_("Remove condition"))
        self.found = text_label("", Role.MUTED, wrap=True)
        self.problem = text_label("", Role.DANGER, wrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._timer = QTimer(self, singleShot=True, interval=COUNTING_MS)
        self._timer.timeout.connect(self._count)
        self._lay_out()
        self._connect()
        self._offer_operators()
        self._put_all(asked.lines)

    @property
    def asked(self) -> Asked:
        """The words and conditions as they stand."""
        lines = (str(self.lines.item(row).data(LINE)) for row in range(self.lines.count()))
        return Asked(self.words.text().strip(), tuple(lines))

    def accept(self) -> None:
        """Save the group; what is wrong is said instead of closing."""
        asked, of = self.asked, group_of(self.noun.__tablename__)
        plan, title = self.context.plan, self.title.text().strip()
        assert of is not None

        def save() -> int:
            group = SmartGroup(title=title, of=of, words=asked.words, conditions=asked.lines)
            with plan.edit(_("Save group “{title}”").format(title=title)) as edit:
                edit.add(group)
            return group.id

        self._save_button.setEnabled(False)
        self.context.edits.put(save, self._saved, failed=self._refused, owner=self)

    def _saved(self, group_id: int) -> None:
        title = self.title.text().strip()
        self.context.say(_("Saved group “{title}”.").format(title=title), undoable=True)
        self.saved.emit(group_id)
        super().accept()

    def _refused(self, error: UserError) -> None:
        self._save_button.setEnabled(True)
        self._say(str(error))

    # --- conditions ---

    def _put_all(self, lines: tuple[str, ...]) -> None:
        """Show the conditions there are; titles of the records that they name are read first."""

        def put(titles: dict[str, str]) -> None:
            for line in lines:
                self._put(line, titles.get(line, ""))
            self._count()

        plan = self.context.plan
        if any(conditions.read(line).field == LINKED for line in lines):
            self.context.jobs.start(lambda _progress: titled(plan, lines), put, owner=self)
        else:
            put({})

    @property
    def _other(self) -> type[Entity] | None:
        """The noun that the condition being put together names a record of."""
        name, _space, table = str(self.field.currentData()).partition(" ")
        return nouns()[table] if name == LINKED else None

    def add_condition(self) -> None:
        """Add the condition that is put together below the list, once its record is chosen if it names one."""
        if self._other is not None:
            self._choose_record(self._other)
            return
        operator = Operator(self.operator.currentData())
        texts = () if operator in BARE else tuple(part.strip() for part in self.value.text().split("|"))
        condition = Condition(str(self.field.currentData()), operator, tuple(filter(None, texts)))
        wrong = conditions.fault(self.noun, str(condition))
        self._say(wrong)
        if wrong:
            self.value.setFocus()
            return
        self._put(str(condition))
        self.value.clear()
        self._timer.start()

    def _choose_record(self, other: type[Entity]) -> None:
        plan = self.context.plan

        def put(found: tuple[str, str]) -> None:
            self._put(*found)
            self._timer.start()

        def read(ids: list[int]) -> None:
            self.context.jobs.start(
                lambda _progress: linked(plan, other, ids[0]),
                put,
                owner=self,
                failed=lambda error: self._say(str(error)),
            )

        picker = Picker(self.context, other, parent=self, single=True)
        picker.picked.connect(read)
        picker.open()

    def _put(self, line: str, record: str = "") -> None:
        item = QListWidgetItem(said(self.noun, line, record))
        item.setData(LINE, line)
        self.lines.addItem(item)
        self.lines.setCurrentItem(item)

    def _take(self) -> None:
        if self.lines.currentRow() >= 0:
            self.lines.takeItem(self.lines.currentRow())
            self._timer.start()

    def _offer_operators(self) -> None:
        self.operator.clear()
        name = LINKED if self._other is not None else str(self.field.currentData())
        for operator in conditions.operators(self.noun, name):
            self.operator.addItem(_(operator), operator.value)
        self._offer_value()

    def _offer_value(self) -> None:
        operator = Operator(self.operator.currentData())
        record = self._other is not None
        self.operator.setEnabled(not record)
        self.value.setEnabled(operator not in BARE and not record)
        several = _("Value, or several with | between")
        hint = _("A record from a list") if record else _("Days") if operator in IN_DAYS else several
        self.value.setPlaceholderText(hint)
        self.add.setText(_("Choose record…") if record else _("Add condition"))

    # --- counting ---

    def _count(self) -> None:
        if self._job is not None:
            self._job.drop()
        plan, noun, asked, zone = self.context.plan, self.noun, self.asked, self.context.zone
        self._job = self.context.jobs.start(
            lambda _progress: count(plan, noun, asked, zone), self._counted, owner=self
        )

    def _counted(self, number: int) -> None:
        self._job = None
        self.found.setText(
            _("Today the group holds {what}; it always holds what fits.").format(
                what=counted(self.noun, number)
            )
        )

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    # --- looks ---

    def _connect(self) -> None:
        self.field.activated.connect(lambda _at: self._offer_operators())
        self.operator.activated.connect(lambda _at: self._offer_value())
        self.value.returnPressed.connect(self.add_condition)
        self.add.clicked.connect(self.add_condition)
        self.remove.clicked.connect(self._take)
        self.words.textChanged.connect(lambda: self._timer.start())
        self.title.textChanged.connect(lambda text: self._save_button.setEnabled(bool(text.strip())))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(theme.MEDIUM)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for text, widget in ((_("&Name"), self.title), (_("&Words"), self.words)):
            form.addRow(text, widget)
            widget.setAccessibleName(text.replace("&", ""))
        for name in conditions.conditioned(self.noun):
            if name != LINKED:
                self.field.addItem(_name(self.noun, name), name)
        others = sorted((_(one.__label__), one.__tablename__) for one in groups.linkable(self.noun))
        for label, table in others:
            self.field.addItem(_("Linked to {noun}").format(noun=label), f"{LINKED} {table}")
        for box, text in (
            (self.field, _("Field")),
            (self.operator, _("Comparison")),
            (self.value, _("Value")),
        ):
            box.setAccessibleName(text)
        self.remove.setAutoDefault(False)
        self.add.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        for box, stretch in ((self.field, 2), (self.operator, 1), (self.value, 2)):
            row.addWidget(box, stretch)
        changing = QHBoxLayout()
        changing.addWidget(self.add)
        changing.addWidget(self.remove)
        changing.addStretch(1)
        self._save_button = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self._save_button.setText(_("Save group"))
        self._save_button.setProperty("primary", True)
        self._save_button.setEnabled(False)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        plural = _(self.noun.__plural__)
        column.addWidget(
            text_label(_("{nouns} that meet all of this").format(nouns=capitalized(plural)), Role.MUTED)
        )
        column.addLayout(form)
        column.addWidget(text_label(_("Conditions"), Role.STRONG))
        column.addWidget(self.lines, 1)
        column.addLayout(row)
        column.addLayout(changing)
        column.addWidget(self.problem)
        column.addWidget(self.found)
        column.addWidget(self.buttons)
        metrics = self.fontMetrics()
        self.resize(72 * metrics.averageCharWidth(), 26 * metrics.lineSpacing())
