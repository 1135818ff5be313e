"""Signatures as people have them; every name and address is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplanner.exchange.capture.signature import looks_like_signature, read_signature, split_name

PLAIN = """Best regards,

Haruka Nishide
Deputy Director
International Affairs Division, City of Kanazawa
Tel: +81 76-220-2111 | Fax: +81 76-220-2112
nishide@city.kanazawa.example
www.city.kanazawa.example
"""
ONE_LINE = (
    "Marta Oliveira | Consul | Consulate General of Portugal | +351 21 394 6000 | marta@consulate.example"
)
OWN_SCRIPT = """田中 健二 (Kenji TANAKA)
Consul General, Consulate-General of Japan in Port Linden
M: +1 (206) 555-0142
E: kenji.tanaka@mofa.example
"""
HONORS = """--
Dr. Ana María de la Cruz, PhD
Professor
Linden State University
+1 206 555 0101 ext. 12
"""


def test_a_plain_signature_is_taken_apart() -> None:
    said = read_signature(PLAIN)
    assert (said.given, said.family) == ("Haruka", "Nishide")
    assert said.title == "Deputy Director"
    assert said.organization == "International Affairs Division, City of Kanazawa"
    assert said.emails == ("nishide@city.kanazawa.example",)
    assert said.phones == ("+81762202111",)
    assert said.website == "www.city.kanazawa.example"
    assert said.country == "JP"


def test_the_organization_is_the_whole_and_not_its_division_on_a_line_before() -> None:
    said = read_signature(
        "Ken Morita\nDirector\nInternational Affairs Division\nCity of Kanazawa\nken@city.kanazawa.example"
    )
    assert (said.title, said.organization) == ("Director", "City of Kanazawa")


def test_a_signature_in_one_line_is_taken_apart() -> None:
    said = read_signature(ONE_LINE)
    assert (said.given, said.family, said.title) == ("Marta", "Oliveira", "Consul")
    assert said.organization == "Consulate General of Portugal"
    assert said.country == "PT"


def test_a_name_in_two_scripts_is_kept_in_both() -> None:
    said = read_signature(OWN_SCRIPT)
    assert (said.given, said.family, said.own_name) == ("Kenji", "Tanaka", "田中 健二")
    assert (said.title, said.organization) == ("Consul General", "Consulate-General of Japan in Port Linden")
    assert said.phones == ("+12065550142",)


def test_honors_and_extensions_do_not_disturb() -> None:
    said = read_signature(HONORS)
    assert (said.given, said.family) == ("Ana María", "de la Cruz")
    assert said.organization == "Linden State University"
    assert said.phones == ("+12065550101;ext=12",)


def test_a_number_without_country_code_is_meant_at_home() -> None:
    assert read_signature("Jo Field\n(206) 555-0142", "US").phones == ("+12065550142",)
    assert read_signature("Jo Field\n(206) 555-0142").phones == ()


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Jane Doe", "Jane", "Doe"),
        ("Doe, Jane", "Jane", "Doe"),
        ("NGUYEN Van Anh", "Van Anh", "Nguyen"),
        ("Ludwig van den Berg", "Ludwig", "van den Berg"),
        ("Mr. Otto von Stein", "Otto", "von Stein"),
        ("Plato", "", "Plato"),
        ("", "", ""),
    ],
)
def test_names_are_split(name: str, given: str, family: str) -> None:
    assert split_name(name) == (given, family)


def test_a_line_about_a_call_is_no_signature() -> None:
    assert not looks_like_signature("call with Nagoya consul tomorrow 10:00, send MoU draft by Friday")
    assert looks_like_signature(PLAIN)
    assert looks_like_signature(ONE_LINE)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    looks_like_signature(text)
    read_signature(text, "US")
