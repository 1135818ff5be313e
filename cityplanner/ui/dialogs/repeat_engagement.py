"""Planning an engagement again: how often, how many times, and on which days that will be."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.model.engagement import Engagement
from cityplanner.planning.recurrence import Rhythm, next_moments
from cityplanner.store.recurring import repeat_engagement
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.dialog_foot import foot
from cityplanner.ui.parts.plain import capitalized

MOST = 60
SHOWN = 12


class RepeatDialog(QDialog):
    """Plans the next engagements after one, at the same time of day in its zone."""

    def __init__(
        self,
        context: Context,
        engagement_id: int,
        parent: QWidget | None = None,
        *,
        now: datetime | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Repeat an engagement"))
        self._context, self._id = context, engagement_id
        self._now = now or datetime.now(UTC)
        with context.plan.reading() as session:
            anchor = session.get_one(Engagement, engagement_id)
            self._title, self._starts_at, self._zone = anchor.title, anchor.starts_at, anchor.zone
        self.rhythm = QComboBox()
        for rhythm in Rhythm:
            self.rhythm.addItem(capitalized(_(rhythm.value)), rhythm.value)
        self.number = QSpinBox(minimum=1, maximum=MOST, value=4)
        self.days = theme.text_label("", wrap=True)
        self.problem = theme.text_label("", theme.Role.DANGER, wrap=True)
        self.problem.hide()
        self.rhythm.currentIndexChanged.connect(lambda: self._show())
        self.number.valueChanged.connect(lambda: self._show())
        self._lay_out()
        self._show()
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self.resize(64 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    @property
    def moments(self) -> list[datetime]:
        """When the further engagements begin."""
        rhythm = Rhythm(self.rhythm.currentData())
        return next_moments(self._starts_at, self._zone, rhythm, self.number.value(), self._now)

    def accept(self) -> None:
        """Plan them all as one change."""
        moments = self.moments
        try:
            repeat_engagement(self._context.plan, self._id, moments)
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        text = current().plural(
            "Planned {n} further engagement.", "Planned {n} further engagements.", len(moments)
        )
        self._context.say(text, undoable=True)
        super().accept()

    def _show(self) -> None:
        days = [at.astimezone(ZoneInfo(self._zone)).date() for at in self.moments]
        lines = [current().date(day) for day in days[:SHOWN]]
        if len(days) > SHOWN:
            lines.append(current().plural("and {n} more", "and {n} more", len(days) - SHOWN))
        self.days.setText("; ".join(lines))

    def _lay_out(self) -> None:
        day = current().date(self._starts_at.astimezone(ZoneInfo(self._zone)).date())
        heading = _("“{title}” of {date}").format(title=self._title, date=day)
        form = QFormLayout()
        form.addRow(_("How &often"), self.rhythm)
        form.addRow(_("How &many times"), self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(theme.text_label(heading, theme.Role.HEADING, wrap=True))
        column.addLayout(form)
        column.addWidget(
            theme.text_label(
                _("These days will be planned, with the same people and initiatives:"), wrap=True
            )
        )
        column.addWidget(self.days)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addLayout(foot(self, _("Plan them")))
