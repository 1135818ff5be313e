"""The job-change assistant without a window: what one step does, and that undo takes all of it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import select

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, CommitmentStatus
from cityplanner.model.entity import InvalidRecordError
from cityplanner.model.partner import ConsularRank, HeadStatus, Partner, PartnerKind
from cityplanner.store.job_change import JobChange, Newcomer, NextPosition, change_job, open_positions
from cityplanner.store.plan_file import Plan
from tests.builders import make
from tests.store.content import content

ENDS = date(2026, 6, 30)


@dataclass(frozen=True)
class Scene:
    """A consul at a post with promises, and where she might go."""

    contact: int
    position: int
    post: int
    elsewhere: int
    colleague: int
    change: JobChange


@pytest.fixture
def scene(plan: Plan) -> Scene:
    with plan.edit("Scene") as edit:
        contact = Contact(given="Aiko", family="Mori", email="mori@post.example")
        colleague = Contact(given="Ken", family="Abe")
        edit.add_all((contact, colleague))
        edit.flush()
        post = Partner(
            name="Post", kind=PartnerKind.CONSULATE, head_id=contact.id, head_status=HeadStatus.RECOGNISED,
            head_rank=ConsularRank.CONSUL, rotation_on=ENDS,
        )  # fmt: skip
        elsewhere = Partner(name="Ministry", kind=PartnerKind.GOVERNMENT)
        edit.add_all((post, elsewhere))
        edit.flush()
        position = Position(
            contact_id=contact.id, partner_id=post.id, title="Consul", starts_on=date(2023, 1, 1),
            email="mori@post.example",
        )  # fmt: skip
        edit.add(position)
        for status in CommitmentStatus:
            done = ENDS if status is CommitmentStatus.COMPLETED else None
            edit.add(
                Commitment(
                    text=status, status=status, partner_id=post.id, contact_id=contact.id, completed_on=done
                )
            )
        edit.add(Commitment(text="elsewhere", partner_id=elsewhere.id, contact_id=contact.id))
        edit.flush()
    return Scene(contact.id, position.id, post.id, elsewhere.id, colleague.id, JobChange(position.id, ENDS))


def contact_of(plan: Plan, number: int) -> Contact:
    with plan.reading() as session:
        found = session.get(Contact, number)
        assert found is not None
        return found


def held(plan: Plan, contact: int) -> list[tuple[int, str, date | None, date | None, str | None]]:
    """Partner, title, begin, end and e-mail of each position of a contact."""
    with plan.reading() as session:
        found = session.scalars(select(Position).where(Position.contact_id == contact).order_by(Position.id))
        return [(p.partner_id, p.title, p.starts_on, p.ends_on, p.email) for p in found]


def answering(plan: Plan) -> dict[str, int | None]:
    with plan.reading() as session:
        return {one.text: one.contact_id for one in session.scalars(select(Commitment))}


def test_a_whole_change_is_one_step_that_can_be_taken_back(plan: Plan, scene: Scene) -> None:
    before = content(plan.path)
    following = NextPosition(scene.elsewhere, "Director", date(2026, 8, 1), "aiko@ministry.example")
    change_job(plan, replace(scene.change, following=following, successor=scene.colleague))
    assert held(plan, scene.contact) == [
        (scene.post, "Consul", date(2023, 1, 1), ENDS, "mori@post.example"),
        (scene.elsewhere, "Director", date(2026, 8, 1), None, "aiko@ministry.example"),
    ]
    assert held(plan, scene.colleague) == [(scene.post, "Consul", date(2026, 7, 1), None, None)]
    assert contact_of(plan, scene.contact).email == "aiko@ministry.example"
    assert "Aiko Mori" in (plan.undoable() or "")
    plan.undo()
    assert content(plan.path) == before


def test_the_former_address_stays_with_the_position_and_is_found(plan: Plan, scene: Scene) -> None:
    change_job(plan, scene.change)
    assert contact_of(plan, scene.contact).email is None
    assert [(hit.table, hit.record_id) for hit in plan.search("mori@post.example")] == [
        ("position", scene.position)
    ]


def test_a_private_address_stays_with_the_person(plan: Plan, scene: Scene) -> None:
    with plan.edit("Private") as edit:
        contact = edit.get(Contact, scene.contact)
        assert contact is not None
        contact.email = "aiko@home.example"
    following = NextPosition(scene.elsewhere, email="aiko@ministry.example")
    change_job(plan, replace(scene.change, following=following))
    found = contact_of(plan, scene.contact)
    assert (found.email, found.other_emails) == ("aiko@ministry.example", ("aiko@home.example",))


def test_an_address_kept_nowhere_else_moves_to_the_ended_position(plan: Plan, scene: Scene) -> None:
    with plan.edit("Bare") as edit:
        position = edit.get(Position, scene.position)
        assert position is not None
        position.email = None
    change_job(plan, replace(scene.change, following=NextPosition(scene.elsewhere, email="a@b.example")))
    assert held(plan, scene.contact)[0][4] == "mori@post.example"


def test_open_commitments_of_that_partner_alone_are_handed_over(plan: Plan, scene: Scene) -> None:
    change_job(plan, replace(scene.change, successor=scene.colleague))
    assert answering(plan) == {
        "pending": scene.colleague,
        "in progress": scene.colleague,
        "completed": scene.contact,
        "cancelled": scene.contact,
        "elsewhere": scene.contact,
    }


def test_nothing_is_handed_over_where_that_is_not_wanted(plan: Plan, scene: Scene) -> None:
    change_job(plan, replace(scene.change, successor=scene.colleague, hand_over=False))
    assert set(answering(plan).values()) == {scene.contact}


def test_somebody_new_becomes_a_contact_with_the_position(plan: Plan, scene: Scene) -> None:
    change_job(plan, replace(scene.change, successor=Newcomer("Yui", "Sato", "sato@post.example")))
    with plan.reading() as session:
        new = session.scalars(select(Contact).where(Contact.family == "Sato")).one()
        ended = session.get(Position, scene.position)
        assert ended is not None
        assert ended.successor_id == new.id
    assert held(plan, new.id) == [(scene.post, "Consul", date(2026, 7, 1), None, "sato@post.example")]


def test_the_post_gets_a_designated_head_or_a_vacancy(plan: Plan, scene: Scene) -> None:
    change_job(plan, scene.change)
    with plan.reading() as session:
        post = session.get(Partner, scene.post)
        assert post is not None
        assert (post.head_id, post.head_status) == (scene.contact, HeadStatus.DEPARTED)
    plan.undo()
    change_job(plan, replace(scene.change, successor=scene.colleague))
    with plan.reading() as session:
        post = session.get(Partner, scene.post)
        assert post is not None
        assert (post.head_id, post.head_status) == (scene.colleague, HeadStatus.DESIGNATE)
        assert (post.head_rank, post.tenure_since, post.rotation_on) == (None, date(2026, 7, 1), None)


def test_a_successor_who_is_there_already_gets_no_second_position(plan: Plan, scene: Scene) -> None:
    with plan.edit("There") as edit:
        make(edit, Position, full=False, contact_id=scene.colleague, partner_id=scene.post)
    change_job(plan, replace(scene.change, successor=scene.colleague))
    assert len(held(plan, scene.colleague)) == 1


def test_what_cannot_be_is_refused_and_leaves_no_trace(plan: Plan, scene: Scene) -> None:
    before = content(plan.path)
    wrong: list[tuple[JobChange, type[Exception]]] = [
        (replace(scene.change, ends_on=date(2020, 1, 1)), InvalidRecordError),
        (replace(scene.change, successor=scene.contact), UserError),
        (replace(scene.change, successor=Newcomer()), InvalidRecordError),
        (replace(scene.change, successor=999), NotFoundError),
        (replace(scene.change, position_id=999), NotFoundError),
        (replace(scene.change, following=NextPosition(scene.elsewhere, email="nowhere")), InvalidRecordError),
    ]
    for change, error in wrong:
        with pytest.raises(error):
            change_job(plan, change)
    assert content(plan.path) == before


def test_only_what_is_held_now_can_end(plan: Plan, scene: Scene) -> None:
    with plan.reading() as session:
        assert [p.id for p in open_positions(session, scene.contact)] == [scene.position]
    change_job(plan, scene.change)
    with plan.reading() as session:
        assert open_positions(session, scene.contact) == []
