"""The choices that a kind of briefing asks for, as a form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidgetItem,
    QSizePolicy,
    QWidget,
)

from cityplanner.base.language import N_, _, current, translated
from cityplanner.model.engagement import EngagementPartner
from cityplanner.model.entity import field_of
from cityplanner.model.field import Field, Kind
from cityplanner.model.initiative import Contribution
from cityplanner.reports import kind as briefing
from cityplanner.reports.choices import Ask, Audience, Choices, Form, Paper
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.reports.period import PeriodChoice
from cityplanner.ui.pages.reports.prepared import Known, Prepared
from cityplanner.ui.pages.reports.rows import KEY, Rows
from cityplanner.ui.parts.many_links import ManyLinks
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.theme import Role, text_label

PARTNER = field_of(EngagementPartner, "partner_id")
INITIATIVE = field_of(Contribution, "initiative_id")
SCENARIO = Field(Kind.LINK, N_("Scenarios"), "scenario_id", target="scenario")
MOST_SCENARIOS = 5
FEWEST = 8
"""The characters that a box shows at least."""
TOLD = {
    Audience.PUBLIC: N_(
        "Leaves out what is marked internal or confidential, contact details, notes and protocol, and says "
        "how many records were left out."
    ),
    Audience.INTERNAL: N_("Prints everything, also what is confidential. It does not belong on the web."),
}
FORMS = {Form.PDF: N_("PDF"), Form.HTML: N_("Web page (HTML)"), Form.DOCX: N_("Word document (DOCX)")}


class ChoicesForm(QWidget):
    """Shows the rows that the kind asks for; `changed` tells of every choice that was made."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._shows = False
        self.partner = ManyLinks(PARTNER, context, self, most=1)
        self.initiative = ManyLinks(INITIATIVE, context, self, most=1)
        self.partners = ManyLinks(PARTNER, context, self)
        self.scenarios = ManyLinks(SCENARIO, context, self, most=MOST_SCENARIOS)
        self.group = _box([])
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Only records with these words"))
        self.words.setClearButtonEnabled(True)
        self.period = PeriodChoice(context)
        self.sections = Rows(self)
        self.sections.setSelectionMode(Rows.SelectionMode.NoSelection)
        self.language = _box((tag, current().language(tag)) for tag in translated())
        self.paper = _box((paper.value, paper.value) for paper in Paper)
        self.audience = _box((one.value, capitalized(_(one.value))) for one in Audience)
        self.told = text_label("", Role.MUTED, wrap=True)
        self.form = _box((form.value, _(label)) for form, label in FORMS.items())
        self._asked: dict[QWidget, Ask] = {
            self.partner: Ask.PARTNER,
            self.initiative: Ask.INITIATIVE,
            self.partners: Ask.PARTNERS,
            self.scenarios: Ask.SCENARIOS,
            self.group: Ask.GROUP,
            self.words: Ask.WORDS,
            self.period: Ask.PERIOD,
        }
        for links, text in (
            (self.partners, N_("All, or type to choose some")),
            (self.scenarios, N_("The first five, or type to choose")),
        ):
            links.line.line.setPlaceholderText(_(text))
        self._lay_out()
        self._connect()

    def show_kind(self, kind: briefing.Kind[Any], prepared: Prepared, known: Known) -> None:
        """Show the rows of a kind with what was chosen."""
        self._shows = True
        for widget, ask in self._asked.items():
            self._rows.setRowVisible(widget, ask in kind.asks)
        chosen = prepared.choices
        self._show_groups(known, chosen.group)
        for links, name in self._links():
            wanted = getattr(chosen, name) if links.isVisibleTo(self) else ()
            links.set_picked({key: known.titles[name][key] for key in wanted})
        self.words.setText(chosen.words)
        self.period.show_period(_(kind.usual), prepared.preset, chosen.begin, chosen.end)
        self._show_sections(kind, chosen.left_out)
        for box, value in (
            (self.language, chosen.language),
            (self.paper, chosen.paper.value),
            (self.audience, chosen.audience.value),
            (self.form, prepared.form.value),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self._tell()
        self._shows = False

    def learn(self, known: Known) -> None:
        """Take over new titles and groups; what is gone is no longer chosen."""
        self._shows = True
        for links, name in self._links():
            read = known.titles[name]  # what was picked meanwhile was not asked for
            now = {key: read.get(key, title) for key, title in links.picked.items()}
            if now != links.picked:
                links.set_picked({key: title for key, title in now.items() if title})
        self._show_groups(known, self.group.currentData())
        self._shows = False

    def records(self) -> Choices:
        """The records that are chosen, and nothing else."""
        return Choices(
            partners=tuple(self.partner.ids or self.partners.ids),
            initiatives=tuple(self.initiative.ids),
            scenarios=tuple(self.scenarios.ids),
        )

    def prepared(self) -> Prepared:
        """What is chosen; raises `UserError` in words for what can't be read."""
        begin, end = self.period.days()
        chosen = replace(
            self.records(),
            language=str(self.language.currentData()),
            paper=Paper(self.paper.currentData()),
            audience=Audience(self.audience.currentData()),
            begin=begin,
            end=end,
            group=self.group.currentData() or None,
            words=self.words.text().strip(),
            left_out=frozenset(item.data(KEY) for item in self._items() if not _is_on(item)),
        )
        return Prepared(chosen, self.period.preset, Form(self.form.currentData()))

    # --- showing ---

    def _links(self) -> tuple[tuple[ManyLinks, str], ...]:
        return (
            (self.partner, "partners"),
            (self.partners, "partners"),
            (self.initiative, "initiatives"),
            (self.scenarios, "scenarios"),
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.sections.item(row) for row in range(self.sections.count())]

    def _show_groups(self, known: Known, chosen: int | None) -> None:
        self.group.clear()
        self.group.addItem(_("Group: all"), 0)
        for number, title in known.groups:
            self.group.addItem(title, number)
        self.group.setCurrentIndex(max(self.group.findData(chosen or 0), 0))

    def _show_sections(self, kind: briefing.Kind[Any], left_out: frozenset[str]) -> None:
        self.sections.clear()
        for section in kind.sections:
            item = QListWidgetItem(_(section.label), self.sections)
            item.setData(KEY, section.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = section.key not in left_out
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.sections.setCurrentRow(0)

    def _tell(self) -> None:
        self.told.setText(_(TOLD[Audience(self.audience.currentData())]))

    def _heard(self) -> None:
        if not self._shows:
            self._tell()
            self.changed.emit()

    def _connect(self) -> None:
        for links, _name in self._links():
            links.changed.connect(self._heard)
        for box in (self.group, self.language, self.paper, self.audience, self.form):
            box.activated.connect(lambda _at: self._heard())
        self.words.textEdited.connect(lambda _text: self._heard())
        self.period.changed.connect(self._heard)
        self.sections.itemChanged.connect(lambda _item: self._heard())

    def _lay_out(self) -> None:
        self._rows = rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(theme.SMALL)
        rows.setHorizontalSpacing(theme.MEDIUM)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for label, widget in (
            (_("Pa&rtner"), self.partner),
            (_("&Initiative"), self.initiative),
            (_("Pa&rtners"), self.partners),
            (_("&Scenarios"), self.scenarios),
            (_("&Group"), self.group),
            (_("&Words"), self.words),
            (_("P&eriod"), self.period),
            (_("Se&ctions"), self.sections),
            (_("&Language"), self.language),
            (_("&Paper"), self.paper),
            (_("F&or"), self.audience),
            ("", self.told),
            (_("Fi&le"), self.form),
        ):
            rows.addRow(label, widget)
            name = label.replace("&", "")
            if isinstance(widget, ManyLinks):
                widget.line.describe(name, _("Type a part of the name and press Enter."))
            elif isinstance(widget, QComboBox | QLineEdit | Rows):
                widget.setAccessibleName(name)


def _is_on(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked


def _box(options: Any) -> QComboBox:
    box = QComboBox()
    for value, label in options:
        box.addItem(label, value)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(FEWEST)
    return box
