"""Related records: the chain from a recommendation to a measurement is walked both ways, tied and untied."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import EngagementPartner
from cityplanner.model.nouns import nouns
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.related import related
from cityplanner.ui.context import Context
from cityplanner.ui.parts.list_reading import Wording
from cityplanner.ui.parts.picker import Picker
from cityplanner.ui.parts.record_dialog import RecordDialog
from cityplanner.ui.parts.related import RelatedPanel
from cityplanner.ui.parts.related_reading import label, needs_form, read_related, tie, untie
from tests.ui.conftest import Chain, add_partners

LINKS = [
    ("source_item", "initiative"),
    ("initiative", "service_level"),
    ("service_level", "budget_line"),
    ("fund", "budget_line"),
    ("initiative", "engagement"),
    ("engagement", "measurement"),
    ("engagement", "partner"),
    ("indicator", "measurement"),
    ("initiative", "indicator"),
]


def reachable(context: Context, table: str, number: int) -> set[tuple[str, int]]:
    """The records one click away: those that hang on it, and those its own links name."""
    wording = Wording(context.language, context.currency, context.zone)
    found = {
        (section.relation.shows.__tablename__, item.record_id)
        for section in read_related(context.plan, nouns()[table], number, wording)
        for item in section.items
    }
    noun = nouns()[table]
    with context.plan.reading() as session:
        record = session.get_one(noun, number)
        from cityplanner.model.entity import links

        return found | {(link.target, getattr(record, link.name)) for link in links(noun)}


@pytest.mark.parametrize(("one", "other"), LINKS)
def test_the_chain_is_walked_in_both_directions(context: Context, chain: Chain, one: str, other: str) -> None:
    first, second = (one, getattr(chain, one)), (other, getattr(chain, other))

    assert second in reachable(context, *first)
    assert first in reachable(context, *second)


@pytest.mark.parametrize("table", nouns())
def test_every_relation_of_a_noun_has_a_name_of_its_own(qapp: object, table: str) -> None:
    noun = nouns()[table]
    labels = [label(noun, relation) for relation in related(noun)]

    assert len(set(labels)) == len(labels)


def panel_on(qtbot: QtBot, context: Context, table: str, number: int) -> RelatedPanel:
    """A panel that has read a record."""
    panel = RelatedPanel(context, nouns()[table])
    qtbot.addWidget(panel)
    panel.show()
    with qtbot.waitSignal(panel.counted):
        panel.show_record(number, "Title")
    return panel


def test_one_click_opens_a_related_record(qtbot: QtBot, context: Context, chain: Chain) -> None:
    panel = panel_on(qtbot, context, "partner", chain.partner)
    head = next(
        panel.tree.topLevelItem(row)
        for row in range(panel.tree.topLevelItemCount())
        if panel.tree.topLevelItem(row).text(0) == "Engagements (1)"
    )
    entry = head.child(0)
    assert (entry.text(0), entry.text(1)) == ("Call with Nagoya", "Mar 31, 2026, 9:30\u202fAM · Meeting")

    with qtbot.waitSignal(context.opened) as opened:
        panel.tree.itemClicked.emit(entry, 0)

    assert opened.args == ["engagement", chain.engagement]


def test_tying_and_untying_are_one_change_each(context: Context, plan: Plan, chain: Chain) -> None:
    others = add_partners(plan, ["Milan", "Seoul"])
    relation = next(one for one in related(nouns()["engagement"]) if one.noun is EngagementPartner)

    tie(plan, relation, chain.engagement, others, "Call")
    assert ("partner", others[1]) in reachable(context, "engagement", chain.engagement)
    plan.undo()
    assert ("partner", others[1]) not in reachable(context, "engagement", chain.engagement)

    with plan.reading() as session:
        row = session.query(EngagementPartner).one()
    untie(plan, relation, row.id, "Nagoya")
    assert ("partner", chain.partner) not in reachable(context, "engagement", chain.engagement)


def test_adding_asks_for_a_record_or_for_a_form(qtbot: QtBot, context: Context, chain: Chain) -> None:
    panel = panel_on(qtbot, context, "engagement", chain.engagement)
    pure = next(one for one in related(nouns()["engagement"]) if one.noun is EngagementPartner)
    detailed = next(one for one in related(nouns()["engagement"]) if one.noun.__tablename__ == "commitment")
    assert not needs_form(pure)
    assert needs_form(detailed)

    panel.add(pure)
    picker = panel.window().findChild(Picker)
    assert picker is not None
    picker.close()
    panel.add(detailed)
    dialog = panel.window().findChild(RecordDialog)
    assert dialog is not None
    assert dialog.form.form.shown.values["engagement_id"] == chain.engagement
    dialog.close()


def test_the_picker_leaves_out_what_is_tied_already(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    (milan,) = add_partners(plan, ["Milan"])
    picker = Picker(context, nouns()["partner"], {chain.partner})
    qtbot.addWidget(picker)
    qtbot.waitUntil(lambda: picker.list.count() == 1)

    picker.list.setCurrentRow(0)
    with qtbot.waitSignal(picker.picked) as picked:
        picker.accept()

    assert picked.args == [[milan]]


def test_many_related_records_are_counted_and_shown_on_demand(
    qtbot: QtBot, context: Context, plan: Plan, chain: Chain
) -> None:
    relation = next(one for one in related(nouns()["engagement"]) if one.noun is EngagementPartner)
    tie(plan, relation, chain.engagement, add_partners(plan, [f"City {n}" for n in range(9)]), "Call")
    panel = panel_on(qtbot, context, "engagement", chain.engagement)
    head = panel.tree.topLevelItem(0)
    assert head.text(0) == "Partners (10)"
    assert head.child(head.childCount() - 1).text(0) == "Show all 10"

    with qtbot.waitSignal(panel.counted):
        panel.tree.itemClicked.emit(head.child(head.childCount() - 1), 0)

    assert panel.tree.topLevelItem(0).childCount() == 10
    assert len(panel.sections[0].tied) == 10
