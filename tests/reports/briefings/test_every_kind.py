"""What holds for every kind of briefing: accessible, archival, equal bytes, discreet, whole on an empty plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.base.language import translated
from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.agreement import Agreement
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.reports.blocks import Heading, flatten, plain
from cityplanner.reports.choices import Ask, Audience, Choices
from cityplanner.reports.kinds import KINDS, kind_named
from cityplanner.reports.report import write_report
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.reports.briefings.samples import choices_for, words
from tests.reports.pdf.test_conformance import failures

NAMES = [kind.name for kind in KINDS]


@pytest.mark.parametrize("tag", translated())
@pytest.mark.parametrize("name", NAMES)
def test_it_is_accessible_and_archival_in_every_language(
    sample: Plan, tmp_path: Path, name: str, tag: str
) -> None:
    target = tmp_path / "b.pdf"
    write_report(
        name, sample, target, choices_for(kind_named(name), sample, language=tag), today=SAMPLE_TODAY
    )
    assert [*failures(target, "ua1"), *failures(target, "2a")] == []


@pytest.mark.parametrize("name", NAMES)
def test_two_runs_give_equal_bytes(sample: Plan, tmp_path: Path, name: str) -> None:
    choices = choices_for(kind_named(name), sample)
    for number in (1, 2):
        write_report(name, sample, tmp_path / f"{number}.pdf", choices, today=SAMPLE_TODAY)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_public_briefing_names_nothing_that_is_not_public(sample: Plan, name: str) -> None:
    kind = kind_named(name)
    with sample.edit("Mark") as edit:
        partners = records(edit, Partner)
        for number, partner in enumerate(partners):
            if partner.id not in choices_for(kind, sample).partners and number % 2:
                partner.name, partner.sensitivity = f"ZzPartner{number}", Sensitivity.CONFIDENTIAL
        for number, agreement in enumerate(records(edit, Agreement)):
            if number % 2:
                agreement.title, agreement.sensitivity = f"ZzDeed{number}", Sensitivity.INTERNAL
        for number, engagement in enumerate(records(edit, Engagement)):
            if number % 2:
                engagement.title = f"ZzMeeting{number}"
                engagement.result = engagement.decisions = engagement.purpose = "ZzResult"
                engagement.sensitivity = Sensitivity.INTERNAL
    said = words(kind.compose(sample, choices_for(kind, sample, audience=Audience.PUBLIC), SAMPLE_TODAY))
    assert "Zz" not in said


@pytest.mark.parametrize("name", NAMES)
def test_a_public_briefing_prints_no_address_of_a_person(sample: Plan, name: str) -> None:
    kind = kind_named(name)
    with sample.reading() as session:
        known = {one.email for one in records(session, Contact) if one.email}
    said = words(kind.compose(sample, choices_for(kind, sample, audience=Audience.PUBLIC), SAMPLE_TODAY))
    assert [email for email in known if email in said] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_plan_gives_a_whole_briefing_or_says_what_to_choose(
    plan: Plan, tmp_path: Path, name: str
) -> None:
    kind = kind_named(name)
    if {Ask.PARTNER, Ask.INITIATIVE} & set(kind.asks):
        with pytest.raises(UserError, match="about one"):
            write_report(name, plan, tmp_path / "b.pdf", today=SAMPLE_TODAY)
        assert not (tmp_path / "b.pdf").exists()
    else:
        assert write_report(name, plan, tmp_path / "b.pdf", today=SAMPLE_TODAY) >= 1


@pytest.mark.parametrize("name", NAMES)
def test_each_section_can_be_left_out(sample: Plan, name: str) -> None:
    kind = kind_named(name)
    for section in kind.sections:
        choices = choices_for(kind, sample, left_out=frozenset({section.key}))
        briefing = kind.compose(sample, choices, SAMPLE_TODAY)
        headings = [plain(block.text) for block in flatten(briefing.blocks) if isinstance(block, Heading)]
        assert not section.headed or section.label not in headings


def test_a_plan_without_an_office_says_what_to_do(plan: Plan) -> None:
    with plan.edit("Remove") as edit:
        for office in records(edit, Office):
            edit.remove(office)
    for kind in KINDS:
        with pytest.raises(UserError, match="no office"):
            kind.compose(plan, Choices(), SAMPLE_TODAY)
