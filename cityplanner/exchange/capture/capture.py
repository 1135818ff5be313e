"""Quick capture: a pasted signature or a line becomes a draft of records, by rules alone and without any network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from cityplanner.base.language import N_, _
from cityplanner.exchange.capture.directory import Directory, Someone
from cityplanner.exchange.capture.draft import Draft, Piece
from cityplanner.exchange.capture.line import Line, read_line
from cityplanner.exchange.capture.signature import Signature, looks_like_signature, read_signature
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import (
    Commitment,
    Engagement,
    EngagementContact,
    EngagementPartner,
    EngagementStatus,
    Format,
    Mode,
)
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.planning.romanizing import sounds

USUAL_TIME = time(9)
MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "CA"})
"""Where 3/4 is March 4."""
LONGEST = 10_000
LONGEST_TITLE = 300
_CONTACT = ("given", "family", "own_name", "email", "phone", "country", "other_emails", "other_phones")
_KINDS: tuple[tuple[str, PartnerKind], ...] = (
    ("honorary consulate", PartnerKind.HONORARY), ("consulate", PartnerKind.CONSULATE),
    ("consulate-general", PartnerKind.CONSULATE), ("embassy", PartnerKind.EMBASSY),
    ("university", PartnerKind.UNIVERSITY), ("college", PartnerKind.UNIVERSITY), ("ministry", PartnerKind.GOVERNMENT),
    ("prefecture", PartnerKind.REGION), ("association", PartnerKind.ASSOCIATION), ("chamber", PartnerKind.TRADE),
    ("foundation", PartnerKind.FUNDER), ("museum", PartnerKind.CULTURE), ("network", PartnerKind.NETWORK),
    ("gmbh", PartnerKind.BUSINESS), ("inc", PartnerKind.BUSINESS), ("ltd", PartnerKind.BUSINESS),
    ("llc", PartnerKind.BUSINESS), ("company", PartnerKind.BUSINESS), ("city", PartnerKind.CITY),
)  # fmt: skip
_AT_ENGAGEMENT = N_("Took part")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when something is captured."""

    today: date
    zone: str
    country: str | None = None

    @property
    def day_first(self) -> bool:
        """Whether 3/4 is April 3 here."""
        return self.country not in MONTH_FIRST


def capture(text: str, known: Directory, setting: Setting) -> Draft:
    """What a text would become; an empty draft with a hint where nothing is understood. Never an error."""
    text = text.strip()[:LONGEST]
    if not text:
        return Draft(hint=_("Type what happened or will happen, or paste an e-mail signature."))
    if looks_like_signature(text):
        return _from_signature(read_signature(text, setting.country), known)
    return _from_line(read_line(text, setting.today, day_first=setting.day_first), text, known, setting)


# --- signatures ------------------------------------------------------------------------------------------


def _from_signature(said: Signature, known: Directory) -> Draft:
    if not (said.given or said.family or said.own_name):
        return Draft(hint=_("No name was found in this signature. Put the name on a line of its own."))
    address = next((e for e in said.emails if e.casefold() in known.by_email), "")
    contact = known.by_email.get(address.casefold()) if address else None
    partner = _organization(said, known)
    pieces: list[Piece] = []
    hint = ""
    if said.organization and partner is None:
        kind = _kind(said.organization)
        values = {"name": said.organization, "kind": kind, "website": said.website, "country": said.country}
        pieces.append(Piece("partner", Partner, values, ("name", "kind", "country", "website")))
    if contact is None:
        pieces.append(_contact(said))
    else:
        hint = _("{name} is a contact already; only the position is added.").format(
            name=known.contacts[contact]
        )
    if said.organization or said.title:
        pieces.append(_position(said, contact, partner, known))
    return Draft(tuple(pieces), hint)


def _organization(said: Signature, known: Directory) -> Someone | None:
    """The partner whose name the signature gives, word for word; a mere likeness is left to the user."""
    found = known.partner(said.organization) if said.organization else None
    if found is None:
        return None
    ours, theirs = set(sounds(found.title)), set(sounds(said.organization))
    return found if ours <= theirs or theirs <= ours else None


def _contact(said: Signature) -> Piece:
    values = {
        "given": said.given,
        "family": said.family,
        "own_name": said.own_name,
        "email": said.emails[0] if said.emails else None,
        "other_emails": said.emails[1:],
        "phone": said.phones[0] if said.phones else None,
        "other_phones": said.phones[1:],
        "country": said.country,
    }
    return Piece(
        "contact", Contact, values, tuple(name for name in _CONTACT if values[name] or name in _CONTACT[:5])
    )


def _position(said: Signature, contact: int | None, partner: Someone | None, known: Directory) -> Piece:
    values = {
        "title": said.title,
        "email": said.emails[0] if said.emails else None,
        "contact_id": contact,
        "partner_id": partner.id if partner else None,
    }
    ties: dict[str, tuple[str, str]] = {}
    titles: dict[str, str] = {}
    shown = ["title", "email"]
    if contact is None:
        ties["contact_id"] = ("contact", "id")
    else:
        shown.insert(0, "contact_id")
        titles["contact_id"] = known.contacts[contact]
    if partner is None and said.organization:
        ties["partner_id"] = ("partner", "id")
    else:
        shown.append("partner_id")
        titles["partner_id"] = partner.title if partner else ""
    return Piece("position", Position, values, tuple(shown), titles, ties, ("contact_id", "partner_id"))


def _kind(name: str) -> PartnerKind:
    words = set(name.casefold().replace(",", " ").split())
    folded = name.casefold()
    found = (kind for said, kind in _KINDS if (said in words if " " not in said else said in folded))
    return next(found, PartnerKind.CITY if "city" in words else PartnerKind.DEPARTMENT)


# --- lines -----------------------------------------------------------------------------------------------


def _from_line(said: Line, text: str, known: Directory, setting: Setting) -> Draft:
    partner = known.partner(said.title) or known.partner(text)
    contact = known.contact(said.title or text, partner.id if partner else None)
    if partner is None and contact is not None:
        partner = known.partner_of(contact.id)
    when = said.day is not None or said.time is not None
    happens = bool(said.title) and (said.tells_of_encounter or (when and (partner or contact) is not None))
    if not happens and not said.promises:
        return Draft(
            hint=_("Nothing was understood. Write it like: call with the Nagoya consul tomorrow 10:00,")
            + " "
            + _("send the draft by Friday.")
        )
    pieces: list[Piece] = []
    if happens:
        pieces.append(_engagement(said, setting))
    pieces += _taking_part(partner, contact, happens=happens)
    pieces += [_commitment(number, said, partner, contact, happens) for number in range(len(said.promises))]
    return Draft(tuple(pieces), _line_hint(said, partner, happens))


def _line_hint(said: Line, partner: Someone | None, happens: bool) -> str:
    if partner is None:
        return _("No partner of the plan was recognized. Choose one below.")
    if happens and said.time is None:
        return _("No time was given: 9:00 is assumed.")
    return ""


def _engagement(said: Line, setting: Setting) -> Piece:
    local = datetime.combine(said.day or setting.today, said.time or USUAL_TIME, ZoneInfo(setting.zone))
    values = {
        "title": said.title[:LONGEST_TITLE],
        "starts_at": local.astimezone(UTC),
        "minutes": said.minutes,
        "zone": setting.zone,
        "format": said.format or Format.MEETING,
        "mode": said.mode or Mode.IN_PERSON,
        "status": EngagementStatus.PLANNED if local.date() > setting.today else EngagementStatus.COMPLETED,
    }
    shown = ("title", "starts_at", "minutes", "format", "mode", "status")
    return Piece("engagement", Engagement, values, shown)


def _taking_part(partner: Someone | None, contact: Someone | None, *, happens: bool) -> list[Piece]:
    ties = {"engagement_id": ("engagement", "id")}
    with_partner = Piece(
        "with_partner", EngagementPartner, {"engagement_id": None, "partner_id": partner.id if partner else None},
        ("partner_id",), {"partner_id": partner.title if partner else ""}, ties, ("engagement_id", "partner_id"),
        label=_AT_ENGAGEMENT if happens else "",
    )  # fmt: skip
    with_contact = Piece(
        "with_contact", EngagementContact, {"engagement_id": None, "contact_id": contact.id if contact else None},
        ("contact_id",), {"contact_id": contact.title if contact else ""}, ties, ("engagement_id", "contact_id"),
    )  # fmt: skip
    return [with_partner, with_contact]


def _commitment(
    number: int, said: Line, partner: Someone | None, contact: Someone | None, happens: bool
) -> Piece:
    promise = said.promises[number]
    values = {
        "text": promise.text[:LONGEST_TITLE],
        "side": promise.side,
        "due_on": promise.due_on,
        "partner_id": partner.id if partner else None,
        "contact_id": contact.id if contact else None,
        "engagement_id": None,
    }
    ties = {"partner_id": ("with_partner", "partner_id"), "contact_id": ("with_contact", "contact_id")}
    if happens:
        ties["engagement_id"] = ("engagement", "id")
    return Piece(f"commitment{number}", Commitment, values, ("text", "due_on", "side"), ties=ties)
