"""The command that shows everything at work: a sample plan, a real list imported, the briefings, the window."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cityplanner.base import paths
from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.base.settings import Settings
from cityplanner.cli import console, display
from cityplanner.cli.options import Caller
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Progress
from cityplanner.model.partner import Partner
from cityplanner.store.lock import PlanLock
from cityplanner.store.plan_file import open_plan

commands = typer.Typer()
SAMPLE = f"sample{paths.PLAN_SUFFIX}"
WITH_LIST = f"sample with Los Angeles{paths.PLAN_SUFFIX}"
LIST = "los-angeles-sister-cities.csv"
MANIFEST = "made-by-demo.json"


@commands.command()
def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("--folder", help="Where to put everything.")] = Path("demo"),
    window: Annotated[bool, typer.Option("--window/--no-window", help="Open the window at the end.")] = True,
) -> None:
    """Build the sample plan, import a real list into a copy, write the briefings, and open the window.

    Example: cityplanner demo
    """
    folder = folder.absolute()
    made = Made(folder)
    made.require_ours([SAMPLE, WITH_LIST, *_briefings()])
    with console.progress(_("Building the sample plan")) as tell:
        _build(made, folder / SAMPLE, tell)
    console.say(_("Sample plan:            {path}").format(path=folder / SAMPLE))
    with console.progress(_("Importing")) as tell:
        found = _import_list(made, folder, tell)
    console.say(_("With a list imported:   {path}").format(path=folder / WITH_LIST))
    counts = ", ".join(f"{count} {_(fate.value)}" for fate, count in found.counts.items() if count)
    console.say(_("                        {name}: {counts}").format(name=LIST, counts=counts))
    for kind, name in _briefings().items():
        with console.progress(_("Writing the briefing")) as tell:
            _write_briefing(made, kind, folder / name, tell)
        console.say(_("Briefing:               {path}").format(path=folder / name))
    if window:
        raise typer.Exit(_show(context.obj, folder / SAMPLE))


def _show(caller: Caller, plan: Path) -> int:
    """Open the window where that is possible; otherwise say why in a line, which is no failure here."""
    if not display.has_display():
        console.say(_("There is no display, so the window was not opened; all the rest is done."))
        return 0
    try:
        return caller.open_window(plan)
    except (display.NoDisplayError, display.MissingLibraryError) as error:
        console.show_error(error)
        return 0


def _briefings() -> dict[str, str]:
    return {"executive": "executive briefing.pdf"}


def _build(made: Made, target: Path, tell: Progress) -> None:
    from cityplanner.exchange.sample import build_sample

    partial = target.with_name(f".{target.name}.new")
    partial.unlink(missing_ok=True)
    try:
        build_sample(partial, progress=tell).close()
        made.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def _import_list(made: Made, folder: Path, tell: Progress) -> Preview:
    """Import the real list into a copy of the sample plan."""
    target = folder / WITH_LIST
    partial = target.with_name(f".{target.name}.new")
    partial.unlink(missing_ok=True)
    user = Settings().user_name()
    try:
        with open_plan(folder / SAMPLE, read_only=True) as sample:
            sample.save_copy(partial)
        with open_plan(partial, user=user) as plan:
            sheet = read_sheet(paths.resources() / "samples" / LIST)
            found = preview(plan, sheet, Partner, match(sheet.headers, Partner), progress=tell)
            report = apply(plan, found, progress=tell)
        made.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    if report.backup is not None:  # of a plan that was made a moment ago and can be made again
        report.backup.unlink()
        if not any(report.backup.parent.iterdir()):
            report.backup.parent.rmdir()
    return found


def _write_briefing(made: Made, kind: str, target: Path, tell: Progress) -> None:
    from cityplanner.reports.report import write_report

    partial = target.with_name(f".{target.name}.new")
    try:
        with open_plan(target.parent / SAMPLE, read_only=True) as plan:
            write_report(kind, plan, partial, progress=tell)
        made.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


class Made:
    """The files in a folder that this command made, so that it replaces those and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._digests = self._read()
        except OSError as error:
            raise UserError(
                _("The folder {path} cannot be used: {detail}").format(
                    path=folder, detail=error.strerror or error
                ),
                _("Choose another one with --folder."),
            ) from error

    def _read(self) -> dict[str, str]:
        try:
            read = json.loads((self._folder / MANIFEST).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return {str(name): str(digest) for name, digest in read.items()} if isinstance(read, dict) else {}

    def require_ours(self, names: Iterable[str]) -> None:
        """Raise `UserError` where a file is in the way that is not ours, or a plan of ours is open elsewhere."""
        for name in names:
            path = self._folder / name
            if path.exists() and name not in self._digests:
                raise UserError(
                    _("{path} is in the way; it was not made by this command.").format(path=path),
                    _("Move it, or choose another folder with --folder."),
                )
            if path.exists() and path.suffix == paths.PLAN_SUFFIX:
                lock = PlanLock(path, Settings().user_name())
                lock.take()
                lock.release()

    def replace(self, partial: Path, target: Path) -> None:
        """Give a finished file its name. A plan that was changed since it was made is moved aside first."""
        lock = PlanLock(target, Settings().user_name()) if target.suffix == paths.PLAN_SUFFIX else None
        if lock is not None:
            lock.take()
        try:
            if lock is not None and target.exists() and _digest(target) != self._digests.get(target.name):
                aside = target.with_name(
                    f"{target.stem} until {datetime.now():%Y-%m-%d %H%M%S}{target.suffix}"
                )
                os.replace(target, aside)
                console.say(
                    _("You had changed {name}; it is now {aside}.").format(name=target.name, aside=aside)
                )
            os.replace(partial, target)
        finally:
            if lock is not None:
                lock.release()
        self._digests[target.name] = _digest(target)
        (self._folder / MANIFEST).write_text(json.dumps(self._digests, indent=1), "utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
