"""A record to be edited: its title, its form, saving, and the draft of whatever was not saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.model.entity import Entity, InvalidRecordError
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts import record
from cityplanner.ui.parts.drafts import Typed
from cityplanner.ui.parts.form import Form
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.record import Shown

DRAFT_MS = 800


class RecordForm(QWidget):
    """A form with what is around it. Leaving it in any way keeps a draft; only saving writes to the plan."""

    saved = Signal(int)
    """The record was written to the plan: its id."""
    discarded = Signal()
    """What was typed was thrown away; for a new record nothing is left to show."""

    def __init__(
        self,
        context: Context,
        noun: type[Entity],
        parent: QWidget | None = None,
        *,
        fixed: Iterable[str] = (),
        draft_name: str = "",
    ) -> None:
        super().__init__(parent)
        self._drafts = draft_name or noun.__tablename__
        self._writing: Typed | None = None
        """What stood in the fields when they were saved, while that is being written."""
        self._then: Callable[[], object] | None = None
        self.context = context
        self.noun = noun
        # Everything is made inside what will hold it: moving a whole tree of widgets is what takes time.
        scroll = QScrollArea(self)
        self.form = Form(context, noun, scroll.viewport(), fixed=fixed)
        self.form.edited.connect(self._edited)
        context.closing.connect(self.keep_draft)
        context.edits.lasting.connect(self._update)
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._timer.timeout.connect(self.keep_draft)
        self._title = theme.text_label("", theme.Role.TITLE, wrap=True)
        self._note = theme.text_label("", theme.Role.WARNING, wrap=True)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(scroll, 1)
        column.addWidget(self._foot())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(
                QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
        self._update()

    def add_notice(self, notice: QWidget) -> None:
        """Show something of the record's kind between its title and its fields."""
        self._notices.addWidget(notice)

    @property
    def shown(self) -> Shown:
        """The record as it was last loaded."""
        return self.form.shown

    @property
    def title(self) -> str:
        """What stands above the form."""
        return self._title.text()

    @property
    def notice(self) -> str:
        """What is said above the form; empty where nothing is."""
        return self._note.text()

    def show_record(self, shown: Shown) -> None:
        """Show a record and what was typed for it earlier; another one's draft is kept first."""
        if shown.id != self.shown.id:
            self.keep_draft()
        self._timer.stop()
        going_on = shown.id == self.shown.id and self.form.is_changed
        typed = self.form.typed() if going_on else self.context.drafts.get(self._drafts, shown.id)
        writable = not (self.context.read_only or shown.locked)
        self.form.show_record(shown, typed if writable else None)
        noun = _(self.noun.__label__)
        self._title.setText(shown.title or _("New {noun}").format(noun=noun))
        if shown.locked:
            self._note.setText(_("This {noun} is locked: it can no longer be changed.").format(noun=noun))
        elif not going_on:
            back = typed and self.form.is_changed
            self._note.setText(_("What you typed here earlier and did not save is back.") if back else "")
        self._update()

    @property
    def is_writing(self) -> bool:
        """Whether what was saved is on its way to the plan."""
        return self._writing is not None

    def when_written(self, step: Callable[[], object]) -> None:
        """Do something now, or once what is on its way is written; not where it is refused."""
        if self.is_writing:
            self._then = step
        else:
            step()

    def save(self) -> None:
        """Have written what was changed: `saved` follows, unless something must be mended first.

        One may type on meanwhile. A draft is kept until it is written, so that nothing is lost in between.
        """
        if self.is_writing:
            self._then = self.save
        if self.is_writing or self.context.read_only or not (self.form.is_changed or self.shown.id is None):
            return
        values, problems = self.form.read()
        if problems:
            self._refuse(problems)
            return
        shown, context, draft, plan, noun = (
            self.shown,
            self.context,
            self._drafts,
            self.context.plan,
            self.noun,
        )
        changed = values if shown.id is None else self.form.changes()
        self.keep_draft()
        self._writing = self.form.standing()
        self._note.setText("")
        self._update()

        def write() -> Shown:
            number = record.save(plan, noun, shown, changed)
            return replace(shown, id=number, values=values, title=record.title(plan, noun, number))

        def written(now: Shown) -> None:
            context.drafts.forget(draft, shown.id)
            if shiboken6.isValid(self):
                self._saved(shown, now)

        context.edits.put(write, written, failed=lambda error: self._failed(shown, error), owner=None)

    def discard(self) -> None:
        """Throw away what was typed; the message offers nothing to undo because nothing was written."""
        if self.is_writing:
            return
        self._timer.stop()
        self.context.drafts.forget(self._drafts, self.shown.id)
        self.form.show_record(self.shown)
        self._note.setText("")
        self._update()
        self.discarded.emit()

    def keep_draft(self) -> None:
        """Put by what was typed, so that it is there again when the record is shown next."""
        self._timer.stop()
        if self.shown.values and not self.context.read_only:
            self.context.drafts.keep(self._drafts, self.shown.id, self.form.typed())

    def hideEvent(self, event: QHideEvent) -> None:
        """Going to another page or closing the window keeps the draft."""
        self.keep_draft()
        super().hideEvent(event)

    def _saved(self, shown: Shown, now: Shown) -> None:
        standing, self._writing = self._writing, None
        then, self._then = self._then, None
        if self.shown.id != shown.id or standing is None:  # another one is shown by now
            self._update()
            self.context.say(_("Saved “{title}”.").format(title=now.title), undoable=True)
            return
        self._timer.stop()
        self.form.hold(now, standing)
        self._title.setText(now.title)
        self._note.setText("")
        if self.form.is_changed:
            self._edited()
        self._update()
        assert now.id is not None
        self.saved.emit(now.id)
        if then is not None:
            then()

    def _failed(self, shown: Shown, error: UserError) -> None:
        if not shiboken6.isValid(self):
            self.context.say(str(error))
            return
        self._writing = self._then = None
        self._update()
        if self.shown.id != shown.id or not self.isVisible():  # the draft of it is kept
            self.context.say(str(error))
        if self.shown.id != shown.id:
            return
        if isinstance(error, InvalidRecordError):
            self._refuse(error.problems)
        else:
            self._say(str(error))

    def _refuse(self, problems: Iterable[object]) -> None:
        found = [problem for problem in problems if hasattr(problem, "field")]
        self.form.show_problems(found)  # type: ignore[arg-type]
        count = len(found)
        self._say(
            current().plural(
                "One field needs your attention. Nothing was saved yet.",
                "{n} fields need your attention. Nothing was saved yet.",
                count,
            )
        )

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.show()
        announce(self, text)

    def _edited(self) -> None:
        if not self._timer.isActive():  # not put off by typing on: of a window that is killed little is lost
            self._timer.start()
        self._update()

    def _update(self) -> None:
        changed = self.form.is_changed
        new = self.shown.id is None
        writable = not self.context.read_only
        self._save.setEnabled(writable and (changed or new))
        self._discard.setEnabled(writable and (changed or new))
        self._discard.setText(_("Discard") if new else _("Discard changes"))
        state = _("Saving…") if self.is_writing and self.context.edits.lasts else _("Not saved")
        self._state.setText(state if (changed or new) and writable else "")
        self._note.setVisible(bool(self._note.text()))

    def _head(self) -> QWidget:
        head = QWidget()
        self._notices = column = QVBoxLayout(head)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, 0)
        column.setSpacing(theme.NARROW)
        column.addWidget(self._title)
        column.addWidget(self._note)
        return head

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        row.setSpacing(theme.SMALL)
        self._save = QPushButton(_("Save"))
        self._save.setProperty("primary", True)
        self._save.setToolTip(_("Save (Ctrl+S)"))
        self._save.clicked.connect(lambda: self.save())
        self._discard = QPushButton(_("Discard changes"))
        self._discard.clicked.connect(lambda: self.discard())
        self._state = theme.text_label("", theme.Role.WARNING)
        self._state.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for widget in (self._save, self._discard, self._state):
            row.addWidget(widget)
        return foot
