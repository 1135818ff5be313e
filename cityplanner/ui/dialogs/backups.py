"""The backups of the plan: which are kept and why, and what can be done with one: read, compare, test, restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _, current
from cityplanner.store.backups import Backup, Keep, backup, backups, folder_of, why_kept
from cityplanner.store.checks import Finding
from cityplanner.store.comparing import Comparison, compare
from cityplanner.store.errors import DamagedPlanError
from cityplanner.store.rescue import rehearse
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.trouble import close_button, fill, moment
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.plain import capitalized, dots, tool_tip
from cityplanner.ui.theme import Role, text_label

REASONS = {
    "manual": N_("by hand"),
    "upgrade": N_("before an upgrade"),
    "import": N_("before an import"),
    "restore": N_("before a restore"),
    "close": N_("at closing"),
    "retention": N_("before records went by a retention rule"),
}
BACKUP = Qt.ItemDataRole.UserRole
T = TypeVar("T")
Failed = Callable[[UserError], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup and why it is kept."""

    backup: Backup
    why: Keep


def kept(plan: Path) -> list[Kept]:
    """The backups of a plan, newest first; runs in a worker."""
    found = backups(plan)
    why = why_kept(found)
    return [Kept(one, why.get(one, Keep.RECENT)) for one in found]


class BackupsDialog(QDialog):
    """Lists the backups, newest first. Enter compares the chosen one with the plan as it is now."""

    read_asked = Signal(Path)
    restore_asked = Signal(object)
    """A `Backup` is to take the plan's place; it was agreed to."""
    plan_asked = Signal(Path)
    """What is open is a backup itself, and the plan is wanted again."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, backup_of: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Backups"))
        self.resize(880, 560)
        self._context = context
        self._plan = backup_of
        self._job: Job | None = None
        self.summary = text_label(_("Looking for backups…"), Role.STRONG, wrap=True)
        self.numbers = text_label("", Role.MUTED, wrap=True)
        self.list = self._tree()
        self.empty = EmptyState()
        self.state = text_label("", wrap=True)
        self.make = QPushButton(_("&Back up now"))
        self.compare = QPushButton(_("&Compare with now…"))
        self.read = QPushButton(_("&Open read-only"))
        self.test = QPushButton(_("&Test a restore"))
        self.restore = QPushButton(_("&Restore all…"))
        self._lay_out()
        self._connect()
        self._update()
        self.look()

    def _connect(self) -> None:
        self.list.itemSelectionChanged.connect(self._update)
        self.list.itemActivated.connect(lambda _item: self._compare())
        self.empty.chosen.connect(self._back_up if self._plan is None else self._return)
        self.make.clicked.connect(self._back_up)
        self.compare.clicked.connect(self._compare)
        self.read.clicked.connect(self._read)
        self.test.clicked.connect(self._test)
        self.restore.clicked.connect(self._ask_to_restore)

    @property
    def chosen(self) -> Backup | None:
        """The backup that is selected."""
        items = self.list.selectedItems()
        found = items[0].data(0, BACKUP) if items else None
        return found if isinstance(found, Backup) else None

    def look(self) -> None:
        """Read which backups there are; a backup has none of its own."""
        path = self._context.plan.path
        if self._plan is None:
            self._context.jobs.start(lambda _progress: kept(path), self._show, owner=self)
        else:
            self.summary.setText(_("This is a backup itself."))
            self.numbers.hide()
            self.make.hide()
            self.pages.setCurrentWidget(self.empty)

    def _show(self, found: list[Kept]) -> None:
        self.list.clear()
        self.list.addTopLevelItems([_item(one) for one in found])
        self.pages.setCurrentWidget(self.list if found else self.empty)
        self.numbers.setVisible(bool(found))
        if found:
            newest = found[0].backup
            self.summary.setText(
                _("The last checked backup was made on {when} ({why}).").format(
                    when=moment(newest.made_at), why=_(REASONS[newest.reason])
                )
            )
            self.numbers.setText(_numbers(found, folder_of(self._context.plan.path)))
            self.list.setCurrentIndex(self.list.model().index(0, 0))
            self.list.setFocus()
        else:
            self.summary.setText(_("No backup was made yet."))
        self._update()

    # What the buttons do

    def _begin(
        self, text: str, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Do something in a worker; one thing at a time."""
        if self._job is None:
            self._job = self._context.jobs.start(
                lambda _progress: work(), done, owner=self, failed=failed or self._failed
            )
            self._say(text)

    def _back_up(self) -> None:
        path = self._context.plan.path
        self._begin(_("Making a backup…"), lambda: backup(path), self._made)

    def _return(self) -> None:
        if self._plan is not None:
            self.accept()
            self.plan_asked.emit(self._plan)

    def _made(self, path: Path) -> None:
        self._end(_("A backup was made and checked: {name}").format(name=path.name))
        self.look()

    def _compare(self) -> None:
        from cityplanner.ui.dialogs.compare_backup import CompareDialog  # late: only where it is asked for

        chosen = self.chosen
        if chosen is not None and self._job is None:
            CompareDialog(self._context, chosen, self).open()

    def _read(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.accept()
            self.read_asked.emit(chosen.path)

    def _test(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self._begin(
                _("Restoring the backup to a temporary file and checking it there…"),
                lambda: rehearse(chosen.path),
                lambda findings: self._tested(chosen, findings),
            )

    def _tested(self, chosen: Backup, findings: list[Finding]) -> None:
        wrong = [dots(finding.what, finding.detail) for finding in findings if not finding.ok]
        when = moment(chosen.made_at)
        if wrong:
            text = _("The backup of {when} can be restored, but is not sound. Not so: {wrong}")
            self._end(text.format(when=when, wrong="; ".join(wrong)), bad=True)
        else:
            text = current().plural(
                "The backup of {when} can be restored: one check of the restored plan found nothing wrong.",
                "The backup of {when} can be restored: {n} checks of the restored plan found nothing wrong.",
                len(findings),
            )
            self._end(text.format(when=when))

    def _ask_to_restore(self) -> None:
        chosen, path = self.chosen, self._context.plan.path
        if chosen is not None and not self._context.read_only:
            self._begin(
                _("Comparing the backup with the plan…"),
                lambda: compare(path, chosen.path),
                lambda found: self._confirm(chosen, found),
                lambda error: self._incomparable(chosen, error),
            )

    def _incomparable(self, chosen: Backup, error: UserError) -> None:
        """A plan too damaged to be compared is what a backup is for; a backup that is, is not restored."""
        if isinstance(error, DamagedPlanError) and error.path == self._context.plan.path:
            self._confirm(chosen, None)
        else:
            self._failed(error)

    def _confirm(self, chosen: Backup, found: Comparison | None) -> None:
        self._end("")
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(
            box,
            _("Put the whole plan back to what it was on {when}?").format(when=moment(chosen.made_at)),
            _in_words(found, self._context.plan.path),
        )
        box.setIcon(QMessageBox.Icon.Question)
        agree = box.addButton(_("Put it all back"), QMessageBox.ButtonRole.DestructiveRole)
        leave = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        agree.clicked.connect(lambda: self._restore(chosen))
        box.open()

    def _restore(self, chosen: Backup) -> None:
        self.accept()
        self.restore_asked.emit(chosen)

    def _end(self, text: str, *, bad: bool = False) -> None:
        self._job = None
        self._say(text, bad=bad)

    def _say(self, text: str, *, bad: bool = False) -> None:
        theme.set_role(self.state, Role.DANGER if bad else Role.MUTED)
        self.state.setText(text)
        announce(self, text)
        self._update()

    def _failed(self, error: UserError) -> None:
        self._end(str(error), bad=True)

    def _update(self) -> None:
        busy = self._job is not None
        able = self.chosen is not None and not busy
        for button in (self.compare, self.read, self.test):
            button.setEnabled(able)
        self.restore.setEnabled(able and not self._context.read_only)
        self.make.setEnabled(not busy)

    # Looks

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([_("Made"), _("Why"), _("Kept as"), _("Size")])
        tree.setAccessibleName(_("Backups, newest first"))
        tree.setRootIsDecorated(False)
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        tree.setTabKeyNavigation(False)
        theme.set_roomy(tree)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return tree

    def _lay_out(self) -> None:
        if self._plan is None:
            self.empty.say(
                _("No backups yet"),
                _(
                    "A backup is a checked copy of the whole plan in a folder beside it. One is made before every"
                    " import and upgrade, and whenever you ask for it."
                ),
                _("Back up now"),
            )
        else:
            self.empty.say(
                _("You are looking at a backup"),
                _(
                    "Nothing can be changed in it. The other backups are listed where the plan itself is open."
                ),
                _("Open the plan again"),
            )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.make)
        self.make.setProperty("primary", True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        for button in (self.compare, self.read, self.test, self.restore):
            foot.addWidget(button)
        foot.addStretch(1)
        leave = close_button(self)
        foot.addWidget(leave)
        for button in (self.make, self.compare, self.read, self.test, self.restore, leave):
            button.setAutoDefault(False)  # Enter belongs to the list
        leave.setDefault(False)
        self.compare.setToolTip(tool_tip(_("Which records were added, changed or removed since.")))
        self.read.setToolTip(
            tool_tip(_("Show the backup in place of the plan; nothing can be changed in it."))
        )
        self.test.setToolTip(
            tool_tip(_("Restore it to a temporary file and check that; the plan stays as it is."))
        )
        self.restore.setToolTip(tool_tip(_("Put the whole backup in the plan's place; you are asked first.")))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(top)
        column.addWidget(self.numbers)
        column.addWidget(self.pages, 1)
        column.addWidget(self.state)
        column.addLayout(foot)


def _item(one: Kept) -> QTreeWidgetItem:
    size = current().number(max(round(one.backup.size / 1000), 1))
    words = [
        moment(one.backup.made_at),
        capitalized(_(REASONS[one.backup.reason])),
        capitalized(_(one.why)),
        _("{size} kB").format(size=size),
    ]
    item = QTreeWidgetItem(words)
    item.setData(0, BACKUP, one.backup)
    item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setToolTip(0, tool_tip(one.backup.path.name))
    return item


def _numbers(found: list[Kept], folder: Path) -> str:
    say = current()
    counted = [(why, sum(one.why is why for one in found)) for why in Keep]
    parts = ", ".join(f"{say.number(count)} {_(why)}" for why, count in counted if count)
    total = say.plural("One is kept: {parts}.", "{n} are kept: {parts}.", len(found)).format(parts=parts)
    thinned = _("Older ones are thinned to one a day, a week and a month. They lie in {folder}.")
    return f"{total} {thinned.format(folder=folder)}"


def _in_words(found: Comparison | None, plan: Path) -> str:
    kept = _("The plan as it is now is kept beside it, under the name “{name} before restore …”.")
    return f"{_what_changes(found)}\n\n{kept.format(name=plan.stem)}"


def _what_changes(found: Comparison | None) -> str:
    if found is None:
        return _("The plan is too damaged to tell what was changed since; it would be missing.")
    if found.same:
        return _("All records are the same as they are now.")
    say = current()
    numbers = found.counts.values()
    added, changed, removed = (
        sum(getattr(one, sort) for one in numbers) for sort in ("added", "changed", "removed")
    )
    return _(
        "Records added since that would be gone: {added}. Changed since that would be as before: {changed}."
        " Removed since that would be back: {removed}."
    ).format(added=say.number(added), changed=say.number(changed), removed=say.number(removed))
