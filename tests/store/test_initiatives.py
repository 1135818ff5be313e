"""An initiative in use is closed only together with what becomes of its open commitments, whoever asks."""

from __future__ import annotations

from datetime import date

import pytest

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.preview import preview as preview_import
from cityplanner.exchange.sheet import Row, Sheet
from cityplanner.model.engagement import Commitment, CommitmentStatus, Engagement, EngagementInitiative
from cityplanner.model.entity import InvalidRecordError
from cityplanner.model.initiative import Initiative, InitiativeStatus
from cityplanner.model.partner import Partner
from cityplanner.store import bulk
from cityplanner.store.initiatives import Ending, Fate, Settlement, end
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.initiatives import open_commitments
from cityplanner.store.queries.records import records
from tests.builders import make
from tests.store.content import content

DAY = date(2026, 11, 2)
CLOSED, SUSPENDED = InitiativeStatus.CLOSED, InitiativeStatus.SUSPENDED
ANSWERS = {
    1: Settlement(Fate.KEPT, owner="Second desk"),
    2: Settlement(Fate.PASSED_ON, other_id=2),
    3: Settlement(Fate.COMPLETED, note="Letter of 2 November"),
    4: Settlement(Fate.CANCELLED, note="The partner has no use for it."),
}


@pytest.fixture
def used(plan: Plan) -> Plan:
    """Initiative 1 with four open commitments and a completed one, initiative 2 without any."""
    with plan.edit("Make") as edit:
        for code in ("IA-1", "IA-2"):
            make(edit, Initiative, full=False, code=code, status=InitiativeStatus.PROGRESS)
        partner, meeting = make(edit, Partner, full=False).id, make(edit, Engagement, full=False).id
        edit.add(EngagementInitiative(engagement_id=meeting, initiative_id=1))
        for name in "ABCDE":
            edit.add(Commitment(text=name, partner_id=partner, engagement_id=meeting, evidence="Seen"))
        edit.flush()
        last = edit.get_one(Commitment, 5)
        last.status, last.completed_on = CommitmentStatus.COMPLETED, DAY
        edit.add(Commitment(text="Elsewhere", partner_id=partner))
    return plan


def close(plan: Plan, **other: object) -> None:
    given = {"initiative_id": 1, "status": CLOSED, "reason": "The programme ended.", "on": DAY} | other
    end(plan, Ending(**{"settlements": ANSWERS, **given}))  # type: ignore[arg-type]


def test_only_open_commitments_of_engagements_that_served_it_count(used: Plan) -> None:
    with used.reading() as session:
        assert [one.text for one in open_commitments(session, 1)] == ["A", "B", "C", "D"]
        assert open_commitments(session, 2) == []


def test_it_is_closed_with_all_that_becomes_of_its_commitments_in_one_step(used: Plan) -> None:
    before = content(used.path)
    close(used)
    with used.reading() as session:
        kept, passed, done, dropped, *_rest = records(session, Commitment, "id")
        one = session.get_one(Initiative, 1)
        assert (one.status, one.status_reason) == (CLOSED, "The programme ended.")
        assert [c.text for c in open_commitments(session, 2)] == ["A", "B"]
    assert (kept.status, kept.owner) == (CommitmentStatus.PENDING, "Second desk")
    assert kept.evidence == "Seen\nNov 2, 2026: initiative IA-1 closed."
    assert passed.status is CommitmentStatus.PENDING
    assert passed.evidence.endswith("initiative IA-1 closed. Passed on to IA-2.")
    assert (done.status, done.completed_on) == (CommitmentStatus.COMPLETED, DAY)
    assert done.evidence.endswith("Letter of 2 November")
    assert dropped.status is CommitmentStatus.CANCELLED
    assert dropped.evidence.endswith("The partner has no use for it.")
    assert used.undoable() == "Close initiative IA-1"
    used.undo()
    assert content(used.path) == before


def test_suspending_asks_the_same_where_the_assistant_is_used(used: Plan) -> None:
    close(used, status=SUSPENDED)
    with used.reading() as session:
        assert session.get_one(Initiative, 1).status is SUSPENDED
        assert "initiative IA-1 suspended" in session.get_one(Commitment, 1).evidence


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"settlements": {1: ANSWERS[1]}}, "what becomes of “B”"),
        ({"reason": " "}, "why it ends"),
        ({"settlements": ANSWERS | {4: Settlement(Fate.CANCELLED)}}, "why “D” is cancelled"),
        ({"settlements": ANSWERS | {2: Settlement(Fate.PASSED_ON)}}, "takes “B” over"),
        ({"settlements": ANSWERS | {2: Settlement(Fate.PASSED_ON, other_id=1)}}, "IA-1 cannot take"),
        ({"initiative_id": 99}, "deleted"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_changes(
    used: Plan, other: dict[str, object], words: str
) -> None:
    before = content(used.path)
    with pytest.raises(UserError, match=words):
        close(used, **other)
    assert content(used.path) == before


def test_a_missing_initiative_is_said_to_be_missing(used: Plan) -> None:
    with pytest.raises(NotFoundError):
        close(used, initiative_id=99)


# --- the door: form, list, bulk edit, import, command line ---


def plain_close(plan: Plan, number: int = 1) -> None:
    with plan.edit("Edit") as edit:
        one = edit.get_one(Initiative, number)
        one.status, one.status_reason = CLOSED, "Over"


def test_a_plain_change_to_closed_is_refused_and_names_the_way(used: Plan) -> None:
    before = content(used.path)
    with pytest.raises(
        InvalidRecordError, match=r"4 commitments made for it are open.*Close or suspend"
    ) as caught:
        plain_close(used)
    assert [problem.field for problem in caught.value.problems] == ["status"]
    assert content(used.path) == before


def test_one_without_open_commitments_is_closed_plainly(used: Plan) -> None:
    plain_close(used, 2)
    with used.reading() as session:
        assert session.get_one(Initiative, 2).status is CLOSED


def test_a_closed_one_can_still_be_edited_and_a_plain_suspension_is_allowed(used: Plan) -> None:
    with used.edit("Suspend") as edit:
        one = edit.get_one(Initiative, 1)
        one.status, one.status_reason = SUSPENDED, "Paused"
    close(used)
    with used.edit("Edit") as edit:
        edit.get_one(Initiative, 1).title = "Another title"
    assert edit.change is not None


def test_bulk_edit_names_the_one_that_refuses_before_and_when_asked_to_do_it(used: Plan) -> None:
    with used.edit("Reason") as edit:
        for number in (1, 2):
            edit.get_one(Initiative, number).status_reason = "Over"
    setting = bulk.Setting("status", CLOSED)
    outcome = bulk.preview(used, Initiative, [1, 2], setting)
    assert [one.record_id for one in outcome.refused] == [1]
    assert "Close or suspend" in outcome.refused[0].problem
    with pytest.raises(UserError, match="nothing changes"):
        bulk.apply(used, Initiative, [1, 2], setting)


def test_the_preview_of_an_import_refuses_the_row(used: Plan) -> None:
    header = ("Code", "Status", "Reason")
    rows = tuple(Row(n, (code, "closed", "Over")) for n, code in ((2, "IA-1"), (3, "IA-2")))
    found = preview_import(used, Sheet("t.csv", header, rows), Initiative, match(header, Initiative))
    lines = found.lines
    assert "Close or suspend" in lines[0].problems[0].text
    assert not lines[1].problems
