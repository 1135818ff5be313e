"""A process that is killed loses nothing it was told is kept, and leaves nothing half done."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from cityplanner.model.partner import Partner
from cityplanner.store.checks import check_content, check_database
from cityplanner.store.plan_file import Plan, open_plan
from tests.store import other
from tests.store.content import content, raw

KILLS = 40


def test_forty_sudden_deaths_lose_no_acknowledged_row(plan: Plan) -> None:
    plan.close()
    dice = random.Random(7)
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        process = other.start(other.EDIT_FOR_EVER, plan.path)
        assert process.stdout is not None
        acknowledged |= {process.stdout.readline().strip() for _ in range(dice.randint(2, 8))}
        time.sleep(dice.uniform(0, 0.02))  # the moment of death, not a wait for anything
        acknowledged |= {line for line in other.end(process) if len(line) == 36}
        assert all(finding.ok for finding in check_database(plan.path))
    with open_plan(plan.path) as opened, opened.reading() as session:
        kept = set(session.scalars(select(Partner.uid)))
        assert acknowledged <= kept
        assert len(acknowledged) > KILLS
        assert all(finding.ok for finding in check_content(opened))
        assert {hit.record_id for hit in opened.search("partner", ["partner"], limit=10**6)} == set(
            session.scalars(select(Partner.id))
        )


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


def test_read_modify_write_in_two_processes_in_turn_loses_nothing(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Counter", keep_in_touch=1))
    plan.close()
    for _ in range(2):
        with open_plan(plan.path) as opened:
            for _ in range(100):
                with opened.edit("Count") as edit:
                    counter = edit.get_one(Partner, 1)
                    assert counter.keep_in_touch is not None
                    counter.keep_in_touch += 1

    with raw(plan.path) as connection:
        assert connection.execute("SELECT keep_in_touch FROM partner").fetchone() == (201,)
        assert connection.execute("SELECT count(*) FROM change").fetchone() == (202,)
