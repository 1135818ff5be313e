"""What was typed and not saved, by name."""

from __future__ import annotations

from cityplanner.ui.context import Context
from cityplanner.ui.parts.drafts import Drafts
from cityplanner.ui.parts.unfinished import Unfinished, unfinished
from tests.ui.conftest import Chain, add_partners


def test_drafts_of_new_and_known_records_details_and_dialogs_are_told(context: Context, chain: Chain) -> None:
    drafts = context.drafts
    drafts.keep("partner", None, {"name": "Port of\nElm Harbor"})
    drafts.keep("partner", chain.partner, {"tags": "[]", "notes": "x" * 200})
    drafts.keep(f"service_level?initiative_id={chain.initiative}", None, {"title": "Half"})
    drafts.keep("quick capture", None, {"text": "Call with Lima", "edits": "{}"})
    drafts.keep("engagement log", chain.partner, {"title": "Visit"})
    assert unfinished(context) == [
        Unfinished("partner", None, "New partner", "Port of Elm Harbor"),
        Unfinished("partner", chain.partner, "Nagoya", "x" * 59 + "…"),
        Unfinished("service_level", None, "New service level", "Half", {"initiative_id": chain.initiative}),
        Unfinished("quick capture", None, "Quick capture", "Call with Lima"),
        Unfinished("engagement log", chain.partner, "Log of an engagement", "Visit"),
    ]


def test_drafts_that_lead_nowhere_are_left_out(context: Context) -> None:
    (key,) = add_partners(context.plan, ["Gone"])
    context.plan.undo()
    context.drafts.keep("partner", key, {"name": "Gone City"})
    context.drafts.keep("no such noun", None, {"name": "x"})
    context.drafts.keep("service_level?initiative_id=x", None, {"title": "x"})
    assert unfinished(context) == []


def test_damaged_keys_are_no_drafts(context: Context) -> None:
    path = context.drafts.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"partner/x": {"name": "a"}, "": {"name": "a"}, "partner/new": {"name": "b"}}', "utf-8")
    assert Drafts(context.plan.path, path.parent).all() == [("partner", None, {"name": "b"})]
