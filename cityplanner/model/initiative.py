"""Initiatives: what the office does, at which service levels, for which recommendations and with whom."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _, current
from cityplanner.model import field as f
from cityplanner.model.engagement import Mode
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete
from cityplanner.model.roundtable import Theme


class InitiativeStatus(StrEnum):
    """Where an initiative stands."""

    DRAFT = N_("draft")
    NOT_STARTED = N_("not started")
    PROGRESS = N_("in progress")
    SUSPENDED = N_("suspended")
    CLOSED = N_("closed")


_EQUITY = N_("Equity lens")
_SDG = re.compile(r"^(1[0-7]|[1-9])(\.(\d{1,2}|[a-z]))?\Z")


class Initiative(Entity):
    """A programme, project or service with an objective that answers recommendations."""

    __tablename__ = "initiative"
    __label__ = N_("initiative")
    __plural__ = N_("initiatives")
    __title__ = ("code", "title")
    __order__ = ("code",)

    code: Mapped[str] = f.code(N_("Code"))
    title: Mapped[str] = f.title(N_("Title"))
    theme: Mapped[Theme] = f.choice(N_("Theme"), Theme, required=True, listed=True)
    status: Mapped[InitiativeStatus] = f.choice(
        N_("Status"), InitiativeStatus, InitiativeStatus.DRAFT, listed=True
    )
    status_reason: Mapped[str] = f.text(N_("Reason"), help=N_("Why it is suspended or closed."))
    lead: Mapped[str] = f.text(N_("Lead"), listed=True)
    starts_on: Mapped[date | None] = f.date(N_("Starts on"), listed=True)
    ends_on: Mapped[date | None] = f.date(N_("Ends on"), listed=True)
    delivery: Mapped[Mode | None] = f.choice(N_("Delivery mode"), Mode)
    sdgs: Mapped[tuple[str, ...]] = f.words(
        N_("SDGs"), longest=5, listed=True, help=N_("Goals 1 to 17 or target codes such as 16.b.")
    )
    objective: Mapped[str] = f.long_text(N_("Objective"))
    risks: Mapped[str] = f.long_text(N_("Risks"))
    equity_served: Mapped[str] = f.long_text(N_("Who is served"), group=_EQUITY)
    equity_decides: Mapped[str] = f.long_text(N_("Who decides"), group=_EQUITY)
    equity_left_out: Mapped[str] = f.long_text(N_("Who is left out"), group=_EQUITY)

    def check(self) -> list[Problem]:
        """Suspended and closed need a reason; dates follow each other; SDG codes exist."""
        found = super().check()
        if (
            self.status in (InitiativeStatus.SUSPENDED, InitiativeStatus.CLOSED)
            and not (self.status_reason or "").strip()
        ):
            found.append(
                self.problem("status_reason", _("is missing. Say why the initiative is suspended or closed."))
            )
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            found.append(self.problem("ends_on", _("is before the beginning. Choose a later date.")))
        wrong = [code for code in self.sdgs or [] if not _SDG.match(code)]
        if wrong:
            found.append(
                self.problem(
                    "sdgs",
                    _("“{code}” is not an SDG. Use a goal from 1 to 17 or a target such as 16.b.").format(
                        code=wrong[0]
                    ),
                )
            )
        return found

    def unsettled(self, count: int) -> Problem:
        """What stands against closing it while so many commitments are open."""
        open_ones = current().plural(
            "one commitment made for it is open", "{n} commitments made for it are open", count
        )
        text = _(
            "cannot become “closed” while {open}. Say what becomes of them with “Close or suspend” in the "
            "overview of the initiative."
        )
        return self.problem("status", text.format(open=open_ones))


class InitiativePartner(Entity):
    """A partner that an initiative is carried out with or for."""

    __tablename__ = "initiative_partner"
    __label__ = N_("partner of an initiative")
    __plural__ = N_("partners of initiatives")
    __title__ = ("initiative_id", "partner_id")
    __unique__ = ("initiative_id", "partner_id")

    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    partner_id: Mapped[int] = f.link("partner", N_("Partner"), on_delete=OnDelete.OWN, listed=True)


class InitiativeAgreement(Entity):
    """An agreement that an initiative carries out."""

    __tablename__ = "initiative_agreement"
    __label__ = N_("agreement of an initiative")
    __plural__ = N_("agreements of initiatives")
    __title__ = ("initiative_id", "agreement_id")
    __unique__ = ("initiative_id", "agreement_id")

    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    agreement_id: Mapped[int] = f.link("agreement", N_("Agreement"), on_delete=OnDelete.OWN, listed=True)


class MilestoneStatus(StrEnum):
    """How far a milestone is; late is derived from the due date."""

    PENDING = N_("pending")
    REACHED = N_("reached")
    DROPPED = N_("dropped")


class Milestone(Entity):
    """A dated step of an initiative."""

    __tablename__ = "milestone"
    __label__ = N_("milestone")
    __plural__ = N_("milestones")
    __order__ = ("due_on",)

    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    title: Mapped[str] = f.title(N_("Milestone"))
    due_on: Mapped[date] = f.date(N_("Due on"), required=True, listed=True)
    status: Mapped[MilestoneStatus] = f.choice(
        N_("Status"), MilestoneStatus, MilestoneStatus.PENDING, listed=True
    )
    reached_on: Mapped[date | None] = f.date(N_("Reached on"), listed=True)


class LevelKind(StrEnum):
    """How much of an initiative a service level keeps."""

    FULL = N_("full")
    REDUCED = N_("reduced")
    VIRTUAL = N_("virtual")
    PAUSE = N_("pause")
    OTHER = N_("other")


class ServiceLevel(Entity):
    """A decision package: its staff and the share of the result it keeps; budget lines say its cost."""

    __tablename__ = "service_level"
    __label__ = N_("service level")
    __plural__ = N_("service levels")
    __title__ = ("initiative_id", "title")
    __order__ = ("initiative_id", "-result_share")
    __unique__ = ("initiative_id", "title")

    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    title: Mapped[str] = f.title(N_("Service level"))
    kind: Mapped[LevelKind] = f.choice(N_("Kind"), LevelKind, LevelKind.FULL, listed=True)
    fte: Mapped[Decimal] = f.number(N_("Staff"), unit=N_("FTE"), maximum=1000, required=True, listed=True)
    result_share: Mapped[int] = f.percent(
        N_("Share of the result"),
        required=True,
        listed=True,
        help=N_("How much of the full result this level keeps."),
    )
    mandated: Mapped[bool] = f.flag(
        N_("Mandated"), help=N_("Law or council requires at least this level; no plan goes below it.")
    )
    description: Mapped[str] = f.long_text(N_("What it does"))


class Category(StrEnum):
    """What money is spent on."""

    PERSONNEL = N_("personnel")
    TRAVEL = N_("travel")
    EVENTS = N_("events and hospitality")
    PROGRAMMES = N_("programmes and grants")
    DUES = N_("dues")
    DIGITAL = N_("digital")
    SERVICES = N_("services")


class BudgetLine(Entity):
    """What a service level costs one fund in a year, besides the office's own staff (see `StaffPosition`)."""

    __tablename__ = "budget_line"
    __label__ = N_("budget line")
    __plural__ = N_("budget lines")
    __title__ = ("service_level_id", "category", "fund_id")

    service_level_id: Mapped[int] = f.link(
        "service_level", N_("Service level"), on_delete=OnDelete.OWN, listed=True
    )
    fund_id: Mapped[int] = f.link("fund", N_("Fund"), required=True, listed=True)
    category: Mapped[Category] = f.choice(N_("Category"), Category, Category.PROGRAMMES, listed=True)
    amount: Mapped[int] = f.money(N_("Amount"), required=True, listed=True)
    note: Mapped[str] = f.text(N_("Note"))


class ContributionKind(StrEnum):
    """How closely an initiative answers a recommendation."""

    DIRECT = N_("direct")
    SUPPORTING = N_("supporting")
    ENABLING = N_("enabling")


class Contribution(Entity):
    """An initiative's answer to a recommendation."""

    __tablename__ = "contribution"
    __label__ = N_("contribution")
    __plural__ = N_("contributions")
    __title__ = ("initiative_id", "source_item_id")
    __unique__ = ("initiative_id", "source_item_id")

    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    source_item_id: Mapped[int] = f.link(
        "source_item", N_("Recommendation"), on_delete=OnDelete.OWN, listed=True
    )
    kind: Mapped[ContributionKind] = f.choice(
        N_("Contribution"), ContributionKind, ContributionKind.SUPPORTING, listed=True
    )
    note: Mapped[str] = f.text(N_("Note"), listed=True)


class DependencyKind(StrEnum):
    """How two initiatives depend on each other."""

    REQUIRES = N_("requires")
    EXCLUDES = N_("excludes")


class Dependency(Entity):
    """An initiative that needs another one to run, or cannot run beside it."""

    __tablename__ = "dependency"
    __label__ = N_("dependency")
    __plural__ = N_("dependencies")
    __title__ = ("initiative_id", "kind", "other_id")
    __unique__ = ("initiative_id", "other_id")

    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)
    kind: Mapped[DependencyKind] = f.choice(
        N_("Relation"), DependencyKind, DependencyKind.REQUIRES, listed=True
    )
    other_id: Mapped[int] = f.link("initiative", N_("Other initiative"), on_delete=OnDelete.OWN, listed=True)

    def check(self) -> list[Problem]:
        """An initiative cannot depend on itself."""
        found = super().check()
        if self.initiative_id is not None and self.initiative_id == self.other_id:
            found.append(self.problem("other_id", _("is the initiative itself. Choose another.")))
        return found
