"""Money and staff: funds with their yearly amounts and restrictions, and staff positions."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_
from cityplanner.model import field as f
from cityplanner.model.entity import Entity
from cityplanner.model.field import OnDelete
from cityplanner.model.roundtable import Theme

FIRST_YEAR, LAST_YEAR = 1990, 2100


class FundType(StrEnum):
    """The accounting type of a fund (GASB)."""

    GENERAL = N_("general")
    SPECIAL = N_("special revenue")
    CAPITAL = N_("capital projects")
    DEBT = N_("debt service")
    PERMANENT = N_("permanent")
    ENTERPRISE = N_("enterprise")
    INTERNAL = N_("internal service")
    FIDUCIARY = N_("fiduciary")


class FundSource(StrEnum):
    """Where a fund's money comes from."""

    APPROPRIATION = N_("appropriation")
    GRANT = N_("grant")
    DONATION = N_("donation")
    IN_KIND = N_("in kind")
    DUES = N_("dues")
    FEE = N_("fee")


class Term(StrEnum):
    """Whether money comes once or every year."""

    ONE_TIME = N_("one-time")
    ONGOING = N_("ongoing")


class Fund(Entity):
    """A pot of money; without a restriction it may pay for anything."""

    __tablename__ = "fund"
    __label__ = N_("fund")
    __plural__ = N_("funds")
    __title__ = ("code", "title")
    __order__ = ("code",)

    code: Mapped[str] = f.code(N_("Code"))
    title: Mapped[str] = f.title(N_("Fund"))
    type: Mapped[FundType] = f.choice(N_("Type"), FundType, FundType.GENERAL, listed=True)
    source: Mapped[FundSource] = f.choice(N_("Source"), FundSource, FundSource.APPROPRIATION, listed=True)
    term: Mapped[Term] = f.choice(N_("Term"), Term, Term.ONGOING, listed=True)
    themes: Mapped[tuple[str, ...]] = f.choices(
        N_("Restricted to themes"), Theme, help=N_("Empty: not restricted by theme.")
    )
    notes: Mapped[str] = f.long_text(N_("Notes"))


class FundAmount(Entity):
    """What a fund holds in a fiscal year."""

    __tablename__ = "fund_amount"
    __label__ = N_("amount of a fund")
    __plural__ = N_("amounts of funds")
    __title__ = ("fund_id", "fiscal_year")
    __order__ = ("fiscal_year",)
    __unique__ = ("fund_id", "fiscal_year")

    fund_id: Mapped[int] = f.link("fund", N_("Fund"), on_delete=OnDelete.OWN, listed=True)
    fiscal_year: Mapped[int] = f.integer(
        N_("Fiscal year"),
        minimum=FIRST_YEAR,
        maximum=LAST_YEAR,
        required=True,
        listed=True,
        help=N_("The year it ends in."),
    )
    amount: Mapped[int] = f.money(N_("Amount"), required=True, listed=True)


class FundRestriction(Entity):
    """An initiative that a restricted fund may pay for."""

    __tablename__ = "fund_restriction"
    __label__ = N_("initiative a fund may pay for")
    __plural__ = N_("initiatives funds may pay for")
    __title__ = ("fund_id", "initiative_id")
    __unique__ = ("fund_id", "initiative_id")

    fund_id: Mapped[int] = f.link("fund", N_("Fund"), on_delete=OnDelete.OWN, listed=True)
    initiative_id: Mapped[int] = f.link("initiative", N_("Initiative"), on_delete=OnDelete.OWN, listed=True)


class StaffPosition(Entity):
    """A post in the office. Its salary and benefits are charged to its fund; furlough and freezing save them."""

    __tablename__ = "staff_position"
    __label__ = N_("staff position")
    __plural__ = N_("staff positions")
    __order__ = ("title",)

    title: Mapped[str] = f.title(N_("Title"))
    fte: Mapped[Decimal] = f.number(N_("FTE"), maximum=1, required=True, listed=True)
    salary: Mapped[int] = f.money(N_("Salary"), required=True, listed=True)
    benefits: Mapped[int] = f.money(N_("Benefits"), required=True, listed=True)
    fund_id: Mapped[int | None] = f.link("fund", N_("Paid from"), on_delete=OnDelete.CLEAR, listed=True)
    vacant: Mapped[bool] = f.flag(N_("Vacant"), listed=True)
    notes: Mapped[str] = f.long_text(N_("Notes"))
