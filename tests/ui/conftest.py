"""What tests of the window may use: a context on an empty plan, and one with a small chain of records in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cityplanner.base.language import current
from cityplanner.base.settings import Settings
from cityplanner.model.engagement import Engagement, EngagementInitiative, EngagementPartner
from cityplanner.model.fund import Fund
from cityplanner.model.indicator import Indicator, Measurement
from cityplanner.model.initiative import BudgetLine, Contribution, Initiative, ServiceLevel
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.model.recommendation import Answer
from cityplanner.model.roundtable import Roundtable, Section, SourceItem, Theme
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts.record_form import RecordForm

PATIENCE = 30_000
"""How long a test waits for something that comes: a busy machine is slow, and waiting costs nothing where it is not."""
for waiting in (QtBot.waitUntil, QtBot.waitSignal):
    waiting.__kwdefaults__ = {**(waiting.__kwdefaults__ or {}), "timeout": PATIENCE}


@pytest.fixture
def context(qapp: object, plan: Plan, tmp_path: Path) -> Iterator[Context]:
    """What pages are handed, on a plan with nothing but an office in it."""
    made = Context(plan, Settings(tmp_path / "settings.json"), current(), drafts=tmp_path / "drafts")
    yield made
    made.close()


@pytest.fixture
def office(qapp: object, sample: Plan, tmp_path: Path) -> Iterator[Context]:
    """What pages are handed, on the sample plan."""
    made = Context(sample, Settings(tmp_path / "settings.json"), current(), drafts=tmp_path / "drafts")
    yield made
    made.close()


@dataclass(frozen=True)
class Chain:
    """The ids of a chain of records from a recommendation to a measurement."""

    source_item: int
    initiative: int
    service_level: int
    budget_line: int
    fund: int
    engagement: int
    partner: int
    indicator: int
    measurement: int


def saved(qtbot: QtBot, form: RecordForm) -> int:
    """Save a form that is in order; the id of its record, once it is written."""
    with qtbot.waitSignal(form.saved) as heard:
        form.save()
    number = heard.args[0]
    assert isinstance(number, int)
    return number


def refused(qtbot: QtBot, form: RecordForm) -> None:
    """Save a form that is refused, and wait until that is said."""
    heard: list[int] = []
    form.saved.connect(heard.append)
    form.save()
    qtbot.waitUntil(lambda: not form.is_writing)
    assert heard == []


def add_partners(plan: Plan, names: list[str]) -> list[int]:
    """Partners of these names; their ids."""
    made = [Partner(name=name, kind=PartnerKind.CITY, country="JP", city=name) for name in names]
    with plan.edit("Add partners") as edit:
        edit.add_all(made)
    return [partner.id for partner in made]


def _kept(edit: Editing, record: object) -> int:
    edit.add(record)
    edit.flush()
    number = record.id  # type: ignore[attr-defined]
    assert isinstance(number, int)
    return number


@pytest.fixture
def chain(plan: Plan) -> Chain:
    """One record of each link of the chain."""
    with plan.edit("Make a chain") as edit:
        roundtable = _kept(edit, Roundtable(title="Peers", held_on="2020-07"))
        section = _kept(edit, Section(roundtable_id=roundtable, number=1, title="Networks"))
        item = _kept(
            edit,
            SourceItem(
                code="P-1",
                title="Learn from peers",
                theme=Theme.NETWORKS,
                section_id=section,
                text="Ask them.",
            ),
        )
        _kept(edit, Answer(source_item_id=item, weight=3))
        initiative = _kept(edit, Initiative(code="I-1", title="Peer exchange", theme=Theme.NETWORKS))
        _kept(edit, Contribution(initiative_id=initiative, source_item_id=item))
        level = _kept(
            edit, ServiceLevel(initiative_id=initiative, title="Full", fte=Decimal("0.5"), result_share=100)
        )
        fund = _kept(edit, Fund(code="GF", title="General fund"))
        line = _kept(edit, BudgetLine(service_level_id=level, fund_id=fund, amount=1_250_050))
        partner = _kept(edit, Partner(name="Nagoya", kind=PartnerKind.CITY, country="JP"))
        engagement = _kept(
            edit,
            Engagement(
                title="Call with Nagoya",
                starts_at=datetime(2026, 3, 31, 14, 30, tzinfo=UTC),
                zone="America/Chicago",
            ),
        )
        _kept(edit, EngagementPartner(engagement_id=engagement, partner_id=partner))
        _kept(edit, EngagementInitiative(engagement_id=engagement, initiative_id=initiative))
        indicator = _kept(edit, Indicator(initiative_id=initiative, title="Lessons applied"))
        measurement = _kept(
            edit,
            Measurement(
                indicator_id=indicator,
                measured_on=date(2026, 4, 1),
                value=Decimal(3),
                engagement_id=engagement,
            ),
        )
    return Chain(item, initiative, level, line, fund, engagement, partner, indicator, measurement)


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard_at_the_end(qapp: QApplication) -> Iterator[None]:
    """Nothing of ours is left in the clipboard: offscreen, Qt frees it after Python has gone, and crashes."""
    yield
    qapp.clipboard().clear()
