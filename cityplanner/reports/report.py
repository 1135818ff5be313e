"""A briefing from the plan to its file: gather, compose, draw; one, or one for each of many partners."""

from __future__ import annotations

import datetime as dt
import logging
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.files import safe_name
from cityplanner.base.language import _
from cityplanner.model.initiative import Initiative
from cityplanner.model.partner import Partner
from cityplanner.reports.choices import Ask, Choices, Form
from cityplanner.reports.kinds import kind_named
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import history, listing
from cityplanner.store.queries.titles import titles

Progress = Callable[[float, str], None]
GATHERED = 0.3
"""The share of the work that is done when the blocks are composed."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch: the files that were written, and the records that none was written for, with why."""

    made: tuple[Path, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()


def write_report(
    kind: str,
    plan: Plan,
    target: Path,
    choices: Choices | None = None,
    *,
    form: Form = Form.PDF,
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> int:
    """Write a briefing and return its number of pages (0 where the form has none).

    The file appears only when it is whole. `progress` is told a share from 0 to 1 and what is being done;
    raising `Cancelled` in it stops the work.
    """
    from cityplanner.reports.output import write_briefing

    choices = choices or Choices(audience=kind_named(kind).audience)
    tell = progress or (lambda _share, _what: None)
    tell(0.0, _("Reading the plan"))
    briefing = kind_named(kind).compose(plan, choices, today or dt.date.today())
    briefing = replace(briefing, keywords=(*briefing.keywords, _head(plan)))
    tell(GATHERED, _("Drawing the pages"))
    pages = write_briefing(
        briefing,
        target,
        form=form,
        paper=choices.paper,
        progress=lambda done, total: tell(
            GATHERED + (1 - GATHERED) * done / max(total, 1), _("Drawing the pages")
        ),
    )
    return pages or 0


def _head(plan: Plan) -> str:
    """Where the plan's history ended when the briefing was made, for `cityplanner check --head`."""
    with plan.reading() as session:
        return f"plan head {history.head(session)}"


def write_each(
    kind: str,
    plan: Plan,
    folder: Path,
    choices: Choices,
    *,
    form: Form = Form.PDF,
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> Batch:
    """Write one briefing for each partner or initiative chosen (all, where none is).

    The files are named after their record; one that can't be written does not stop the others. Raising
    `Cancelled` in `progress` stops the work; the files that are whole by then stay. Raises `UserError` for a kind
    that is not about one record.
    """
    tell = progress or (lambda _share, _what: None)
    subjects = _subjects(kind, plan, choices)
    _make_folder(folder)
    made: list[Path] = []
    failed: list[tuple[str, str]] = []
    for number, (one, title) in enumerate(subjects):
        share = number / len(subjects)
        tell(share, title)
        target = folder / _free_name(file_name(title, form), made)
        telling = partial(_tell_one, tell, share, 1 / len(subjects), title)
        why = _failure(
            partial(write_report, kind, plan, target, one, form=form, today=today, progress=telling)
        )
        if why:
            failed.append((title, why))
        else:
            made.append(target)
    tell(1.0, "")
    return Batch(tuple(made), tuple(failed))


def _failure(write: Callable[[], object]) -> str:
    """Why a file of a batch could not be written; empty where it was."""
    try:
        write()
    except Cancelled:
        raise
    except UserError as error:
        return str(error)
    except Exception:
        log.exception("a briefing of a batch failed")
        return _("CityPlanner made a mistake here; its log has the details.")
    return ""


def _tell_one(tell: Progress, begun: float, part: float, title: str, share: float, _what: str) -> None:
    tell(begun + part * share, title)


def file_name(title: str, form: Form) -> str:
    """A file's name that every system takes, with the title's letters in whatever script."""
    plain = re.sub(r"[^\w .,()-]+", " ", unicodedata.normalize("NFC", title))
    return safe_name(f"{' '.join(plain.split()).strip(' .')[:80] or 'briefing'}.{form}")


def _subjects(kind: str, plan: Plan, choices: Choices) -> list[tuple[Choices, str]]:
    """The choices for each record that gets its own briefing, and its title."""
    asks = kind_named(kind).asks
    with plan.reading() as session:
        if Ask.PARTNER in asks:
            known = titles(session, Partner, choices.partners or listing.ids(session, Partner))
            return [(replace(choices, partners=(key,)), known[key]) for key in known]
        if Ask.INITIATIVE in asks:
            known = titles(session, Initiative, choices.initiatives or listing.ids(session, Initiative))
            return [(replace(choices, initiatives=(key,)), known[key]) for key in known]
    raise UserError(
        _("This briefing is not about one partner or initiative."), _("Write it as a single briefing.")
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder {path} cannot be used: {detail}").format(
                path=folder, detail=error.strerror or error
            ),
            _("Choose another one."),
        ) from error


def _free_name(name: str, made: list[Path]) -> str:
    """The name, with a number where this batch has it already, whatever the case."""
    taken = {path.name.casefold() for path in made}
    stem, _dot, ending = name.rpartition(".")
    number, free = 2, name
    while free.casefold() in taken:
        free, number = f"{stem} ({number}).{ending}", number + 1
    return free
