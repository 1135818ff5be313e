"""The limits a plan has to keep to, each with a name of its own, and how they are said in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cityplanner.base.language import N_, Language, current
from cityplanner.planning.optimum import supply
from cityplanner.planning.optimum.problem import Problem


class LimitKind(StrEnum):
    """What limits a plan."""

    FUND = N_("amount of a fund")
    RESTRICTION = N_("restriction of a fund")
    UNFUNDED = N_("cost without a fund")
    STAFF = N_("staff")
    CONTACT = N_("keeping in touch")
    MANDATE = N_("mandate")
    REQUIRES = N_("requires")
    EXCLUDES = N_("excludes")
    THEME = N_("floor of a theme")
    EQUITY = N_("equity floor")
    LOCK = N_("decision that is kept")


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """One limit: `key` is the id of its fund or initiative, `other` of the other initiative, or a `theme`."""

    kind: LimitKind
    key: int = 0
    other: int = 0
    theme: str = ""


def limit_words(limit: Limit, problem: Problem, currency: str, language: Language | None = None) -> str:
    """A limit as a sentence, for page, paper and command line."""
    say = language or current()
    values = _values(limit, problem, currency, say)
    plain = limit.kind is LimitKind.FUND and not supply.charged(problem)[limit.key]
    return say.text(N_("{fund} has {money}.") if plain else _TEXTS[limit.kind]).format(**values)


def limits_words(
    limits: Iterable[Limit], problem: Problem, currency: str, language: Language | None = None
) -> tuple[str, ...]:
    """Several limits, one sentence each."""
    return tuple(limit_words(limit, problem, currency, language) for limit in limits)


_TEXTS = {
    LimitKind.FUND: N_("{fund} has {money}, and staff positions take {staff_money} of it."),
    LimitKind.RESTRICTION: N_("{fund} pays only for what its restriction allows."),
    LimitKind.UNFUNDED: N_("Every cost needs a fund."),
    LimitKind.STAFF: N_("There are {fte} FTE after furlough."),
    LimitKind.CONTACT: N_("Keeping in touch with partners takes {hours} hours a year."),
    LimitKind.MANDATE: N_("{initiative} has a mandated service level."),
    LimitKind.REQUIRES: N_("{initiative} requires {other}."),
    LimitKind.EXCLUDES: N_("{initiative} excludes {other}."),
    LimitKind.THEME: N_("Coverage of {theme} stays at {share} or more."),
    LimitKind.EQUITY: N_("Equity stays at {share} of what is possible, or more."),
    LimitKind.LOCK: N_("The decision on {initiative} is kept."),
}


def _values(limit: Limit, problem: Problem, currency: str, say: Language) -> dict[str, str]:
    titles = {one.id: one.title for one in problem.office.initiatives}
    match limit.kind:
        case LimitKind.FUND | LimitKind.RESTRICTION:
            return _fund_values(limit.key, problem, currency, say)
        case LimitKind.STAFF:
            return {"fte": say.number(float(supply.staff(problem)), 2)}
        case LimitKind.CONTACT:
            return {"hours": say.number(float(supply.contact_hours(problem)), 0)}
        case LimitKind.THEME:
            share = float(problem.theme_floors[limit.theme])
            return {"theme": say.text(limit.theme), "share": say.percent(share)}
        case LimitKind.EQUITY:
            return {"share": say.percent(float(problem.equity_floor))}
        case _:
            return {"initiative": titles.get(limit.key, ""), "other": titles.get(limit.other, "")}


def _fund_values(key: int, problem: Problem, currency: str, say: Language) -> dict[str, str]:
    names = {fund.id: fund.name for fund in problem.office.funds}
    return {
        "fund": names[key],
        "money": say.money(supply.amounts(problem)[key], currency),
        "staff_money": say.money(supply.charged(problem)[key], currency),
    }
