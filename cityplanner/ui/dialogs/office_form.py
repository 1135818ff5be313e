"""The office: the first-run form that makes a plan, and the form that changes the office of an open one."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, QTimeZone, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base import paths
from cityplanner.base.language import Language, _, current
from cityplanner.base.settings import Settings
from cityplanner.model.codes import zones
from cityplanner.model.entity import fields
from cityplanner.model.office import Office
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts import record
from cityplanner.ui.parts.drafts import Drafts
from cityplanner.ui.parts.form import Form
from cityplanner.ui.parts.record_form import DRAFT_MS, RecordForm
from cityplanner.ui.parts.seal_row import SealRow
from cityplanner.ui.theme import Role, text_label

SIZE = (720, 700)


class BeforePlan(QObject):
    """What the office's form asks of a context while there is no plan yet."""

    read_only = False

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self.language = language
        self.zone = home_zone()
        self.country = home_country()
        self.currency = home_currency()


class NewPlanDialog(QDialog):
    """Asks for the office and for the file that keeps its plan."""

    made = Signal(object, object)
    """The `Path` of the plan to make, and the `Office`."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New plan"))
        self.resize(*SIZE)
        self._path = free_plan(paths.default_plan())
        self._drafts = Drafts(paths.data_folder() / "new plan", paths.data_folder() / "drafts")
        # The office links to nothing, so its form asks for language, currency and zone alone.
        self.form = Form(cast(Context, BeforePlan(current(), self)), Office)
        self.form.show_record(record.Shown(None, _defaults()))
        self.form.restore(self._drafts.get(Office.__tablename__, None))
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._timer.timeout.connect(self._keep_draft)
        self.form.edited.connect(lambda: self._timer.isActive() or self._timer.start())
        self.problem = text_label("", Role.DANGER, wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.LARGE, 0, theme.LARGE)
        column.setSpacing(theme.SMALL)
        column.addLayout(_inset(self._heading()))
        column.addWidget(_scrolled(self.form), 1)
        column.addLayout(_inset(self.problem))
        column.addLayout(self._file_row())
        column.addLayout(self._buttons())
        self.form.focus_first()

    def accept(self) -> None:
        """Make the plan if nothing is wrong with the office."""
        values, problems = self.form.read()
        if problems:
            self.form.show_problems(problems)
            self.problem.setText(_("Please fill in what is marked; the plan was not made yet."))
            self.problem.show()
            return
        self._timer.stop()
        self._drafts.forget(Office.__tablename__, None)
        self.made.emit(self._path, Office(**values))
        super().accept()

    def reject(self) -> None:
        """Close without a plan; what was typed is there again next time."""
        self._keep_draft()
        super().reject()

    def _keep_draft(self) -> None:
        self._timer.stop()
        self._drafts.keep(Office.__tablename__, None, self.form.typed())

    def choose_file(self, path: Path) -> None:
        """Keep the plan in this file."""
        self._path = (
            path if path.suffix == paths.PLAN_SUFFIX else path.with_name(path.name + paths.PLAN_SUFFIX)
        )
        self._show_file()

    def _heading(self) -> QWidget:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.NARROW)
        column.addWidget(text_label(_("Your office"), Role.TITLE))
        more = _("Name, city, country and time zone are enough to begin. All of it can be changed later.")
        column.addWidget(text_label(more, Role.MUTED, wrap=True))
        return words

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, 0)
        self._file = QLabel()
        self._file.setTextFormat(Qt.TextFormat.PlainText)
        self._file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        change = QPushButton(_("Change file…"))
        change.clicked.connect(self._ask_file)
        row.addWidget(self._file, 1)
        row.addWidget(change)
        self._show_file()
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, 0)
        cancel, make = QPushButton(_("Cancel")), QPushButton(_("Make the plan"))
        make.setProperty("primary", True)
        make.setDefault(True)
        cancel.clicked.connect(self.reject)
        make.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(make)
        return row

    def _ask_file(self) -> None:
        kinds = _("CityPlanner plans") + f" (*{paths.PLAN_SUFFIX})"
        path, _kind = QFileDialog.getSaveFileName(self, _("Keep the plan in"), str(self._path), kinds)
        if path:
            self.choose_file(Path(path))

    def _show_file(self) -> None:
        self._file.setText(_("Kept in {path}").format(path=_short(self._path)))
        self._file.setToolTip("")
        self._file.setAccessibleName(_("Kept in {path}").format(path=self._path))


class OfficeDialog(QDialog):
    """Changes the office of the open plan."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Office"))
        self.resize(*SIZE)
        self.form = RecordForm(context, Office, self)
        office = context.office
        shown = record.load(context.plan, Office, office.id) if office else None
        self.form.show_record(shown or record.begin(context.plan, Office, {}, context.zone))
        self.form.saved.connect(lambda _id: self.accept())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form, 1)
        column.addWidget(SealRow(context))

    def done(self, result: int) -> None:
        """Close; what was typed and not saved is kept."""
        self.form.keep_draft()
        super().done(result)


def home_zone() -> str:
    """The time zone of this computer, where it has an IANA name."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return name if name in zones() else "UTC"


def home_country() -> str:
    """The country this computer is set to."""
    code = QLocale.territoryToCode(QLocale.system().territory())
    return code if len(code) == 2 else ""


def home_currency() -> str:
    """The currency of the country this computer is set to."""
    return QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode) or "USD"


def free_plan(path: Path) -> Path:
    """`path`, or the first of its numbered names that no file has."""
    tried, number = path, 2
    while tried.exists():
        tried = path.with_stem(f"{path.stem} {number}")
        number += 1
    return tried


def _defaults() -> record.Values:
    fresh = Office(name="", city="")
    return {field.name: getattr(fresh, field.name) for field in fields(Office)} | {
        "country": home_country() or None,
        "currency": home_currency(),
        "zone": home_zone(),
        "languages": (current().tag,),
    }


def _short(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _inset(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
    column.addWidget(widget)
    return column


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
