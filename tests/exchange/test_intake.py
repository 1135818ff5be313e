"""Import in steps: columns matched, records found, each row's fate told, and all of it one undoable change."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.paths import resources
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.intake.apply import Report, apply
from cityplanner.exchange.intake.match import all_targets, best_noun, match
from cityplanner.exchange.intake.outcome import Fate, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.intake.rejected import REASON, write_rejected
from cityplanner.exchange.intake.shorthands import _KNOWN, shared_out
from cityplanner.exchange.sheet import Row, Sheet
from cityplanner.model.agreement import Agreement, AgreementPartner, AgreementStatus, AgreementType
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementPartner
from cityplanner.model.entity import Entity, field_of
from cityplanner.model.fund import Fund
from cityplanner.model.initiative import Initiative
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.model.roundtable import Theme
from cityplanner.model.scenario import Decision, Scenario
from cityplanner.store import backups
from cityplanner.store.errors import ReadOnlyError
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.queries.records import records
from tests.conftest import NOW
from tests.exchange.whole_plan import contents

LOS_ANGELES = resources() / "samples" / "los-angeles-sister-cities.csv"


def sheet(headers: str, *rows: str) -> Sheet:
    """A sheet of cells between bars."""
    names = tuple(headers.split("|"))
    return Sheet("list.csv", names, tuple(Row(n, tuple(row.split("|"))) for n, row in enumerate(rows, 2)))


def looked_at(plan: Plan, noun: type[Entity], headers: str, *rows: str, clear_empty: bool = False) -> Preview:
    table = sheet(headers, *rows)
    return preview(plan, table, noun, match(table.headers, noun), clear_empty=clear_empty)


def imported(plan: Plan, noun: type[Entity], headers: str, *rows: str) -> Report:
    return apply(plan, looked_at(plan, noun, headers, *rows))


def fates(found: Preview) -> list[Fate]:
    return [line.fate for line in found.lines]


E = TypeVar("E", bound=Entity)


def every(plan: Plan, noun: type[E]) -> list[E]:
    with plan.reading() as session:
        return records(session, noun)


def targets(noun: type[Entity], *headers: str) -> list[str]:
    return [str(column.target) if column.target else "" for column in match(headers, noun)]


class TestMatching:
    def test_labels_names_and_synonyms_are_known_in_several_languages(self) -> None:
        assert targets(Contact, "FIRST  name", "Apellidos", "E-Mail", "Téléphone", "País", "mystery") == [
            "given", "family", "email", "phone", "country", "",
        ]  # fmt: skip

    def test_columns_of_what_comes_along_are_known(self) -> None:
        assert targets(Partner, "City", "Country", "Kind", "Since") == [
            "city", "country", "kind", "agreement.signed_on",
        ]  # fmt: skip
        assert targets(Contact, "Name", "Company", "Job Title") == [
            "full_name", "position.partner_id", "position.title",
        ]  # fmt: skip
        assert targets(Engagement, "Date", "Partners", "Contacts") == [
            "starts_at", "partners.partner_id", "contacts.contact_id",
        ]  # fmt: skip

    def test_every_target_is_reached_by_its_own_name(self) -> None:
        for noun in nouns().values():
            for target in all_targets(noun):
                assert targets(noun, str(target)) == [str(target)]

    def test_a_mapping_comes_first_and_can_leave_a_column_out(self) -> None:
        columns = match(("Name", "City", "Note"), Partner, {"name": "own name", "Note": "", "City": "name"})
        assert [str(column.target) for column in columns] == ["own_name", "name", "None"]

    @pytest.mark.parametrize("mapping", [{"Nome": "name"}, {"Name": "nonsense"}])
    def test_a_mapping_that_names_what_does_not_exist_is_refused(self, mapping: dict[str, str]) -> None:
        with pytest.raises(UserError):
            match(("Name",), Partner, mapping)

    def test_headers_that_fit_nothing_are_refused(self) -> None:
        with pytest.raises(UserError, match="None of the columns"):
            match(("foo", "bar"), Partner)

    def test_a_second_column_for_a_field_is_left_out_and_says_so(self) -> None:
        first, second = match(("E-mail", "Mail"), Contact)
        assert first.target is not None
        assert (second.target, second.reason) == (None, "an earlier column is taken for the same field")

    def test_the_noun_is_guessed_from_the_columns(self) -> None:
        assert best_noun(("City", "Country", "Kind", "Since")) is Partner
        assert best_noun(("First name", "Last name", "E-mail", "Organization")) is Contact
        with pytest.raises(UserError):
            best_noun(("foo",))

    def test_no_shorthand_hides_a_choice(self) -> None:
        for (table, name), words in _KNOWN.items():
            choices = field_of(nouns()[table], name).choices
            assert choices is not None
            for member in choices:
                assert words.get(member.value, {name: member})[name] is member


class TestRealList:
    def test_sister_cities_become_partners_with_their_agreements(self, plan: Plan) -> None:
        table = read_sheet(LOS_ANGELES)
        report = apply(plan, preview(plan, table, Partner, match(table.headers, Partner)))
        assert (report.created, report.rejected, report.also) == (25, 0, {Agreement: 25})
        partners = {partner.name: partner for partner in every(plan, Partner)}
        agreements = {agreement.id: agreement for agreement in every(plan, Agreement)}
        sides = {
            side.partner_id: agreements[side.agreement_id or 0] for side in every(plan, AgreementPartner)
        }
        nagoya, taipei = partners["Nagoya"], partners["Taipei Municipality"]
        assert (nagoya.city, nagoya.country, nagoya.kind) == ("Nagoya", "JP", PartnerKind.CITY)
        assert (taipei.country, partners["St. Petersburg"].country, partners["Busan"].country) == (
            "TW",
            "RU",
            "KR",
        )
        agreement = sides[nagoya.id]
        assert (agreement.type, agreement.status) == (AgreementType.SISTER, AgreementStatus.ACTIVE)
        assert (agreement.signed_on, agreement.title) == ("1959", "Sister city: Nagoya")
        assert sides[partners["Makati"].id].signed_on is None

    def test_a_second_import_changes_nothing_and_makes_no_backup(self, plan: Plan) -> None:
        table = read_sheet(LOS_ANGELES)
        columns = match(table.headers, Partner)
        apply(plan, preview(plan, table, Partner, columns))
        before, made = contents(plan), len(backups.backups(plan.path))
        again = preview(plan, table, Partner, columns)
        report = apply(plan, again)
        assert set(fates(again)) == {Fate.SAME}
        assert (report.change, report.backup, len(backups.backups(plan.path))) == (None, None, made)
        assert contents(plan) == before

    def test_undo_brings_the_whole_database_back(self, plan: Plan) -> None:
        before = contents(plan)
        table = read_sheet(LOS_ANGELES)
        report = apply(plan, preview(plan, table, Partner, match(table.headers, Partner)))
        assert report.backup is not None
        assert report.backup.exists()
        assert plan.undoable() == "Import 25 partners from los-angeles-sister-cities.csv"
        after = contents(plan)
        plan.undo()
        assert contents(plan) == before
        plan.redo()
        assert contents(plan) == after

    def test_a_year_that_comes_later_updates_the_agreement_there_is(self, plan: Plan) -> None:
        imported(plan, Partner, "City|Country|Kind", "Nagoya|Japan|Sister city")
        found = looked_at(plan, Partner, "City|Country|Kind|Since", "Nagoya|Japan|Sister city|1959")
        assert fates(found) == [Fate.UPDATE]
        assert [(d.before, d.after) for d in found.lines[0].also[0].differences] == [("", "1959")]
        apply(plan, found)
        assert [agreement.signed_on for agreement in every(plan, Agreement)] == ["1959"]

    def test_a_duplicate_of_every_partner_is_told_and_left_out(self, plan: Plan) -> None:
        table = read_sheet(LOS_ANGELES)
        again = tuple(Row(row.number + 25, tuple(cell.upper() for cell in row.cells)) for row in table.rows)
        doubled = Sheet(table.name, table.headers, table.rows + again)
        found = preview(plan, doubled, Partner, match(doubled.headers, Partner))
        assert fates(found) == [Fate.NEW] * 25 + [Fate.DUPLICATE] * 25
        assert found.lines[25].notes[0] == "Row 2 is about the same partner."
        apply(plan, found)
        assert (len(every(plan, Partner)), len(every(plan, Agreement))) == (25, 25)


class TestFindingRecords:
    def test_a_partner_is_found_by_folded_name_and_country(self, plan: Plan) -> None:
        imported(plan, Partner, "Name|Country", "São Paulo|BR", "León|MX", "León|ES")
        found = looked_at(plan, Partner, "Name|Country", "SAO PAULO|Brazil", "Leon|Spain", "León|Nicaragua")
        assert fates(found) == [Fate.UPDATE, Fate.UPDATE, Fate.NEW]  # the spelling differs
        assert [d.after for d in found.lines[0].differences] == ["SAO PAULO"]
        assert found.lines[2].notes == ("There is another one of this name; they differ in: Country.",)

    def test_a_name_that_fits_two_is_refused(self, plan: Plan) -> None:
        imported(plan, Partner, "Name|Country", "León|MX", "León|ES")
        found = looked_at(plan, Partner, "Name|City", "León|x")
        assert fates(found) == [Fate.ERROR]
        assert "fits 2 partners" in str(found.lines[0].problems[0])

    def test_names_that_differ_only_in_marks_of_their_script_are_two(self, plan: Plan) -> None:
        assert fates(looked_at(plan, Partner, "Name", "दिल्ली", "दल्ला")) == [Fate.NEW, Fate.NEW]

    def test_a_contact_is_found_by_e_mail_or_name(self, plan: Plan) -> None:
        imported(plan, Contact, "Given name|Family name|E-mail", "Ana|Ruiz|ana@example.org", "Bo|Li|")
        found = looked_at(
            plan, Contact, "Full name|E-mail|Phone",
            "Ana Ruiz|ana@example.org|", "Ruiz, Ana||", "Bo Li|bo@example.org|", "Cy Tan|ana@example.org|",
            "Ana Ruiz|other@example.org|",
        )  # fmt: skip
        assert fates(found) == [Fate.SAME, Fate.DUPLICATE, Fate.UPDATE, Fate.NEW, Fate.NEW]
        assert found.lines[3].notes == ("A contact of another name has the same e-mail.",)

    def test_a_uid_says_which_one_is_meant(self, plan: Plan) -> None:
        imported(plan, Partner, "Name|uid", "Springfield|one", "Springfield|two")
        rows = ("Springfield|x|three", "Springfield|y|two", "Springfield|z|one")
        found = looked_at(plan, Partner, "Name|City|uid", *rows)
        assert fates(found) == [Fate.NEW, Fate.UPDATE, Fate.UPDATE]
        apply(plan, found)
        assert {p.uid: p.city for p in every(plan, Partner)} == {"one": "z", "two": "y", "three": "x"}

    def test_a_code_that_another_record_has_is_refused_in_words(self, plan: Plan) -> None:
        imported(plan, Fund, "Code|Fund|uid", "G1|General|one", "G2|Grants|two")
        found = looked_at(plan, Fund, "Code|Fund|uid", "G2|General|one")
        assert [str(problem) for problem in found.lines[0].problems] == [
            "There is already a fund with the same Code."
        ]


class TestRows:
    def test_an_update_shows_before_and_after(self, plan: Plan) -> None:
        imported(plan, Partner, "Name|Keep in touch every (days)", "Lima|90")
        found = looked_at(plan, Partner, "Name|Keep in touch every|Notes", "Lima|180|")
        assert [(d.label, d.before, d.after) for d in found.lines[0].differences] == [
            ("Keep in touch every", "90", "180")
        ]

    def test_an_empty_cell_keeps_the_value_unless_asked_otherwise(self, plan: Plan) -> None:
        imported(plan, Partner, "Name|Notes", "Lima|capital")
        assert fates(looked_at(plan, Partner, "Name|Notes", "Lima|")) == [Fate.SAME]
        found = looked_at(plan, Partner, "Name|Notes", "Lima|", clear_empty=True)
        assert [(d.before, d.after) for d in found.lines[0].differences] == [("capital", "")]
        apply(plan, found)
        assert every(plan, Partner)[0].notes == ""

    def test_a_faulty_row_is_refused_with_column_and_remedy_and_the_others_are_imported(
        self, plan: Plan
    ) -> None:
        found = looked_at(
            plan, Partner, "Name|Land|Since|Kind|Interval",
            "Lima|Peru|1990|Sister city|90", "Quito|Atlantis||city|", "||||", "Cali|CO|soon|Sister city|0",
            "Oslo|NO||palace|",
        )  # fmt: skip
        assert fates(found) == [Fate.NEW, Fate.ERROR, Fate.ERROR, Fate.ERROR, Fate.ERROR]
        problems = {
            line.number: [(p.column, p.text.split(".")[0]) for p in line.problems] for line in found.lines
        }
        assert problems[3] == [("Land", "“Atlantis” is not a country")]
        assert problems[4] == [("Name", "is missing")]
        assert problems[5] == [("Since", "“soon” is not a date"), ("Interval", "must be at least 1")]
        assert problems[6][0][0] == "Kind"
        assert apply(plan, found).created == 1

    def test_refused_rows_can_be_corrected_and_imported_again(self, plan: Plan, tmp_path: Path) -> None:
        found = looked_at(
            plan, Partner, "Name|Country|Latitude|Notes", "Quito|Atlantis|-0.2|'=x", "Lima|PE||"
        )
        assert write_rejected(found, tmp_path / "rejected.csv") == 1
        read = read_sheet(tmp_path / "rejected.csv")
        assert read.headers == ("Name", "Country", "Latitude", "Notes", REASON)
        assert read.rows[0].cells[:4] == ("Quito", "Atlantis", "-0.2", "'=x")
        mended = Sheet("x", read.headers, (Row(2, ("Quito", "EC", *read.rows[0].cells[2:])),))
        apply(plan, preview(plan, mended, Partner, match(mended.headers, Partner)))
        assert [(partner.name, partner.notes) for partner in every(plan, Partner)] == [("Quito", "=x")]

    def test_a_list_without_refusals_writes_no_file(self, plan: Plan, tmp_path: Path) -> None:
        assert write_rejected(looked_at(plan, Partner, "Name", "Lima"), tmp_path / "rejected.csv") == 0
        assert not (tmp_path / "rejected.csv").exists()

    def test_two_rows_of_one_partner_may_say_different_things_of_its_agreement(self, plan: Plan) -> None:
        found = looked_at(
            plan, Partner, "Name|Kind|Country|Since", "Lima|sister city|PE|", "Lima|sister city|PE|1964-05"
        )
        assert fates(found) == [Fate.NEW, Fate.DUPLICATE]
        apply(plan, found)
        assert [agreement.type for agreement in every(plan, Agreement)] == [AgreementType.SISTER]

    def test_moments_are_meant_in_the_zone_of_their_row_or_of_the_office(self, plan: Plan) -> None:
        imported(
            plan,
            Engagement,
            "Title|Date|Time zone",
            "Call|2026-03-31 09:00|Asia/Tokyo",
            "Visit|2026-03-31 09:00|",
        )
        visit, call = every(plan, Engagement)
        assert (call.starts_at.isoformat(), call.zone) == ("2026-03-31T00:00:00+00:00", "Asia/Tokyo")  # type: ignore[union-attr]
        assert (visit.starts_at.isoformat(), visit.zone) == ("2026-03-31T14:00:00+00:00", "America/Chicago")  # type: ignore[union-attr]

    def test_an_adopted_scenario_takes_no_rows(self, plan: Plan) -> None:
        imported(plan, Scenario, "Name|Fiscal year", "Adopted 2027|2027")
        imported(plan, Initiative, "Code|Title|Theme", "I-1|Desk|virtual engagement")
        with plan.edit("Adopt") as edit:
            scenario = edit.get(Scenario, 1)
            assert scenario is not None
            scenario.adopted_at = NOW
        assert fates(looked_at(plan, Scenario, "Name|Furlough", "Adopted 2027|5")) == [Fate.ERROR]
        imported(
            plan,
            nouns()["service_level"],
            "Initiative|Service level|Staff|Share of the result",
            "I-1|Full|1|100",
        )
        found = looked_at(
            plan, Decision, "Scenario|Initiative|Service level", "Adopted 2027|I-1|I-1 · Desk · Full"
        )
        assert "locked" in str(found.lines[0].problems[0])


class TestLinks:
    def test_a_link_is_found_by_title_code_or_uid(self, plan: Plan) -> None:
        imported(plan, Partner, "Name|uid", "Nagoya|nagoya-uid", "Osaka|")
        imported(
            plan, Commitment, "Commitment|Partner|Partner uid",
            "Send draft|NAGOYA|", "Call back||nagoya-uid", "Visit|nagoya-uid|",
        )  # fmt: skip
        assert [commitment.partner_id for commitment in every(plan, Commitment)] == [1, 1, 1]

    def test_a_link_to_nobody_to_several_or_to_two_at_once_is_refused(self, plan: Plan) -> None:
        imported(plan, Partner, "Name|Country|uid", "León|MX|one", "León|ES|two", "Lima|PE|three")
        found = looked_at(
            plan, Commitment, "Commitment|Partner|Partner uid", "a|Nowhere|", "b|León|", "c|León|three", "d||"
        )
        words = [str(line.problems[0]) for line in found.lines]
        assert "There is no partner “Nowhere” in the plan" in words[0]
        assert "“León” is what 2 partners are called" in words[1]
        assert "mean different records" in words[2]
        assert words[3].startswith("Partner: is missing")

    def test_people_bring_their_positions(self, plan: Plan) -> None:
        imported(plan, Partner, "Name", "City of Nagoya", "JICA")
        headers = "Name|Organization|Job title|E-mail"
        rows = (
            "Aiko Tanaka|City of Nagoya|Director|aiko@example.org",
            "Aiko Tanaka|JICA|Adviser|aiko@example.org",
        )
        report = imported(plan, Contact, headers, *rows)
        assert (report.created, report.duplicates, report.also) == (1, 1, {Position: 2})
        found = {(p.contact_id, p.partner_id, p.title) for p in every(plan, Position)}
        assert found == {(1, 1, "Director"), (1, 2, "Adviser")}
        assert imported(plan, Contact, headers, *rows).change is None

    def test_a_title_without_an_organization_is_left_out_with_a_note(self, plan: Plan) -> None:
        found = looked_at(plan, Contact, "Name|Job title", "Aiko Tanaka|Director")
        assert (fates(found), found.lines[0].also) == ([Fate.NEW], ())
        assert "left out" in found.lines[0].notes[0]

    def test_an_engagement_names_all_who_took_part(self, plan: Plan) -> None:
        imported(plan, Partner, "Name", "Lima", "Quito", "Smith, Jones & Co")
        row = 'Summit|2026-03-31 09:00|Lima; "Smith, Jones & Co"'
        imported(plan, Engagement, "Title|Date|Partners", row, "Talks|2026-04-01 09:00|Lima, Quito")
        assert sorted((tie.engagement_id, tie.partner_id) for tie in every(plan, EngagementPartner)) == [
            (1, 1), (1, 3), (2, 1), (2, 2),
        ]  # fmt: skip
        assert imported(plan, Engagement, "Title|Date|Partners", row).change is None

    def test_a_theme_with_commas_is_one_choice(self, plan: Plan) -> None:
        imported(
            plan,
            Fund,
            "Code|Fund|Restricted to themes",
            "G|Gifts|culture, health, sport and trade; virtual engagement",
        )
        imported(plan, Fund, "Code|Fund|Restricted to themes", "H|More|culture, health, sport and trade")
        assert [fund.themes for fund in every(plan, Fund)] == [
            (Theme.CULTURE.value, Theme.VIRTUAL.value), (Theme.CULTURE.value,),
        ]  # fmt: skip


class TestApplying:
    def test_a_plan_that_changed_since_the_preview_is_not_touched(self, plan: Plan) -> None:
        found = looked_at(plan, Partner, "Name", "Lima")
        imported(plan, Partner, "Name", "Lima")
        before = contents(plan)
        with pytest.raises(UserError, match="changed since the preview"):
            apply(plan, found)
        assert contents(plan) == before

    def test_a_cancelled_import_leaves_the_plan_as_it_was(self, plan: Plan) -> None:
        found = looked_at(plan, Partner, "City|Country|Kind", "Lima|PE|Sister city")
        before = contents(plan)

        def stop(share: float, text: str) -> None:
            if share > 0.9:
                raise Cancelled("stopped")

        with pytest.raises(Cancelled):
            apply(plan, found, progress=stop)
        assert contents(plan) == before

    def test_a_read_only_plan_can_be_previewed_but_not_changed(self, plan: Plan) -> None:
        with open_plan(plan.path, read_only=True) as reader:
            found = looked_at(reader, Partner, "Name", "Lima")
            with pytest.raises(ReadOnlyError):
                apply(reader, found)

    def test_many_rows_are_one_change(self, plan: Plan) -> None:
        rows = [f"Person {n}|Family {n}|p{n}@example.org" for n in range(3000)]
        report = imported(plan, Contact, "Given name|Family name|E-mail", *rows)
        assert (report.created, report.change and len(report.change.rows)) == (3000, 3000)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana Maria Ruiz", {"given": "Ana Maria", "family": "Ruiz"}),
        ("Vincent van der Berg", {"given": "Vincent", "family": "van der Berg"}),
        ("Ruiz Soto, Ana", {"given": "Ana", "family": "Ruiz Soto"}),
        ("Pelé", {"given": "", "family": "Pelé"}),
        ("森下 和彦", {"own_name": "森下 和彦"}),
    ],
)
def test_a_whole_name_is_shared_out(name: str, parts: dict[str, str]) -> None:
    assert shared_out(name) == parts


def test_a_row_that_leaps_over_steps_of_an_agreement_is_refused_in_words(plan: Plan) -> None:
    imported(plan, Agreement, "Title|Status", "Pact|active")

    found = looked_at(plan, Agreement, "Title|Status", "Pact|proposed")
    assert fates(found) == [Fate.ERROR]
    assert "cannot go from “active” to “proposed”" in str(found.lines[0].problems)
    assert fates(looked_at(plan, Agreement, "Title|Status", "Pact|dormant")) == [Fate.UPDATE]
