"""The sample plan: an invented city's office after three years of work, written through the plan's own door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from cityplanner.base.language import N_, _
from cityplanner.exchange.catalogue import install_catalogue
from cityplanner.exchange.sample import (
    agreements,
    answers,
    apart,
    budget,
    commitments,
    contacts,
    groups,
    indicators,
    initiatives,
    ledgers,
    log,
    partners,
    retention,
)
from cityplanner.exchange.sample.data import SAMPLE_TODAY, document
from cityplanner.exchange.sample.story import Entry
from cityplanner.exchange.sample.writer import SEED, SteadyClock, Writer, new_uid
from cityplanner.model.change import ChangeKind
from cityplanner.model.office import Office
from cityplanner.planning.catalogue import read_catalogue
from cityplanner.store.plan_file import Clock, Plan, create_plan

Progress = Callable[[float, str], None]
SAMPLE_USER = "Tobias Arendholt"
STARTED = datetime(SAMPLE_TODAY.year, SAMPLE_TODAY.month, SAMPLE_TODAY.day, 8, tzinfo=UTC)
_STEPS = (
    N_("Installing the catalog"),
    N_("Entering partners"),
    N_("Entering contacts"),
    N_("Entering agreements and funds"),
    N_("Entering initiatives"),
    N_("Logging engagements"),
    N_("Entering gifts, aid and practices"),
    N_("Entering indicators"),
    N_("Drawing up scenarios"),
)
_LOG = 5
"""The place of the log among the steps; it takes more than half of the time."""


def build_sample(path: Path, *, progress: Progress | None = None, clock: Clock | None = None) -> Plan:
    """Make the sample plan at `path` and return it open; two builds hold the same records.

    `progress` is told a share between 0 and 1 and what is being done; `clock` dates the changes. Raises
    `UserError` where the file exists; on any other failure nothing is left behind.
    """
    random = Random(SEED)
    facts = document("office.yaml")
    office = Office(uid=new_uid(random), **facts | {"languages": tuple(facts["languages"])})
    plan = create_plan(path, office, user=SAMPLE_USER, clock=clock or SteadyClock(STARTED))
    try:
        _fill(Writer(plan, random), progress or _silent)
    except BaseException:
        plan.close()
        plan.path.unlink(missing_ok=True)
        raise
    return plan


def _silent(_share: float, _what: str) -> None:
    """Progress that nobody watches."""


def _fill(writer: Writer, progress: Progress) -> None:
    def step(number: int) -> None:
        shares = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.85, 0.9, 0.95)
        progress(shares[number], _(_STEPS[number]))

    step(0)
    install_catalogue(writer.plan, read_catalogue(), kind=ChangeKind.SETUP)
    answers.remember_items(writer)
    step(1)
    partners.write(writer)
    step(2)
    held = contacts.write(writer)
    step(3)
    agreements.write(writer)
    budget.write_funds(writer)
    step(4)
    initiatives.write(writer)
    budget.restrict(writer)
    answers.write(writer)
    step(_LOG)
    entries = _write_log(writer, held, progress)
    step(6)
    ledgers.write(writer, entries)
    step(7)
    indicators.write(writer, entries)
    step(8)
    groups.write(writer)
    apart.write(writer)
    retention.write(writer)
    budget.write_scenarios(writer)
    budget.adopt(writer)
    progress(1.0, _("Done"))


def _write_log(writer: Writer, held: list[contacts.Held], progress: Progress) -> list[Entry]:
    promises = commitments.Promises(writer, held)
    told = log.tell(writer, held)
    written: list[Entry] = []
    for label, entries in log.quarters(told):
        numbered = log.write(writer, label, entries)
        promises.write(label, numbered)
        written += numbered
        progress(0.3 + 0.54 * len(written) / len(told), _(_STEPS[_LOG]))
    return written
