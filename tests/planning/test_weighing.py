"""A scenario is weighed at once: within 30 ms for forty initiatives, as its parts say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cityplanner.planning.closing import closing, closing_moves
from cityplanner.planning.gathering import gather
from cityplanner.planning.losses import losses
from cityplanner.planning.weighing import Scales
from cityplanner.store.plan_file import Plan
from tests.pace import quickest

TODAY = date(2026, 11, 2)


def test_a_scenario_is_weighed_against_another(sample: Plan) -> None:
    scales = Scales(gather(sample, TODAY))
    adopted, cut = scales.facts.adopted(), scales.facts.scenarios[-1]
    assert adopted is not None
    full = {
        level.initiative_id: level.id for level in scales.facts.office.levels if level.result_share == 100
    }
    greedy = replace(cut, decisions={**cut.decisions, **full})

    found = scales.weigh(greedy, adopted.id)

    office, then = scales.facts.office, scales.kept(adopted.id)
    assert then is not None
    assert found.lost == losses(office, then, found.outcome)
    assert found.gained == losses(office, found.outcome, then)
    assert found.outcome.over
    assert found.closing == closing(office, greedy, found.outcome)
    assert found.moves == closing_moves(office, greedy, found.outcome)
    assert scales.kept(-1) is None
    assert scales.weigh(cut, None).lost is None


def test_weighing_forty_initiatives_takes_less_than_30_ms(sample: Plan) -> None:
    scales = Scales(gather(sample, TODAY))
    adopted, cut = scales.facts.adopted(), scales.facts.scenarios[-1]
    assert adopted is not None
    scales.weigh(cut, adopted.id)

    assert quickest(lambda: scales.weigh(cut, adopted.id), 7) < 30
