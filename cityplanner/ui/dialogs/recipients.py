"""The recipients of a group: who is reached, who is not and why, and the files to write to them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.drafts_eml import MOST_AT_ONCE, drafts, write_drafts
from cityplanner.exchange.merge_list import SUFFIXES, write_list
from cityplanner.exchange.recipients import Recipients, now, recipients
from cityplanner.model.group import OF_PEOPLE
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.trouble import close_button
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.theme import Role, text_label

MOST_SHOWN = 200
LANGUAGE = 4
"""The column of the language."""
_MOST_NAMED = 5


def read_groups(plan: Plan) -> list[tuple[str, str]]:
    """The groups that can be written to: a group's noun and its name."""
    with plan.reading() as session:
        return [(of.name, group.title) for of in OF_PEOPLE for group in groups.groups(session, of)]


def read_recipients(plan: Plan, title: str, of: str) -> Recipients:
    """The recipients of one group."""
    with plan.reading() as session:
        chosen = next(kind for kind in OF_PEOPLE if kind.name == of)
        group = groups.named(session, title, chosen)
        session.expunge(group)
    return recipients(plan, group, now(plan))


class RecipientsDialog(QDialog):
    """Shows a group's recipients and saves them as a list or as drafts; nothing is ever sent."""

    def __init__(
        self, context: Context, chosen: tuple[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Recipients"))
        self.context = context
        self.found: Recipients | None = None
        self._job: Job | None = None
        self._chosen = chosen
        self.group = QComboBox()
        self.people = QTableWidget(0, 6)
        self.counts = text_label("", wrap=True)
        self.warning = text_label("", Role.WARNING, wrap=True)
        self.subject = QLineEdit()
        self.batch = QSpinBox()
        self.save_list = QPushButton(_("Save list…"))
        self.save_drafts = QPushButton(_("Save e-mail drafts…"))
        self._lay_out()
        self.group.activated.connect(lambda _at: self._look())
        self.save_list.clicked.connect(self._ask_list)
        self.save_drafts.clicked.connect(self._ask_drafts)
        plan = context.plan
        context.jobs.start(lambda _progress: read_groups(plan), self._offer, owner=self)

    def _offer(self, known: list[tuple[str, str]]) -> None:
        for of, title in known:
            noun = next(kind for kind in OF_PEOPLE if kind.name == of)
            self.group.addItem(f"{title} ({_(noun)})", (of, title))
        at = next((place for place, one in enumerate(known) if one == self._chosen), 0)
        self.group.setCurrentIndex(at)
        if known:
            self._look()
        else:
            self.counts.setText(_("There are no groups yet. Filter a list and save it as a group."))

    def _look(self) -> None:
        """Find the recipients of the chosen group, in a worker."""
        of, title = self.group.currentData()
        self.found = None
        self._enable()
        if self._job is not None:
            self._job.drop()
        plan = self.context.plan
        self._job = self.context.jobs.start(
            lambda _progress: read_recipients(plan, title, of), self._show, owner=self, failed=self._fail
        )

    def _show(self, found: Recipients) -> None:
        self._job, self.found = None, found
        shown = found.people[:MOST_SHOWN]
        self.people.setRowCount(len(shown))
        for row, one in enumerate(shown):
            texts = (one.name, one.position, one.partner, one.salutation, one.language, one.email)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.people.setItem(row, column, item)
        self.subject.setPlaceholderText(found.group)
        self.counts.setText(" ".join(_counts(found)))
        self._warn(_warnings(found))
        self._enable()

    def _warn(self, text: str) -> None:
        self.warning.setText(text)
        self.warning.setVisible(bool(text))

    def _enable(self) -> None:
        self.save_list.setEnabled(bool(self.found and self.found.people))
        self.save_drafts.setEnabled(bool(self.found and self.found.addresses))

    # --- files ---

    def _ask(self, *kinds: tuple[str, str]) -> Path | None:
        """Ask for a file of one of some kinds, each a suffix and its name."""
        assert self.found is not None
        name = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in self.found.group).strip()
        suggested = Path.home() / f"{name or _('Recipients')}{kinds[0][0]}"
        offered = {f"{kind} (*{suffix})": suffix for suffix, kind in kinds}
        path, chosen = QFileDialog.getSaveFileName(
            self, self.windowTitle(), str(suggested), ";;".join(offered)
        )
        if not path:
            return None
        suffix = offered.get(chosen, kinds[0][0])
        known = Path(path).suffix.lower() in offered.values()
        return Path(path) if known else Path(f"{path}{suffix}")

    def _ask_list(self) -> None:
        target = self._ask(*zip(SUFFIXES, (_("Tables"), _("Spreadsheets")), strict=True))
        if target is not None:
            self.write_list(target)

    def _ask_drafts(self) -> None:
        target = self._ask((".eml", _("E-mail drafts")))
        if target is not None:
            self.write_drafts(target)

    def write_list(self, target: Path) -> None:
        """Write the mail merge list to a file, in a worker."""
        found = self.found
        assert found is not None

        def done(count: int) -> None:
            rows = current().plural(
                "{n} recipient was written to {path}.", "{n} recipients were written to {path}.", count
            )
            self.context.say(rows.format(path=target))

        self.context.jobs.start(
            lambda _progress: write_list(found, target), done, owner=self, failed=self._fail
        )

    def write_drafts(self, target: Path) -> None:
        """Write the drafts to files, in a worker."""
        found, subject, batch = self.found, self.subject.text(), self.batch.value()
        assert found is not None

        def done(paths: list[Path]) -> None:
            text = current().plural(
                "{n} draft was saved: {path}", "{n} drafts were saved: {path}", len(paths)
            )
            self.context.say(text.format(path=paths[0]))

        self.context.jobs.start(
            lambda _progress: write_drafts(drafts(found, subject=subject, batch=batch), target),
            done,
            owner=self,
            failed=self._fail,
        )

    def _fail(self, error: UserError) -> None:
        self._warn(str(error))

    # --- looks ---

    def _lay_out(self) -> None:
        self.group.setAccessibleName(_("Group"))
        self.group.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.people.setAccessibleName(_("Recipients"))
        self.people.setHorizontalHeaderLabels(
            [_("Name"), _("Position"), _("Partner"), _("Salutation"), _("Language"), _("E-mail")]
        )
        self.people.verticalHeader().hide()
        self.people.setTabKeyNavigation(False)
        self.people.setShowGrid(False)
        self.people.setAlternatingRowColors(True)
        self.people.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.people.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(LANGUAGE, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.subject.setAccessibleName(_("Subject"))
        self.batch.setAccessibleName(_("Recipients of one draft at most"))
        self.batch.setRange(1, 1000)
        self.batch.setValue(MOST_AT_ONCE)
        form = QFormLayout()
        form.setVerticalSpacing(theme.MEDIUM)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("&Group"), self.group)
        below = QFormLayout()
        below.setVerticalSpacing(theme.MEDIUM)
        below.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        below.addRow(_("&Subject of the drafts"), self.subject)
        below.addRow(_("&Recipients of one draft at most"), self.batch)
        self.warning.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.save_list)
        foot.addWidget(self.save_drafts)
        foot.addStretch(1)
        foot.addWidget(close_button(self))
        self._enable()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(form)
        column.addWidget(self.counts)
        column.addWidget(self.people, 1)
        column.addWidget(self.warning)
        column.addLayout(below)
        column.addWidget(text_label(_("Drafts hold everyone in Bcc. Nothing is sent from here."), Role.MUTED))
        column.addLayout(foot)
        metrics = self.fontMetrics()
        self.resize(150 * metrics.averageCharWidth(), 32 * metrics.lineSpacing())


def _counts(found: Recipients) -> list[str]:
    """Who is reached and who is not, in words."""
    say = current()
    told = [
        say.plural("{n} person", "{n} people", len(found.people)) + ".",
        _("With an e-mail address: {n}.").format(n=say.number(len(found.addresses))),
    ]
    if found.filled:
        told.append(_("Salutations made, because none is recorded: {n}.").format(n=say.number(found.filled)))
    if found.not_to_contact:
        told.append(
            _("Left out, because they must not be contacted: {n}.").format(n=say.number(found.not_to_contact))
        )
    if len(found.people) > MOST_SHOWN:
        told.append(_("The first {n} are shown.").format(n=say.number(MOST_SHOWN)))
    return [capitalized(text) for text in told]


def _warnings(found: Recipients) -> str:
    named = [f"{one.name} ({one.email})" for one in found.invalid[:_MOST_NAMED]]
    return _("Addresses that cannot be right: {names}.").format(names=", ".join(named)) if named else ""
