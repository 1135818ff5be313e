"""The overview of an initiative: what it is for, whom it serves, what it answers, costs and achieves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cityplanner.base.language import N_, _
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.close_initiative import ask_to_close
from cityplanner.ui.pages.initiative_facts import InitiativeFacts, Result, read_initiative
from cityplanner.ui.parts.chart_view import ChartView
from cityplanner.ui.parts.overview_page import OverviewPage, briefing_button, card
from cityplanner.ui.parts.two_lines import TwoLines
from cityplanner.ui.theme import Role, text_label

SECTIONS = (
    ("commitments", N_("Open commitments")),
    ("milestones", N_("Milestones")),
    ("recommendations", N_("Recommendations it answers")),
    ("levels", N_("Service levels")),
    ("money", N_("Money by scenario")),
    ("partners", N_("Partners")),
)
HINTS = {
    "milestones": N_("No milestone is set. Add one under Related."),
    "recommendations": N_("It answers no recommendation yet. Link some in the coverage matrix."),
    "levels": N_("It has no service level yet, so no plan can run it. Add one under Related."),
    "money": N_("There is no budget scenario yet."),
    "partners": N_("No partner is named. Add one under Related."),
}
"""What stands where nothing is; sections without a hint are left out then."""


class InitiativeOverview(OverviewPage):
    """Head, equity lens, sections and a chart for each indicator; closing begins here."""

    table = "initiative"
    tables = frozenset(
        {
            *(
                "initiative",
                "commitment",
                "engagement_initiative",
                "engagement",
                "initiative_partner",
                "partner",
            ),
            *(
                "contribution",
                "source_item",
                "milestone",
                "service_level",
                "budget_line",
                "scenario",
                "decision",
            ),
            *("indicator", "measurement"),
        }
    )
    facts: InitiativeFacts | None

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.close_or_suspend = QPushButton(_("Close or suspend…"))
        self.close_or_suspend.setToolTip(_("Asks for the reason and what becomes of open commitments."))
        self.close_or_suspend.clicked.connect(self._ask)
        self.briefing = briefing_button(self)
        self._status = text_label("", Role.STRONG, wrap=True)
        self._reason = text_label("", wrap=True)
        self._progress = text_label("", wrap=True)
        self._objective = text_label("", wrap=True)
        self._equity = text_label(_("Equity lens"), Role.HEADING)
        self._answers = [(text_label("", Role.MUTED), text_label("", wrap=True)) for _n in range(3)]
        self._risks_head, self._risks = text_label(_("Risks"), Role.HEADING), text_label("", wrap=True)
        self._results = QVBoxLayout()
        self._results.setSpacing(theme.SMALL)
        self._no_results = text_label(
            _("No indicator shows its result yet. Add one under Related."), Role.MUTED, wrap=True
        )
        self.charts: list[IndicatorView] = []
        for name, label in SECTIONS:
            self.add_section(name, _(label))
        self._lay_out()

    def reader(self, record_id: int) -> Callable[[], InitiativeFacts | None]:
        plan, currency = self.context.plan, self.context.currency
        return lambda: read_initiative(plan, record_id, dt.date.today(), currency)

    def show_facts(self, facts: InitiativeFacts) -> None:
        self.title.setText(facts.name)
        self.lines.setText("\n".join(facts.lines))
        self.close_or_suspend.setVisible(not (facts.ended or self.context.read_only))
        self._status.setText(facts.status)
        _say(self._reason, _("Reason: {reason}").format(reason=facts.reason) if facts.reason else "")
        self._progress.setText(facts.progress)
        theme.set_role(self._progress, Role.DANGER if facts.behind else Role.MUTED)
        _say(self._objective, facts.objective)
        for (head, text), (question, answer) in zip(self._answers, facts.equity, strict=True):
            head.setText(question)
            text.setText(answer or _("Not said yet."))
        _say(self._risks, facts.risks)
        self._risks_head.setVisible(bool(facts.risks))
        for name, section in self.sections.items():
            section.show_rows(getattr(facts, name), _(HINTS.get(name, "")))
        if self.facts is None or self.facts.results != facts.results:
            self._show_results(facts.results)

    def _show_results(self, results: tuple[Result, ...]) -> None:
        for old in self.charts:
            self._results.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.charts = [IndicatorView(result) for result in results]
        for view in self.charts:
            self._results.addWidget(view)
            view.head.opened.connect(self.context.open_record)
            self.watch(view.head)
        self._no_results.setVisible(not results)

    def _ask(self) -> None:
        if self.facts is not None:
            ask_to_close(self.context, self.facts.id, self.facts.name, self.window())

    def _lay_out(self) -> None:
        column = self.page()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.briefing, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.close_or_suspend, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.lines)
        column.addWidget(card(self._status, self._reason, self._progress, self._objective))
        column.addWidget(self.sections["commitments"])
        column.addWidget(text_label(_("Results"), Role.HEADING))
        column.addWidget(self._no_results)
        column.addLayout(self._results)
        for name, section in self.sections.items():
            if name != "commitments":
                column.addWidget(section)
        column.addWidget(card(self._equity, *(label for pair in self._answers for label in pair)))
        column.addWidget(self._risks_head)
        column.addWidget(self._risks)
        column.addStretch(1)


class IndicatorView(QWidget):
    """An indicator: the row that leads to it, its chart, and that of its groups."""

    def __init__(self, result: Result, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = TwoLines(result.row.title)
        self.head.show_rows([result.row])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.MEDIUM)
        column.setSpacing(theme.NARROW)
        column.addWidget(self.head)
        if result.warning:
            column.addWidget(text_label(result.warning, Role.WARNING, wrap=True))
        self.charts: list[ChartView] = []
        for chart, alt in ((result.chart, result.alt), (result.groups, result.groups_alt)):
            if chart is not None:
                if chart is result.groups:
                    column.addWidget(text_label(alt, Role.MUTED, wrap=True))
                view = ChartView()
                view.show_chart(chart, alt)
                column.addWidget(view)
                self.charts.append(view)


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
