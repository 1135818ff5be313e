"""Cards as more programs write them: after their documented habits, none loses whom it is of or how to reach them."""

from __future__ import annotations

import base64
import quopri

import pytest

from cityplanner.exchange.cell_texts import unsafe
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Fate
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Sheet
from cityplanner.exchange.vcards import read_vcards
from cityplanner.model.contact import Contact
from cityplanner.store.plan_file import Plan
from tests.exchange.in_place import read_in_place

PICTURE = base64.b64encode(bytes(range(256)) * 4).decode()


def folded(text: str, at: int = 75) -> str:
    """A long line as most programs fold it."""
    return "\r\n ".join(text[start : start + at] for start in range(0, len(text), at))


def printable(text: str, charset: str = "utf-8") -> str:
    """A text as quoted-printable, with soft line breaks."""
    return quopri.encodestring(text.encode(charset)).decode().replace("\n", "\r\n").replace(";", "=3B")


def card(version: str, *lines: str, charset: str = "utf-8") -> bytes:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")).encode(charset)


PROGRAMS: dict[str, tuple[bytes, dict[str, str], tuple[str, ...]]] = {
    "outlook 2.1 in its own code page": (
        card(
            "2.1",
            "N;LANGUAGE=de;CHARSET=Windows-1252:Müller;Jürgen;;Dr.",
            "FN;CHARSET=Windows-1252:Dr. Jürgen Müller",
            "ORG;CHARSET=Windows-1252:Stadt Köln;Büro für Städtepartnerschaften",
            "TITLE;CHARSET=Windows-1252:Geschäftsführer",
            "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:=FCber Jahre bekannt=0D=0A=",
            "zweite Zeile",
            "TEL;WORK;VOICE:+49 221 555 0100",
            "TEL;WORK;FAX:+49 221 555 0199",
            "EMAIL;PREF;INTERNET:j.mueller@example.de",
            "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2",
            f"PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n {PICTURE[:70]}\r\n {PICTURE[70:140]}\r\n",
            charset="cp1252",
        ),
        {
            "given": "Jürgen", "family": "Müller", "address_form": "Dr.", "email": "j.mueller@example.de",
            "phone": "+49 221 555 0100", "position.partner_id": "Stadt Köln",
            "position.title": "Geschäftsführer, Büro für Städtepartnerschaften",
        },
        ("über Jahre bekannt", "zweite Zeile"),
    ),
    "outlook on the web": (
        card(
            "3.0",
            "PRODID:-//Microsoft Corporation//Exchange Server//EN",
            "N:Okafor;Chidi;;;",
            "FN:Chidi Okafor",
            "EMAIL;TYPE=INTERNET,PREF:chidi.okafor@example.ng",
            "TEL;TYPE=CELL:+234 803 555 0100",
            "ORG:Lagos State;",
            "NOTE:Line one\\nLine two\\, with comma\\; and more",
        ),
        {
            "given": "Chidi", "family": "Okafor", "email": "chidi.okafor@example.ng",
            "phone": "+234 803 555 0100", "position.partner_id": "Lagos State",
        },
        ("Line one\nLine two, with comma; and more",),
    ),
    "iphone with labels of its own": (
        card(
            "3.0",
            "PRODID:-//Apple Inc.//iPhone OS 17.0//EN",
            "N:阮;文英;;;",
            "FN:阮文英",
            "ORG:Đà Nẵng;Ngoại vụ",
            "item1.EMAIL;type=INTERNET;type=pref:van.anh@example.vn",
            "item1.X-ABLabel:_$!<Other>!$_",
            "item2.TEL:+84 236 355 0100",
            "item2.X-ABLabel:Văn phòng",
            "item3.ADR;type=pref:;;24 Trần Phú;Đà Nẵng;;550000;Vietnam",
            folded(f"PHOTO;ENCODING=b;TYPE=JPEG:{PICTURE}"),
            "BDAY;value=date:1604-03-05",
        ),
        {
            "given": "文英", "family": "阮", "email": "van.anh@example.vn", "phone": "+84 236 355 0100",
            "position.partner_id": "Đà Nẵng", "country": "VN",
        },
        ("24 Trần Phú",),
    ),
    "macos, the whole book as UTF-16": (
        card(
            "3.0",
            "N:خوري;ليلى;;;",
            "FN:ليلى خوري",
            "EMAIL;type=INTERNET;type=WORK:layla@example.lb",
            "TEL;type=WORK;type=VOICE:+961 1 555 010",
            "ORG:بلدية بيروت;",
            "NOTE:تتحدث الفرنسية",
            charset="utf-16",
        ),
        {
            "given": "ليلى", "family": "خوري", "email": "layla@example.lb", "phone": "+961 1 555 010",
            "position.partner_id": "بلدية بيروت",
        },
        ("تتحدث الفرنسية",),
    ),
    "gmail with groups and phonetics": (
        card(
            "3.0",
            "FN:Kim Min-jun",
            "N:Kim;Min-jun;;;",
            "X-PHONETIC-FIRST-NAME:민준",
            "X-PHONETIC-LAST-NAME:김",
            "EMAIL;TYPE=INTERNET;TYPE=WORK:minjun@example.kr",
            "item1.EMAIL;TYPE=INTERNET:mj@example.com",
            "item1.X-ABLabel:Privat",
            "TEL;TYPE=CELL:+82 10-5555-0100",
            "item2.ORG:부산광역시",
            "TITLE:국제협력과장",
            "CATEGORIES:myContacts",
        ),
        {
            "given": "Min-jun", "family": "Kim", "email": "minjun@example.kr", "other_emails": "mj@example.com",
            "phone": "+82 10-5555-0100", "position.partner_id": "부산광역시", "position.title": "국제협력과장",
        },
        (),
    ),
    "android in quoted-printable": (
        card(
            "2.1",
            f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{printable('Nguyễn')};{printable('Thị Ánh Tuyết')};;;",
            f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{printable('Thị Ánh Tuyết Nguyễn')}",
            "TEL;CELL;PREF:+84912550100",
            "EMAIL;WORK:tuyet@example.vn",
            f"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{printable('Ủy ban nhân dân')}",
            f"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{printable('Gặp ở hội nghị, rất nhiệt tình ' * 4)}",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Tee;1;;;;;;;;;;;;;",
        ),
        {
            "given": "Thị Ánh Tuyết", "family": "Nguyễn", "email": "tuyet@example.vn", "phone": "+84912550100",
            "position.partner_id": "Ủy ban nhân dân",
        },
        ("Gặp ở hội nghị",),
    ),
    "lotus notes": (
        card(
            "2.1",
            "X-LOTUS-CHARSET:UTF-8",
            "N:Bélanger;Zoé;;Mme;",
            "FN:Zoé Bélanger",
            "TEL;WORK;PREF:+1 514 555-0100",
            "EMAIL;INTERNET:Zoe_Belanger@example.ca",
            "ORG:Ville de Montréal",
            "ROLE:Conseillère",
            "NOTE;ENCODING=QUOTED-PRINTABLE:Pr=C3=A9f=C3=A8re le matin",
        ),
        {
            "given": "Zoé", "family": "Bélanger", "email": "Zoe_Belanger@example.ca", "phone": "+1 514 555-0100",
            "position.partner_id": "Ville de Montréal", "position.title": "Conseillère",
        },
        ("Préfère le matin",),
    ),
    "an old phone in shift jis": (
        card(
            "2.1",
            "N;CHARSET=SHIFT_JIS:佐藤;花子",
            "TEL;CELL:+819055550100",
            "EMAIL;INTERNET:hanako@example.jp",
            "ORG;CHARSET=SHIFT_JIS:名古屋市",
            "NOTE;CHARSET=SHIFT_JIS:表敬訪問",
            charset="shift_jis",
        ),
        {
            "given": "花子", "family": "佐藤", "email": "hanako@example.jp", "phone": "+819055550100",
            "position.partner_id": "名古屋市",
        },
        ("表敬訪問",),
    ),
    "evolution": (
        card(
            "3.0",
            "UID:pas-id-5F3A1B2C00000001",
            "FN:Ngozi Adeyemi",
            "N:Adeyemi;Ngozi;;;",
            "X-EVOLUTION-FILE-AS:Adeyemi\\, Ngozi",
            'EMAIL;TYPE=WORK;X-EVOLUTION-UI-SLOT=1:ngozi@example.ng',
            'TEL;TYPE="WORK,VOICE";X-EVOLUTION-UI-SLOT=1:+234 1 555 0100',
            "ORG:Ministry\\; of Trade;;Office 4",
            "NOTE:First",
        ),
        {
            "given": "Ngozi", "family": "Adeyemi", "email": "ngozi@example.ng", "phone": "+234 1 555 0100",
            "position.partner_id": "Ministry; of Trade", "uid": "pas-id-5F3A1B2C00000001",
        },
        ("First",),
    ),
    "nextcloud 4.0": (
        card(
            "4.0",
            "UID:urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "FN:Олена Коваль",
            "N:Коваль;Олена;;;",
            'TEL;VALUE=uri;TYPE="voice,work";PREF=1:tel:+380-44-555-0100',
            "EMAIL;TYPE=work:olena@example.ua",
            "ORG:Київська міська рада",
            "TITLE:Радниця",
            f"PHOTO:data:image/png;base64,{PICTURE}",
            "NOTE:Нотатка",
        ),
        {
            "given": "Олена", "family": "Коваль", "email": "olena@example.ua", "phone": "+380-44-555-0100",
            "position.partner_id": "Київська міська рада", "uid": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        },
        ("Нотатка",),
    ),
}  # fmt: skip


def read(data: bytes) -> Sheet:
    return read_in_place(read_vcards, data)


def said(sheet: Sheet, row: int = 0) -> dict[str, str]:
    pairs = zip(sheet.headers, sheet.rows[row].cells, strict=True)
    return {header: unsafe(cell) for header, cell in pairs if cell}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_card_loses_neither_name_nor_addresses_nor_organization_nor_note(program: str) -> None:
    data, expected, in_notes = PROGRAMS[program]
    sheet = read(data)
    found = said(sheet)
    assert {name: found.get(name) for name in expected} == expected
    for text in in_notes:
        assert text in found["notes"]
    if b"PHOTO" in data:
        assert "1 picture or sound was left out." in sheet.notes


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_card_comes_in_without_an_error_and_only_once(program: str, plan: Plan) -> None:
    sheet = read(PROGRAMS[program][0])
    columns = match(sheet.headers, Contact)
    found = preview(plan, sheet, Contact, columns)
    assert [line.problems for line in found.lines if line.problems] == []
    apply(plan, found)
    again = preview(plan, sheet, Contact, columns, undecided=None)
    assert [line.fate for line in again.lines] == [Fate.SAME], [line.differences for line in again.lines]


def test_the_cards_of_many_programs_in_one_file_come_in_one_by_one() -> None:
    together = b"\r\n".join(data for name, (data, _told, _notes) in PROGRAMS.items() if "UTF-16" not in name)
    assert len(read(together).rows) == len(PROGRAMS) - 1
