"""How the executive briefing speaks: its language, its money, and how a coverage is to be taken."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cityplanner.base.language import Language
from cityplanner.planning import coverage
from cityplanner.reports.charts import Tone

WELL_COVERED = Fraction(3, 4)
HALF_COVERED = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Voice:
    """The language of the briefing and the office's currency."""

    say: Language
    currency: str

    def t(self, message: str) -> str:
        """A text in the language of the briefing."""
        return self.say.text(message)

    def share(self, share: Fraction | None) -> str:
        """A coverage in words."""
        return coverage.words(share, self.say)

    def money(self, minor: int) -> str:
        """An amount in whole units."""
        return self.say.money(minor, self.currency)


def tone_of(share: Fraction | None) -> Tone:
    """How a coverage is to be taken; the figure beside it says the same."""
    if share is None:
        return "quiet"
    return "good" if share >= WELL_COVERED else "caution" if share >= HALF_COVERED else "bad"
