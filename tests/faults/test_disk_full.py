"""A full disk: nothing that was is harmed, nothing partial gets a real name, and once there is space it works."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.base.settings import PAPER, Settings
from cityplanner.exchange.bundle import export_bundle
from cityplanner.exchange.calendars import export_icalendar
from cityplanner.exchange.spreadsheets import export_xlsx
from cityplanner.exchange.tables import export_csv
from cityplanner.exchange.vcards_out import export_vcards
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.partner import Partner
from cityplanner.reports.report import write_report
from cityplanner.store import attachments, backups
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.plan_file import Plan, create_plan, open_plan
from tests.conftest import make_office
from tests.faults.full import full_disk
from tests.faults.sizes import is_long, size
from tests.store.content import content

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
SHARES = [0.0, 0.5, *(number / 41 for number in range(size(0, 41)))]
"""At which share of the whole the disk is full."""


def many(plan: Plan) -> None:
    """A change that needs more than a megabyte."""
    with plan.edit("Add many") as edit:
        edit.add_all(Partner(name=f"Partner {n}", notes="x" * 15_000) for n in range(100))


@pytest.mark.parametrize("share", SHARES)
def test_saving_leaves_the_plan_as_it_was_and_works_once_there_is_space(plan: Plan, share: float) -> None:
    before, old_size = content(plan.path), plan.path.stat().st_size
    with full_disk(old_size + int(share * 1_000_000)), pytest.raises(UserError) as refused:
        many(plan)

    assert refused.value.remedy
    assert plan.undoable() is None
    assert content(plan.path) == before
    assert all(finding.ok for finding in check_database(plan.path))
    many(plan)
    assert len(plan.search("partner", ["partner"], limit=1000)) == 100
    assert all(finding.ok for finding in check_content(plan))
    assert plan.undo() is not None


def test_a_plan_whose_saving_failed_can_be_opened_on_the_full_disk(plan: Plan) -> None:
    with full_disk(plan.path.stat().st_size):
        with suppress(UserError):
            many(plan)
        plan.close()
        with open_plan(plan.path) as opened:
            assert opened.office() is not None


def write_pdf(plan: Plan, target: Path) -> object:
    """A briefing."""
    return write_report("recommendations", plan, target, today=date(2026, 11, 2))


def write_file(plan: Plan, target: Path) -> object:
    """A copy of an attached file."""
    with plan.edit("Attach") as edit:
        number = attachments.add(edit, "partner", 1, "letter.txt", b"x" * 50_000).id
    return attachments.write_copy(plan, number, target)


WRITERS: dict[str, Callable[[Plan, Path], object]] = {
    "briefing.pdf": write_pdf,
    "list.csv": lambda plan, target: export_csv(plan, Partner, target),
    "list.xlsx": lambda plan, target: export_xlsx(plan, Partner, target),
    "cards.vcf": lambda plan, target: export_vcards(plan, Contact, target),
    "dates.ics": lambda plan, target: export_icalendar(plan, Engagement, target),
    "letter.txt": write_file,
    "bundle.json": export_bundle,
    "copy.cityplan": Plan.save_copy,
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("room", [0, 700] if is_long() else [700])
def test_nothing_partial_gets_a_name(sample: Plan, tmp_path: Path, name: str, room: int) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / name
    with full_disk(room), pytest.raises(UserError) as refused:
        WRITERS[name](sample, target)

    assert "full" in str(refused.value) or "space" in refused.value.remedy, refused.value
    assert refused.value.remedy
    assert list(folder.iterdir()) == []
    WRITERS[name](sample, target)
    assert [path.name for path in folder.iterdir()] == [name]


def test_a_backup_that_does_not_fit_leaves_the_older_ones_and_nothing_else(plan: Plan) -> None:
    older = backups.backup(plan.path)
    before = older.read_bytes()
    for share in (0.0, 0.3, 0.99):
        with full_disk(int(len(before) * share)), pytest.raises(UserError, match="could not be written"):
            backups.backup(plan.path)
        assert list(backups.folder_of(plan.path).iterdir()) == [older]
    assert older.read_bytes() == before
    assert len(backups.folder_of(backups.backup(plan.path)).name) > 0


def test_a_plan_that_cannot_be_made_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "new.cityplan"
    with full_disk(100_000), pytest.raises(UserError, match="could not be created"):
        create_plan(path, make_office())
    assert list(path.parent.iterdir()) == []
    create_plan(path, make_office()).close()


def test_settings_and_drafts_that_cannot_be_kept_hold_for_now(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    with full_disk(0):
        settings.set(PAPER, "A4")

    assert settings.get(PAPER) == "A4"
    assert list(tmp_path.iterdir()) == []


SMALL_DISK = """
import sys
from pathlib import Path
from shutil import copyfile
from cityplanner.base.errors import UserError
from cityplanner.exchange.tables import export_csv
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.partner import Partner
from cityplanner.store.backups import backup
from cityplanner.store.plan_file import open_plan
folder = Path(sys.argv[2])
path = folder / "plan.cityplan"
copyfile(sys.argv[1], path)
def many(plan):
    with plan.edit("Add many") as edit:
        edit.add_all(Partner(name=f"Partner {n}", notes="x" * 15_000) for n in range(100))
def tried(work):
    try:
        work()
    except UserError as error:
        print(error.what)
with open_plan(path) as plan:
    ballast = folder / "ballast"
    with open(ballast, "wb", 0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    tried(lambda: many(plan))
    tried(lambda: backup(path))
    tried(lambda: export_csv(plan, Partner, folder / "list.csv"))
    print(*sorted(left.name for left in folder.rglob("*") if left.is_file() and ".cityplan." not in left.name))
    ballast.unlink()
    many(plan)
    print(len(plan.search("partner", ["partner"], limit=1000)))
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="a small disk cannot be made here")
def test_a_small_disk_that_is_full_is_called_so(plan: Plan, tmp_path: Path) -> None:
    plan.close()
    disk = tmp_path / "disk"
    disk.mkdir()
    inside = 'mount -t tmpfs -o size=8m tmpfs "$1" && exec "$2" -c "$3" "$4" "$1"'
    words = ["unshare", "-rm", "sh", "-c", inside, "sh", disk, sys.executable, SMALL_DISK, plan.path]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=120)
    if done.returncode and not done.stdout:
        pytest.skip(f"a small disk cannot be made here: {done.stderr[-200:]}")

    assert done.stdout.splitlines() == [
        "The disk is full; nothing was saved.",
        "The copy could not be written: the disk is full.",
        "“list.csv” cannot be written: the disk is full.",
        "ballast plan.cityplan plan.cityplan-journal",
        "100",
    ], done.stderr
