"""When initiatives were last engaged in and last measured, by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from cityplanner.model.engagement import Engagement, EngagementInitiative, EngagementStatus
from cityplanner.model.indicator import Indicator, Measurement
from cityplanner.model.initiative import Initiative
from cityplanner.model.roundtable import Theme
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.evidence import last_engaged, last_measured


def test_the_last_engagement_and_measurement_until_a_day_count(plan: Plan) -> None:
    with plan.edit("Fill") as edit:
        first, second = (Initiative(code=code, title=code, theme=Theme.LOCAL) for code in "AB")
        edit.add_all([first, second])
        edit.flush()
        indicator = Indicator(initiative_id=first.id, title="Lessons")
        edit.add(indicator)
        edit.flush()
        for month in (3, 5, 12):
            met = Engagement(title="Met", starts_at=datetime(2026, month, 2, 9, tzinfo=UTC), zone="UTC")
            edit.add(met)
            edit.flush()
            edit.add(EngagementInitiative(engagement_id=met.id, initiative_id=first.id))
            edit.add(
                Measurement(indicator_id=indicator.id, measured_on=date(2026, month, 3), value=Decimal(month))
            )

        asked = Engagement(
            title="Asked for",
            starts_at=datetime(2026, 8, 2, 9, tzinfo=UTC),
            zone="UTC",
            status=EngagementStatus.REQUESTED,
        )
        edit.add(asked)
        edit.flush()
        edit.add(EngagementInitiative(engagement_id=asked.id, initiative_id=first.id))

    with plan.reading() as session:
        assert last_engaged(session, datetime(2026, 11, 2, tzinfo=UTC)) == {first.id: date(2026, 5, 2)}
        assert last_measured(session, date(2026, 5, 2)) == {first.id: date(2026, 3, 3)}
        assert last_measured(session, date(2026, 12, 31)) == {first.id: date(2026, 12, 3)}
        assert last_measured(session, date(2025, 1, 1)) == {}
