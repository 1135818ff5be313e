"""A plan at first sight: the same numbers as the nouns give, read without them, and nothing of it written."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from cityplanner.model import agreement, engagement
from cityplanner.model.engagement import Engagement, EngagementStatus
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store import glance as first
from cityplanner.store.plan_file import Plan
from cityplanner.store.sqlite import driver
from tests.store.content import raw

TODAY = dt.date(2026, 11, 2)


def held(day: dt.date, hour: int = 12, status: EngagementStatus = EngagementStatus.COMPLETED) -> Engagement:
    """An engagement at an hour of a day in UTC; the office is in Chicago."""
    moment = dt.datetime.combine(day, dt.time(hour), UTC)
    return Engagement(title=f"Call {day} {hour}", starts_at=moment, zone="UTC", status=status)


@pytest.fixture
def full(plan: Plan) -> Plan:
    """A plan with partners, and with engagements around the ends of the year that counts."""
    with plan.edit("Fill") as edit:
        for country in ("JP", "JP", None, "MX"):
            edit.add(Partner(name=f"Partner {country}", kind=PartnerKind.CITY, country=country))
        for one in (
            held(TODAY + dt.timedelta(days=1), 4),  # still today in Chicago
            held(TODAY + dt.timedelta(days=1), 7),
            held(TODAY),
            held(TODAY - dt.timedelta(days=363)),
            held(TODAY - dt.timedelta(days=366)),
            held(TODAY - dt.timedelta(days=1), status=EngagementStatus.CANCELLED),
        ):
            edit.add(one)
    return plan


def test_statuses_are_those_of_the_model() -> None:
    assert tuple(one.value for one in agreement.IN_FORCE) == first.IN_FORCE
    assert tuple(one.value for one in engagement.NOT_HELD) == first.NOT_HELD


def test_it_counts_and_names_what_was_held_in_the_twelve_months_until_today(full: Plan) -> None:
    seen = first.look(full.path, TODAY)

    assert seen is not None
    assert (seen.partners, seen.countries, seen.engagements) == (4, 2, 3)
    assert [one.title[5:15] for one in seen.recent] == ["2026-11-03", "2026-11-02", "2025-11-04"]
    assert seen.recent[0].day == TODAY


def test_it_is_the_same_before_and_after_the_plan_is_opened(full: Plan) -> None:
    with full.reading() as session:
        assert first.glance(driver(session.connection()), full.path, TODAY) == first.look(full.path, TODAY)


def test_what_has_to_be_opened_properly_is_not_shown(full: Plan, tmp_path: Path) -> None:
    (tmp_path / "letter.cityplan").write_text("Dear mayor", "utf-8")
    (tmp_path / "empty.cityplan").touch()

    assert first.look(tmp_path / "gone.cityplan", TODAY) is None
    assert first.look(tmp_path / "letter.cityplan", TODAY) is None
    assert first.look(tmp_path / "empty.cityplan", TODAY) is None
    full.close()
    for version in ("0002", "9999"):
        with raw(full.path) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        assert first.look(full.path, TODAY) is None


def test_a_plan_is_looked_at_without_writing_to_it(full: Plan) -> None:
    full.close()
    before = full.path.read_bytes()
    beside = sorted(full.path.parent.iterdir())

    assert first.look(full.path, TODAY) is not None

    assert full.path.read_bytes() == before
    assert sorted(full.path.parent.iterdir()) == beside


def test_a_change_that_was_left_half_done_is_not_looked_into(full: Plan) -> None:
    """What a killed writer left is rolled back when the plan is opened, not by a glance at it."""
    full.close()
    program = (
        "import os, sys, sqlite3\n"
        "one = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "one.execute('PRAGMA cache_size = 1')\n"
        "one.execute('BEGIN IMMEDIATE')\n"
        'one.execute("UPDATE partner SET name = name || hex(zeroblob(9000))")\n'
        "os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(full.path)], check=False)
    journal = Path(f"{full.path}-journal")
    left = journal.read_bytes()
    assert left

    assert first.look(full.path, TODAY) is None

    assert journal.read_bytes() == left


def test_it_is_there_without_what_takes_long_to_import() -> None:
    program = (
        "import sys, cityplanner.store.glance, cityplanner.ui.pages.home\n"
        "assert not {'sqlalchemy', 'alembic', 'reportlab', 'highspy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
