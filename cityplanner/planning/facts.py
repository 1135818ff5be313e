"""What the calculations are told about the office: plain frozen values, no records and no session.

Money is integer minor units of one currency, FTE and hours are `Decimal`, shares are whole per cent.
Kinds are the stored words of the model's enumerations, so a member of one may be passed as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

PAUSE = "pause"
FULL_RESULT = 100
HEAVIEST = 5


@dataclass(frozen=True, slots=True)
class RecommendationFact:
    """A recommendation and the office's answer; `weight` 0-5, `supported` when supported at least in part."""

    id: int
    code: str
    title: str
    theme: str
    roundtable_id: int
    weight: int
    supported: bool

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= HEAVIEST:
            raise ValueError(
                f"weight {self.weight} of recommendation {self.id} is not between 0 and {HEAVIEST}"
            )


@dataclass(frozen=True, slots=True)
class InitiativeFact:
    """An initiative; `sdgs` are the numbers 1-17 of the goals it serves.

    A mandated level is the least that law or council lets it fall to. Without `ends_on` it has no end set.
    """

    id: int
    code: str
    title: str
    theme: str
    mandated_level_id: int | None = None
    sdgs: tuple[int, ...] = ()
    partner_ids: tuple[int, ...] = ()
    agreement_ids: tuple[int, ...] = ()
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class LineFact:
    """One budget line in minor units at base-year prices; without a fund nobody pays for it yet."""

    fund_id: int | None
    category: str
    amount: int


@dataclass(frozen=True, slots=True)
class LevelFact:
    """A service level: what it costs a year, the FTE it takes, and the per cent of the result it keeps."""

    id: int
    initiative_id: int
    kind: str
    fte: Decimal
    result_share: int
    lines: tuple[LineFact, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.result_share <= FULL_RESULT:
            raise ValueError(f"result share {self.result_share} of level {self.id} is not between 0 and 100")

    @property
    def runs(self) -> bool:
        """Whether the initiative is still at work at this level: not paused, and some result is left."""
        return self.kind != PAUSE and self.result_share > 0


@dataclass(frozen=True, slots=True)
class ContributionFact:
    """An initiative answers a recommendation; kind `direct | supporting | enabling`."""

    initiative_id: int
    recommendation_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class DependencyFact:
    """An initiative that needs another one to run, or cannot run beside it; kind `requires | excludes`."""

    initiative_id: int
    other_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class FundFact:
    """A fund, its amounts by fiscal year, and what it may pay for; no themes and no initiatives: anything.

    `ongoing` money comes every year, other money only in the years that have an amount.
    """

    id: int
    code: str
    name: str
    amounts: Mapping[int, int] = field(default_factory=dict)
    only_themes: frozenset[str] = frozenset()
    only_initiative_ids: frozenset[int] = frozenset()
    ongoing: bool = True


@dataclass(frozen=True, slots=True)
class PositionFact:
    """A staff position: its FTE and its yearly cost (salary and benefits, minor units) at that FTE.

    Name a fund only if no budget line carries the cost already; it is then charged to that fund. A vacant
    position gives no FTE and costs nothing: leave it out.
    """

    id: int
    title: str
    fte: Decimal
    annual_cost: int
    fund_id: int | None = None


@dataclass(frozen=True, slots=True)
class PartnerFact:
    """A partner and the contact kept with it; `commitments_due` are those kept plus those overdue."""

    id: int
    name: str
    interval_days: int | None = None
    hours_per_contact: Decimal = Decimal(0)
    last_contact_on: date | None = None
    engagement_count: int = 0
    commitments_kept: int = 0
    commitments_due: int = 0


@dataclass(frozen=True, slots=True)
class AgreementFact:
    """An agreement; open-ended without `expires_on`, `in_force` while its status says that it binds."""

    id: int
    title: str
    in_force: bool = True
    expires_on: date | None = None
    notice_days: int = 0


@dataclass(frozen=True, slots=True)
class FundChange:
    """How a scenario changes a fund: by `percent`, then by `amount` (minor units); either may be negative."""

    fund_id: int
    percent: Decimal = Decimal(0)
    amount: int = 0


@dataclass(frozen=True, slots=True)
class ScenarioFact:
    """A budget scenario: what changes, and the service level chosen for each initiative.

    `cost_growth` is in per cent over base-year prices; an initiative without a decision does not run.
    """

    id: int
    name: str
    kind: str
    fiscal_year: int
    decisions: Mapping[int, int | None]
    fund_changes: tuple[FundChange, ...] = ()
    furlough_days: Decimal = Decimal(0)
    frozen_position_ids: frozenset[int] = frozenset()
    cost_growth: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Everything a scenario is calculated from, except the scenario."""

    recommendations: tuple[RecommendationFact, ...] = ()
    initiatives: tuple[InitiativeFact, ...] = ()
    levels: tuple[LevelFact, ...] = ()
    contributions: tuple[ContributionFact, ...] = ()
    funds: tuple[FundFact, ...] = ()
    positions: tuple[PositionFact, ...] = ()
    partners: tuple[PartnerFact, ...] = ()
    """Those that the office keeps in touch with at an interval: no other takes hours or falls silent."""
    agreements: tuple[AgreementFact, ...] = ()
    dependencies: tuple[DependencyFact, ...] = ()

    def chosen(self, decisions: Mapping[int, int | None]) -> dict[int, LevelFact]:
        """The level chosen for each initiative id; raises ValueError for a level of another initiative."""
        return dict(self._chosen(decisions))

    def least_shares(self) -> dict[int, int]:
        """Per cent of the result each mandated initiative has to keep; raises KeyError for an unknown level."""
        levels = {level.id: level.result_share for level in self.levels}
        mandated = ((one.id, one.mandated_level_id) for one in self.initiatives)
        return {key: levels[level_id] for key, level_id in mandated if level_id is not None}

    def _chosen(self, decisions: Mapping[int, int | None]) -> Iterator[tuple[int, LevelFact]]:
        levels = {level.id: level for level in self.levels}
        for initiative in self.initiatives:
            level_id = decisions.get(initiative.id)
            if level_id is None:
                continue
            level = levels.get(level_id)
            if level is None or level.initiative_id != initiative.id:
                raise ValueError(f"level {level_id} is not one of initiative {initiative.id}")
            yield initiative.id, level
