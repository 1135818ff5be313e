"""Cards come in whatever program wrote them, and contacts leave as cards and come back equal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import vobject
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cityplanner.base.errors import UserError
from cityplanner.exchange.cell_texts import unsafe
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Fate, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Sheet
from cityplanner.exchange.tables import export_csv
from cityplanner.exchange.vcards import read_vcards
from cityplanner.exchange.vcards_out import card, export_vcards
from cityplanner.model.contact import Contact, Position
from cityplanner.model.entity import fields
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan, create_plan
from cityplanner.store.queries.records import records
from tests.conftest import make_office
from tests.exchange.in_place import read_in_place

DATA = Path(__file__).resolve().parents[1] / "data" / "import"
FILES = ("outlook", "iphone", "gmail", "android", "notes", "thunderbird")


def sheet_of(*lines: str) -> Sheet:
    text = "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))
    return read_in_place(read_vcards, text.encode(), "a.vcf")


def said(sheet: Sheet, row: int = 0) -> dict[str, str]:
    pairs = zip(sheet.headers, sheet.rows[row].cells, strict=True)
    return {header: unsafe(cell) for header, cell in pairs if cell}


def previewed(plan: Plan, sheet: Sheet) -> Preview:
    return preview(plan, sheet, Contact, match(sheet.headers, Contact))


def people(plan: Plan) -> dict[str, dict[str, object]]:
    with plan.reading() as session:
        return {
            one.uid: {field.name: getattr(one, field.name) for field in fields(Contact)}
            for one in records(session, Contact)
        }


EXPECTED = {
    "outlook": {
        "given": "Käthe", "family": "Grünwald", "address_form": "Frau Konsulin", "country": "DE",
        "email": "kaethe.gruenwald@example.org", "phone": "+49 (30) 555 01 00", "other_phones": "+49 151 5550100",
        "position.partner_id": "Generalkonsulat Beispielstadt", "position.title": "Leiterin für Kultur, Protokoll",
    },
    "iphone": {
        "given": "太郎", "family": "山田", "pronunciation": "Taro Yamada", "country": "JP",
        "email": "taro.yamada@example.jp", "phone": "+81 52-961-1111", "other_phones": "+81 90-1234-5678",
        "position.partner_id": "名古屋市役所", "position.title": "課長, 国際交流課",
        "uid": "5C1B6F0A-1B7E-4C55-9E41-3E6DA20B8C11",
    },
    "gmail": {
        "given": "José Ángel", "family": "de la Cruz", "email": "jose.delacruz@example.mx",
        "other_emails": "jadlc@example.com", "phone": "+52 55 5555 0100",
        "position.partner_id": "Consulado General Ejemplo",
        "position.title": "Cónsul de Asuntos Comunitarios, Cultura y Deporte",
    },
    "android": {
        "given": "Анна", "family": "Петрова", "phone": "+77015550100", "other_phones": "+77275550101",
        "email": "anna.petrova@example.kz", "position.partner_id": "Акимат", "position.title": "Head of Protocol",
        "notes": "Prefers tea; = never coffee",
    },
    "notes": {
        "given": "Renée", "family": "Lefèvre", "address_form": "Mme", "email": "renee.lefevre@example.fr",
        "phone": "+33 5 55 55 01 00", "other_phones": "+33 5 55 55 01 01",
        "position.partner_id": "Ville d'Exemple", "position.title": "Chargée de mission, Relations internationales",
        "notes": "Préfère écrire en français.",
    },
    "thunderbird": {
        "given": "Aino", "family": "Virtanen", "email": "aino.virtanen@example.fi", "other_emails": "aino@example.com",
        "phone": "+358-2-555-0100;ext=12", "languages": "fi; sv", "country": "FI",
        "position.partner_id": "City of Example", "uid": "0a8e6e4f-0a1c-4a5e-9a55-5f1f3f3b7d10",
    },
}  # fmt: skip
IN_NOTES = {
    "outlook": ("Mag Oper.", "Spricht über Straßenbahnen.", "Lindenstraße 1"),
    "iphone": ("お土産: 茶, 和菓子", "第二行", "三の丸3-1-1"),
    "gmail": ("mucho más cuando se trata de fútbol.", "google.com/profiles"),
    "thunderbird": ("Met at the Baltic forum", "Street 1"),
}


@pytest.mark.parametrize("program", FILES)
def test_a_card_of_a_program_keeps_name_addresses_organization_and_note(program: str) -> None:
    sheet = read_sheet(DATA / f"{program}.vcf")
    found = said(sheet)
    assert {name: found.get(name) for name in EXPECTED[program]} == EXPECTED[program]
    for text in IN_NOTES.get(program, ()):
        assert text in found["notes"]
    assert sheet.table == "contact"


@pytest.mark.parametrize("program", FILES)
def test_all_cards_come_in_and_coming_in_again_they_change_nothing(program: str, plan: Plan) -> None:
    sheet = read_sheet(DATA / f"{program}.vcf")
    found = previewed(plan, sheet)
    assert [line.problems for line in found.lines if line.problems] == []
    apply(plan, found)
    notes = [str(one["notes"]) for one in people(plan).values()]
    assert any(
        EXPECTED[program]["position.partner_id"] in text for text in notes
    )  # the plan has no such partner
    again = previewed(plan, read_sheet(DATA / f"{program}.vcf"))
    assert {line.fate for line in again.lines} == {Fate.SAME}, [line.differences for line in again.lines]


def test_an_organization_that_the_plan_knows_becomes_a_position(plan: Plan) -> None:
    with plan.edit("x") as edit:
        edit.add(Partner(name="City of Example"))
    apply(plan, previewed(plan, read_sheet(DATA / "thunderbird.vcf")))
    with plan.reading() as session:
        assert [post.title for post in records(session, Position)] == ["Chief of staff, Mayor's office"]
    assert not previewed(plan, read_sheet(DATA / "thunderbird.vcf")).changes


def test_pictures_groups_and_what_is_no_card_are_left_out_with_a_note() -> None:
    sheet = read_sheet(DATA / "outlook.vcf")
    assert sheet.notes == ("1 picture or sound was left out.",)
    two = b"BEGIN:VCARD\nKIND:group\nFN:Friends\nEND:VCARD\nBEGIN:VCARD\n???\nFN:Ana Ito\nEND:VCARD\n"
    sheet = read_in_place(read_vcards, two, "a.vcf")
    assert said(sheet)["full_name"] == "Ana Ito"
    assert set(sheet.notes) == {"1 group was left out.", "1 line could not be read."}


def test_a_card_that_is_never_ended_spoils_no_other() -> None:
    text = b"BEGIN:VCARD\nFN:Ana Ito\nBEGIN:VCARD\nFN:Bo Sand\nEND:VCARD\nBEGIN:VCARD\nFN:Cy Lind\n"
    sheet = read_in_place(read_vcards, text, "a.vcf")
    assert [said(sheet, row)["full_name"] for row in range(3)] == ["Ana Ito", "Bo Sand", "Cy Lind"]


def test_a_card_inside_a_card_is_not_taken_for_its_owner() -> None:
    inner = ("AGENT:", "BEGIN:VCARD", "FN:The Secretary", "TEL:+1 312 555 0100", "END:VCARD")
    sheet = sheet_of("FN:The Mayor", *inner, "EMAIL:mayor@example.org")
    assert said(sheet) == {"full_name": "The Mayor", "email": "mayor@example.org"}


def test_what_no_field_takes_is_kept_in_the_notes(plan: Plan) -> None:
    sheet = sheet_of(
        "FN:Ana Ito", "EMAIL:not an address", "TEL:4711", "BDAY:1970-01-02", "TEL:+999 99 12345 67"
    )
    apply(plan, previewed(plan, sheet))
    (one,) = people(plan).values()
    for text in ("not an address", "4711", "1970-01-02"):
        assert text in str(one["notes"])


def test_a_file_without_cards_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="no cards") as refused:
        read_in_place(read_vcards, b"hello", "a.vcf")
    assert refused.value.remedy


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Zs")), min_size=1, max_size=12
)
LATIN = st.text("abcdeéñßABC-=+@'", min_size=1, max_size=12).map(lambda text: f"X{text}")
MAIL = st.integers(0, 9999).map(lambda n: f"person.{n}@example.org")
PHONE = st.integers(1000000, 9999999).map(lambda n: f"+4930{n}")
CONTACTS = st.builds(
    Contact,
    given=LATIN,
    family=LATIN,
    own_name=WORDS,
    pronunciation=LATIN,
    address_form=LATIN,
    salutation=LATIN,
    email=st.none() | MAIL,
    phone=st.none() | PHONE,
    other_phones=st.lists(PHONE.map(lambda text: f"{text}1;ext=12"), max_size=2, unique=True).map(tuple),
    other_emails=st.lists(MAIL.map(lambda text: f"other.{text}"), max_size=2, unique=True).map(tuple),
    country=st.sampled_from((None, "JP", "DE", "CI")),
    languages=st.lists(st.sampled_from(("en", "pt-BR", "zh-Hant")), unique=True).map(tuple),
    do_not_contact=st.booleans(),
    protocol=st.lists(LATIN).map("\n".join),
    notes=st.lists(WORDS, max_size=5).map(lambda words: "; \\,\n".join(words).strip()),
)


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(CONTACTS, min_size=1, max_size=4), st.sampled_from(("3.0", "4.0")))
def test_any_contacts_leave_as_cards_and_come_back_equal(contacts: list[Contact], version: str) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        with (
            create_plan(place / "a.cityplan", make_office()) as one,
            create_plan(place / "b.cityplan", make_office()) as two,
        ):
            with one.edit("x") as edit:
                for number, contact in enumerate(contacts):
                    address = f"{number}.{contact.email}" if contact.email else None
                    values = {field.name: getattr(contact, field.name) for field in fields(Contact)}
                    edit.add(Contact(**values | {"email": address, "family": f"{contact.family} {number}"}))
            export_vcards(one, Contact, place / "a.vcf", everyone=True, version=version)
            sheet = read_in_place(read_vcards, (place / "a.vcf").read_bytes(), "a.vcf")
            found = previewed(two, sheet)
            assert [line.problems for line in found.lines if line.problems] == []
            apply(two, found)
            assert people(two) == people(one)
            assert not previewed(one, sheet).changes


def test_three_years_of_contacts_come_back_with_their_positions(sample: Plan, tmp_path: Path) -> None:
    export_vcards(sample, Contact, tmp_path / "a.vcf", everyone=True)
    assert not previewed(sample, read_sheet(tmp_path / "a.vcf")).changes
    export_csv(sample, Partner, tmp_path / "p.csv", names=("name", "kind", "country", "city"))
    with create_plan(tmp_path / "b.cityplan", make_office()) as other:
        partners = read_sheet(tmp_path / "p.csv")
        apply(other, preview(other, partners, Partner, match(partners.headers, Partner)))
        apply(other, previewed(other, read_sheet(tmp_path / "a.vcf")))
        assert people(other) == people(sample)
        with other.reading() as session, sample.reading() as before:
            today = date.today()
            current = [p for p in records(before, Position) if p.ends_on is None or p.ends_on >= today]
            assert {p.title for p in records(session, Position)} <= {p.title for p in current}


def test_whoever_is_not_to_be_contacted_is_left_out_unless_everyone_is_asked_for(
    plan: Plan, tmp_path: Path
) -> None:
    with plan.edit("x") as edit:
        edit.add(Contact(family="Open"))
        edit.add(Contact(family="Closed", do_not_contact=True))
    assert export_vcards(plan, Contact, tmp_path / "a.vcf") == 1
    assert "Closed" not in (tmp_path / "a.vcf").read_text("utf-8")
    assert export_vcards(plan, Contact, tmp_path / "a.vcf", everyone=True) == 2


def test_another_reader_understands_our_cards_and_lines_are_short() -> None:
    contact = Contact(given="Ana", family="Ito, Jr.", notes="茶" * 200 + ";\nend", email="a@example.org")
    text = card(contact, ("Mayor", "City; of, Example", "u"), "3.0")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    read = vobject.readOne(text)
    assert (read.n.value.family, read.email.value) == ("Ito, Jr.", "a@example.org")
    assert read.note.value == contact.notes
    assert read.org.value == ["City; of, Example"]
