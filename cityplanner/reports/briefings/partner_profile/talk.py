"""What to speak of and what to mind: points that follow from dated records, never from anything else."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.agreement import AgreementStatus
from cityplanner.model.engagement import Side
from cityplanner.model.ledger import AidStatus, Direction
from cityplanner.model.partner import Sensitivity
from cityplanner.reports.blocks import Block, ListBlock, Paragraph
from cityplanner.reports.briefings.partner_profile.gather import Profile
from cityplanner.reports.voice import Voice

MOST_OF_EACH = 4
_CAME = (AidStatus.SHIPPED, AidStatus.RECEIVED)
_UNEASY = (AgreementStatus.DORMANT, AgreementStatus.SUSPENDED, AgreementStatus.TERMINATED)


def talking_points(profile: Profile, voice: Voice) -> Iterator[Block]:
    """What a conversation should not leave out, each point with the day of its record."""
    points = tuple(_points(profile, voice))
    if points:
        yield ListBlock(points)
    else:
        yield Paragraph(voice.t(N_("The records hold nothing that is open with this partner.")))


def _points(profile: Profile, voice: Voice) -> Iterator[str]:
    for one in [aid for aid in profile.aid if aid.direction is Direction.RECEIVED and aid.status in _CAME][
        :MOST_OF_EACH
    ]:
        yield voice.t(N_("Thank them for: {item} ({day})."), item=one.item, day=voice.day(one.occurred_on))
    for promise in profile.side(Side.OURS)[:MOST_OF_EACH]:
        yield voice.t(
            N_("Report on our promise: {text} (due {day})."), text=promise.text, day=voice.day(promise.due_on)
        )
    for promise in profile.side(Side.THEIRS)[:MOST_OF_EACH]:
        yield voice.t(
            N_("Ask about their promise: {text} (due {day})."),
            text=promise.text,
            day=voice.day(promise.due_on),
        )
    for bond in profile.agreements:
        if bond.renewal.expires_on is not None and (bond.renewal.days_left or 0) >= 0:
            yield voice.t(
                N_("Speak of renewing “{title}”, which ends on {day}."),
                title=bond.agreement.title,
                day=voice.day(bond.renewal.expires_on),
            )
    for engagement in profile.engagements[:1]:
        if engagement.result or engagement.decisions:
            yield voice.t(
                N_("Take up where “{title}” of {day} ended: {result}"),
                title=engagement.title,
                day=voice.moment(engagement.starts_at, engagement.zone),
                result=engagement.result or engagement.decisions,
            )


def sensitivities(profile: Profile, voice: Voice) -> Iterator[Block]:
    """What to mind; for internal use the partner's notes too."""
    points = tuple(_cares(profile, voice))
    if points:
        yield ListBlock(points)


def _cares(profile: Profile, voice: Voice) -> Iterator[str]:
    if profile.partner.sensitivity is not Sensitivity.PUBLIC:
        yield voice.t(
            N_("This partner is marked “{mark}”: nothing of this may be published."),
            mark=voice.choice(profile.partner.sensitivity),
        )
    for bond in profile.agreements:
        if bond.agreement.status in _UNEASY:
            yield voice.t(
                N_("“{title}” is {status}."),
                title=bond.agreement.title,
                status=voice.say.text(bond.agreement.status),
            )
    if not profile.internal:
        return
    for one in profile.people:
        if one.contact.do_not_contact:
            yield voice.t(N_("{name} does not wish to be contacted."), name=one.contact.full_name)
    if profile.partner.notes:
        yield profile.partner.notes
