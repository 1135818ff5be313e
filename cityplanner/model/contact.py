"""Contacts: the people at partners, and the dated positions that tie them to one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.columns import EMPTY
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete, Search


class Contact(Entity):
    """A person, named as they name themselves."""

    __tablename__ = "contact"
    __label__ = N_("contact")
    __plural__ = N_("contacts")
    __title__ = ("given", "family")
    __title_else__ = ("own_name",)
    __order__ = ("family", "given")

    given: Mapped[str] = f.text(N_("Given name"), search=Search.NAME, listed=True, longest=120)
    family: Mapped[str] = f.text(N_("Family name"), search=Search.NAME, listed=True, longest=120)
    own_name: Mapped[str] = f.text(N_("Name in own script"), search=Search.NAME, listed=True)
    pronunciation: Mapped[str] = f.text(N_("Pronunciation"))
    address_form: Mapped[str] = f.text(N_("Form of address"), help=N_("Such as Her Excellency or Mr. Mayor."))
    salutation: Mapped[str] = f.text(N_("Salutation"), help=N_("How a letter to this person begins."))
    email: Mapped[str | None] = f.email(N_("E-mail"), listed=True, index=True)
    other_emails: Mapped[tuple[str, ...]] = f.emails(N_("Other e-mails"))
    phone: Mapped[str | None] = f.phone(N_("Phone"), listed=True)
    other_phones: Mapped[tuple[str, ...]] = f.phones(N_("Other phones"))
    country: Mapped[str | None] = f.country(N_("Country"))
    languages: Mapped[tuple[str, ...]] = f.languages(N_("Languages"), listed=True)
    do_not_contact: Mapped[bool] = f.flag(
        N_("Do not contact"), help=N_("Left out of every list meant for sending.")
    )
    protocol: Mapped[str] = f.long_text(N_("Protocol notes"))
    notes: Mapped[str] = f.long_text(N_("Notes"))

    @property
    def full_name(self) -> str:
        """Given and family name, or the name in own script where that is all there is."""
        return " ".join(filter(None, (self.given, self.family))) or self.own_name

    def check(self) -> list[Problem]:
        """A person needs a name in some script."""
        found = super().check()
        if not f"{self.given or ''}{self.family or ''}{self.own_name or ''}".strip():
            found.append(
                self.problem(
                    "family", _("is missing. Give a family name, a given name or the name in own script.")
                )
            )
        return found


_names = Contact.__table__.c
Index(  # as a list is ordered by them: without regard to case, empty ones last
    "ix_contact_name",
    _names.family == EMPTY,
    func.lower(_names.family),
    _names.given == EMPTY,
    func.lower(_names.given),
)


class Position(Entity):
    """What a person is at a partner, from when to when; former addresses stay with it and stay searchable."""

    __tablename__ = "position"
    __label__ = N_("position")
    __plural__ = N_("positions")
    __title__ = ("contact_id", "title", "partner_id")
    __order__ = ("-starts_on",)

    contact_id: Mapped[int] = f.link("contact", N_("Contact"), on_delete=OnDelete.OWN, listed=True)
    partner_id: Mapped[int] = f.link("partner", N_("Partner"), on_delete=OnDelete.OWN, listed=True)
    title: Mapped[str] = f.text(
        N_("Position"), listed=True, help=N_("Such as Consul General or Head of Protocol.")
    )
    rank: Mapped[str] = f.text(N_("Rank"))
    starts_on: Mapped[date | None] = f.date(N_("From"), listed=True)
    ends_on: Mapped[date | None] = f.date(N_("Until"), listed=True)
    email: Mapped[str | None] = f.email(N_("E-mail of the position"), index=True)
    phone: Mapped[str | None] = f.phone(N_("Phone of the position"))
    successor_id: Mapped[int | None] = f.link(
        "contact", N_("Successor"), on_delete=OnDelete.CLEAR, help=N_("Takes over open commitments.")
    )

    def check(self) -> list[Problem]:
        """A position ends after it begins."""
        found = super().check()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            found.append(self.problem("ends_on", _("is before the beginning. Choose a later date.")))
        return found
