"""Ending an initiative: its status and reason, and what becomes of each open commitment, as one change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import N_, _, current
from cityplanner.model.engagement import Commitment, CommitmentStatus, EngagementInitiative
from cityplanner.model.entity import InvalidRecordError
from cityplanner.model.initiative import Initiative, InitiativeStatus
from cityplanner.store.journal import Editing
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.initiatives import open_commitments
from cityplanner.store.rows import Change

ENDS = (InitiativeStatus.CLOSED, InitiativeStatus.SUSPENDED)


class Fate(StrEnum):
    """What becomes of a commitment when its initiative ends."""

    KEPT = N_("stays with the partner")
    PASSED_ON = N_("goes to another initiative")
    COMPLETED = N_("is completed")
    CANCELLED = N_("is cancelled")


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of one commitment: who owns it from now on, which initiative takes it, or why it is dropped.

    `owner` counts for what stays open, `other_id` for what is passed on; `note` is the reason or the proof.
    """

    fate: Fate
    owner: str = ""
    other_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How an initiative ends: closed or suspended, why, on which day, and its commitments by id."""

    initiative_id: int
    status: InitiativeStatus
    reason: str
    on: date
    settlements: Mapping[int, Settlement]


def end(plan: Plan, wanted: Ending) -> Change | None:
    """Close or suspend an initiative with all that has to be said about its commitments.

    Raises `NotFoundError` where a record is gone, `UserError` where a commitment was left out or its answer
    is not whole.
    """
    closing = wanted.status is InitiativeStatus.CLOSED
    with plan.reading() as session:
        found = session.get(Initiative, wanted.initiative_id)
        code = found.code if found else ""
    label = _("Close initiative {code}") if closing else _("Suspend initiative {code}")
    with plan.edit(label.format(code=code)) as edit:
        initiative = edit.get(Initiative, wanted.initiative_id)
        if initiative is None:
            raise NotFoundError(
                _("This initiative was deleted in the meantime."), _("Undo the deletion to get it back.")
            )
        promised = open_commitments(edit, initiative.id)
        left = [one.text for one in promised if one.id not in wanted.settlements]
        if left:
            raise UserError(_("Say what becomes of “{text}”.").format(text=left[0]))
        if not wanted.reason.strip():
            raise InvalidRecordError(
                initiative, [initiative.problem("status_reason", _("is missing. Say why it ends."))]
            )
        for commitment in promised:
            _settle(edit, commitment, wanted.settlements[commitment.id], initiative, wanted)
        # The commitments first: the rule of the door looks at what became of them.
        edit.flush()
        initiative.status, initiative.status_reason = wanted.status, wanted.reason.strip()
    return edit.change


def _settle(
    edit: Editing, commitment: Commitment, chosen: Settlement, initiative: Initiative, wanted: Ending
) -> None:
    note = chosen.note.strip()
    if chosen.fate is Fate.COMPLETED:
        commitment.status, commitment.completed_on = CommitmentStatus.COMPLETED, wanted.on
    elif chosen.fate is Fate.CANCELLED:
        if not note:
            raise UserError(_("Say why “{text}” is cancelled.").format(text=commitment.text))
        commitment.status = CommitmentStatus.CANCELLED
    elif chosen.fate is Fate.PASSED_ON:
        note = " ".join(filter(None, (_pass_on(edit, commitment, chosen, initiative), note)))
    if commitment.status.is_open and chosen.owner.strip():
        commitment.owner = chosen.owner.strip()
    commitment.evidence = "\n".join(filter(None, (commitment.evidence, _said(initiative, wanted, note))))


def _said(initiative: Initiative, wanted: Ending, note: str) -> str:
    """A line for the commitment: when and why it was looked at."""
    closed = wanted.status is InitiativeStatus.CLOSED
    text = _("{day}: initiative {code} closed.") if closed else _("{day}: initiative {code} suspended.")
    return " ".join(filter(None, (text.format(day=current().date(wanted.on), code=initiative.code), note)))


def _pass_on(edit: Editing, commitment: Commitment, chosen: Settlement, initiative: Initiative) -> str:
    """Link where the promise was made to the initiative that takes it over; a commitment has no other tie."""
    other = edit.get(Initiative, chosen.other_id) if chosen.other_id is not None else None
    if other is None:
        raise UserError(_("Say which initiative takes “{text}” over.").format(text=commitment.text))
    if other.id == initiative.id or other.status is InitiativeStatus.CLOSED:
        raise UserError(
            _("{code} cannot take “{text}” over.").format(code=other.code, text=commitment.text),
            _("Choose another initiative that is not closed."),
        )
    serves = select(EngagementInitiative).where(
        EngagementInitiative.engagement_id == commitment.engagement_id,
        EngagementInitiative.initiative_id == other.id,
    )
    if commitment.engagement_id is not None and edit.scalars(serves).first() is None:
        edit.add(EngagementInitiative(engagement_id=commitment.engagement_id, initiative_id=other.id))
        edit.flush()
    return _("Passed on to {code}.").format(code=other.code)
