"""Pictures of every page of the window on the sample plan, in light and dark, to be looked at.

`python -m tests.screenshots [--out DIR] [--plan FILE] [--zoom 200] [--mirrored] [--only troubles]`
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cityplanner.base.language import _
from cityplanner.base.settings import Settings
from cityplanner.model.contact import Contact
from cityplanner.model.initiative import Initiative
from cityplanner.store.initiatives import Fate
from cityplanner.store.queries import listing
from cityplanner.store.queries.initiatives import open_commitments
from cityplanner.ui.app import Shell, set_up
from cityplanner.ui.dialogs.close_initiative import CloseDialog
from cityplanner.ui.dialogs.erase_person import ErasePersonDialog
from cityplanner.ui.dialogs.import_assistant import ImportAssistant
from cityplanner.ui.dialogs.import_steps import Step
from cityplanner.ui.dialogs.retention import RetentionDialog
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.pages.initiative_overview import InitiativeOverview
from cityplanner.ui.pages.reports.batch import BatchDialog
from cityplanner.ui.pages.reports.page import ReportsPage
from cityplanner.ui.pages.scenario_desk.desk import ScenarioDesk
from cityplanner.ui.pages.section import SectionPage
from cityplanner.ui.parts.table_view import TableView
from cityplanner.ui.theme import Scheme
from tests.troubles import take_troubles
from tests.waiting import wait, wait_until

SIZE = (1280, 800)
SETTLING_MS = 350
DIALOGS = (
    "preferences",
    "help",
    "shortcuts",
    "about",
    "history",
    "office",
    "duplicates",
    "job_change",
    "capture",
    "log_engagement",
)
CONTACTS = """Vorname,Familienname,E-mail,Telefon,Firma,Land,Lieblingsfarbe,Bemerkungen
Nguyễn Thị,Ánh Tuyết,anh.tuyet@example.vn,+84 24 3825 0100,,Vietnam,xanh,Nói tiếng Việt và tiếng Anh
فاطمة,الزهراء,fatima@example.ma,+212 5 37 55 01 00,,Morocco,أزرق,تفضل الكتابة بالعربية
伟,王,wang.wei@example.cn,+86 10 5555 0100,北京市政府,China,,
Ana,Ito,nonsense,+1 213 555 0100,,US,,
,,nobody@example.org,12,,Nowhere,,
Ana,Ito,ana.ito@example.org,,,US,,
"""


class Camera:
    """Takes pictures of one window into a folder."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self.shell, self.folder, self.taken = shell, folder, 0
        folder.mkdir(parents=True, exist_ok=True)

    def settle(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        context = self.shell.desk.context
        wait(SETTLING_MS)
        wait_until(lambda: context is None or not context.jobs.busy)
        wait(SETTLING_MS)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of a dialog."""
        self.settle()
        (widget or self.shell.window).grab().save(str(self.folder / f"{name}.png"))
        self.taken += 1
        print(self.folder / f"{name}.png")

    def reopen(self) -> None:
        """Close the plan and open it again, as after a start."""
        context, desk = self.shell.desk.context, self.shell.desk
        assert context is not None
        path = context.plan.path
        desk.close()
        desk.open(path)
        wait_until(lambda: desk.context is not None and self.shell.window.is_open)

    def take_kind(self, kind: str, scheme: str, folder: Path) -> None:
        """Take all pictures of a kind; what is read from files is written to the folder first."""
        if kind == "troubles":
            take_troubles(self, scheme)
        elif kind == "import":
            self.take_import(scheme, folder)
        else:
            getattr(self, f"take_{kind}")(scheme)

    def take_dialogs(self, scheme: str) -> None:
        """Take pictures of the dialogs and the palette."""
        for name in DIALOGS:
            self.shell.perform(name)
            top = QApplication.topLevelWidgets()
            for dialog in [w for w in top if isinstance(w, QDialog) and w.isVisible()]:
                self.take(f"dialog-{name}-{scheme}", dialog)
                dialog.close()
                wait(0)
        window = self.shell.window
        window.open_palette()
        palette = window.finder.palette
        if palette is not None:
            palette.field.setText("sister")
            self.take(f"palette-{scheme}", palette)
            palette.reject()

    def take_desk(self, scheme: str) -> None:
        """Take a picture of every tab of the scenario desk, with a plan found and a frontier drawn."""
        window = self.shell.window
        window.go("budget")
        page = window.page
        if not isinstance(page, SectionPage):
            return
        page.tabs.setCurrentIndex(0)
        desk = page.view
        assert isinstance(desk, ScenarioDesk)
        wait_until(lambda: desk.scenario is not None)
        desk.choice.setCurrentIndex(desk.choice.count() - 1)
        desk.choice.activated.emit(desk.choice.currentIndex())
        desk.search.begin()
        desk.frontier.draw()
        wait_until(lambda: desk.search.preview is not None and desk.search._asking is None)
        wait_until(lambda: bool(desk.frontier.points) and desk.frontier._job is None)
        desk.frontier.chart.go_to(2)
        names = ("levels", "funds", "best-plan", "frontier", "compare", "years")
        for at, name in enumerate(names):
            desk.tabs.setCurrentIndex(at)
            self.take(f"desk-{name}-{scheme}")
        desk.tabs.setCurrentIndex(1)
        lever = next(iter(desk.levers.funds.values()))
        held = lever.field.value()
        lever.field.setValue(-35)
        self.take(f"desk-over-{scheme}")
        lever.field.setValue(held)
        self.settle()

    def take_initiative(self, scheme: str) -> None:
        """Take a picture of the overview of a busy initiative, of its results, and of what closing it asks."""
        context = self.shell.desk.context
        if context is None:
            return
        with context.plan.reading() as session:
            ids = listing.ids(session, Initiative)
            busiest = max(ids, key=lambda number: len(open_commitments(session, number)))
        context.open_record(Initiative.__tablename__, busiest)
        self.take(f"initiative-{scheme}")
        found = self.shell.window.findChildren(InitiativeOverview)
        overview = next(one for one in found if one.isVisible())
        overview.ensureWidgetVisible(overview.charts[-1])
        self.take(f"initiative-results-{scheme}")
        overview.close_or_suspend.click()
        self.settle()
        for dialog in self.shell.window.findChildren(CloseDialog):
            for answer, fate in zip(dialog.answers, Fate, strict=False):
                answer.choose(fate)
            self.take(f"dialog-close-{scheme}", dialog)
            dialog.close()

    def take_import(self, scheme: str, folder: Path) -> None:
        """Take a picture of every step of an import, with rows of all fates."""
        context = self.shell.desk.context
        if context is None:
            return
        path = folder / "Kontakte.csv"
        with context.plan.reading() as session:
            known = listing.rows(session, Contact, ["given", "family"], listing.ids(session, Contact)[:2])
        like = "".join(f"{given},{family},another@example.org,,,,,\n" for given, family in known)
        path.write_text(CONTACTS + like, "utf-8")
        dialog = ImportAssistant(context, None, "contact", self.shell.window)
        dialog.open()
        self.take(f"import-0-{scheme}", dialog)
        dialog.choose(path)
        for number in range(1, 4):
            self.take(f"import-{number}-{scheme}", dialog)
            if dialog.step is Step.ROWS:
                dialog.rows.rows.setCurrentIndex(dialog.rows.model.index(dialog.rows.model.rowCount() - 1, 0))
                self.take(f"import-3-doubtful-{scheme}", dialog)
            dialog.go_on()
        dialog.stack.setCurrentWidget(dialog.writing)  # it is over too soon to be seen
        dialog.writing.show_progress(400, 1000, _("Importing"))
        dialog.grab().save(str(self.folder / f"import-4-{scheme}.png"))
        self.take(f"import-5-{scheme}", dialog)
        dialog.close()
        context.plan.undo()

    def take_retention(self, scheme: str) -> None:
        """Take pictures of the review list some years later, and of what erasing a person would take."""
        context = self.shell.desk.context
        assert context is not None
        later = dt.date.today() + dt.timedelta(days=6 * 365)
        dialog = RetentionDialog(context, self.shell.window, today=later)
        dialog.open()
        self.take(f"dialog-retention-{scheme}", dialog)
        dialog.close()
        erasing = ErasePersonDialog(context, 1, self.shell.window)
        erasing.open()
        self.take(f"dialog-erase-person-{scheme}", erasing)
        erasing.reject()

    def take_pages(self, scheme: str) -> None:
        """Take a picture of every page, and of every tab of it."""
        window = self.shell.window
        for stop in Atlas().stops():
            window.go(stop.name)
            page = window.page
            if isinstance(page, SectionPage):
                for tab in range(page.tabs.count()):
                    page.tabs.setCurrentIndex(tab)
                    if page.table:
                        self._choose_first(page)
                    self.take(f"{stop.name}-{page.key}-{scheme}")
            elif isinstance(page, ReportsPage):
                self.take_reports(page, scheme)
            else:
                self.take(f"{stop.name}-{scheme}")

    def take_reports(self, page: ReportsPage, scheme: str) -> None:
        """Take a picture of briefings with their preview, of one that lacks a choice, and of a batch."""
        context = self.shell.desk.context
        assert context is not None
        for name in ("executive", "partner-profile", "delegation-book"):
            page.choose(name)
            wait_until(lambda: page.ready and not page.preview.busy)
            self.take(f"reports-{name}-{scheme}")
        context.ask_briefing("partner", 3)
        wait_until(lambda: page.ready and bool(page.preview.data))
        self.take(f"reports-partner-{scheme}")
        page.side.many.click()
        for dialog in self.shell.window.findChildren(BatchDialog):
            self.take(f"dialog-batch-{scheme}", dialog)
            dialog.close()

    def _choose_first(self, page: SectionPage) -> None:
        self.settle()
        for view in page.page.findChildren(TableView):
            if view.isVisible() and len(view.table_model.ids):
                page.page.show_record(view.table_model.ids[0])
                return


def sample(path: Path) -> Path:
    """The sample plan, built new."""
    from cityplanner.exchange.sample.build import build_sample

    build_sample(path).close()
    return path


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    parser.add_argument("--plan", type=Path, help="a plan to show a copy of; without it, the sample plan")
    parser.add_argument("--zoom", type=int, default=100)
    parser.add_argument("--mirrored", action="store_true")
    parser.add_argument("--only", choices=KINDS, help="one kind of pictures")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["CITYPLANNER_HOME"] = home
        plan = Path(home) / "Sample.cityplan"
        if chosen.plan:
            shutil.copyfile(chosen.plan, plan)
        else:
            sample(plan)
        photograph(plan, chosen.out.absolute(), chosen.zoom, mirrored=chosen.mirrored, only=chosen.only)


KINDS = ("pages", "desk", "dialogs", "initiative", "import", "retention", "troubles")


def photograph(plan: Path, out: Path, zoom: int, *, mirrored: bool, only: str | None = None) -> int:
    """Take pictures of a plan's window in light and dark, all or of one kind; how many there are."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication([])
    set_up(application)
    shell = Shell(application, Settings())
    if mirrored:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    camera = Camera(shell, out)
    shell.window.resize(*SIZE)
    shell.theme.magnify(zoom)
    shell.theme.choose(Scheme.LIGHT)
    shell.window.show_welcome()
    shell.window.show()
    camera.take("welcome-light")
    shell.theme.choose(Scheme.DARK)
    camera.take("welcome-dark")
    shell.desk.open(plan)
    wait_until(lambda: shell.desk.context is not None)
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        shell.theme.choose(scheme)
        for kind in KINDS if only is None else (only,):
            camera.take_kind(kind, scheme.value, plan.parent)
    shell.window.close()
    return camera.taken


if __name__ == "__main__":
    main()
