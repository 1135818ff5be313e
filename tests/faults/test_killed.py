"""A process that is killed loses nothing it was told is kept, and leaves nothing half done."""

from __future__ import annotations

import random
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from cityplanner.model.partner import Partner
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults import other
from tests.faults.other import begin, edit_for_ever
from tests.faults.sizes import size
from tests.store.content import content

KILLS = size(12, 500)
PER_PLAN = 20
MOST_CHANGES = 8
LONGEST = 0.1
"""Seconds; in this time a process opens the plan, or makes a dozen more changes."""


def test_sudden_deaths_at_any_moment_lose_no_acknowledged_change(plan: Plan, tmp_path: Path) -> None:
    plan.close()
    dice = random.Random(7)
    total = 0
    for first in range(0, KILLS, PER_PLAN):
        path = tmp_path / f"{first}.cityplan"
        shutil.copyfile(plan.path, path)
        acknowledged: set[str] = set()
        for _ in range(min(PER_PLAN, KILLS - first)):
            acknowledged |= edited_until_killed(path, dice)
            assert all(finding.ok for finding in check_database(path))
            kept = nothing_is_lost(path, acknowledged)
        total += len(acknowledged)
        assert kept <= len(acknowledged) + PER_PLAN  # at most the change each was killed in, whole
    print(f"{KILLS} kills, {total} acknowledged changes, 0 lost")
    assert total > KILLS


def edited_until_killed(path: Path, dice: random.Random) -> set[str]:
    """What a process was told is kept before it was killed, while it opened the plan or some changes later."""
    process, said = begin(edit_for_ever, path)
    acknowledged = {said.recv() for _ in range(dice.randint(0, MOST_CHANGES))}
    time.sleep(dice.uniform(0, LONGEST))  # the moment of death, not a wait for anything
    process.kill()
    process.join()
    with suppress(EOFError), said:
        while said.poll():
            acknowledged.add(said.recv())
    return acknowledged


def nothing_is_lost(path: Path, acknowledged: set[str]) -> int:
    """Every acknowledged record is there, can be found, and the history is unbroken; tells how many there are."""
    with open_plan(path) as opened, opened.reading() as session:
        kept = set(session.scalars(select(Partner.uid)))
        assert acknowledged <= kept
        assert all(finding.ok for finding in check_content(opened))
        assert {hit.record_id for hit in opened.search("partner", ["partner"], limit=10**6)} == set(
            session.scalars(select(Partner.id))
        )
    return len(kept)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_transaction_that_was_cut_short_is_rolled_back_on_opening(plan: Plan, read_only: bool) -> None:
    plan.close()
    before = content(plan.path)
    process = other.start(other.HALF_WAY, plan.path)
    journal = Path(f"{plan.path}-journal")
    other.end(process)
    assert journal.stat().st_size > 0
    assert plan.path.stat().st_size > 1_000_000  # half of it did reach the file

    with open_plan(plan.path, read_only=read_only) as opened:
        assert opened.office() is not None
        assert opened.search("half") == []
    assert content(plan.path) == before
    assert all(finding.ok for finding in check_database(plan.path))
