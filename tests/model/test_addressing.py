"""How letters begin: by form of address, by title, or by the name alone."""

from __future__ import annotations

import pytest

from cityplanner.model.addressing import addressed


@pytest.mark.parametrize(
    ("form", "rank", "position", "expected"),
    [
        ("Ms.", "", "Consul", "Ms. Tanaka"),
        ("Consul General", "", "", "Consul General Tanaka"),
        ("Mr. Mayor", "", "", "Mr. Mayor"),
        ("Madam Ambassador", "", "", "Madam Ambassador"),
        ("", "consul general", "Head of post", "Consul General Tanaka"),
        ("", "", "Mayor of Kanazawa", "Mayor Tanaka"),
        ("", "", "Honorary Consul", "Consul Tanaka"),
        ("", "", "Vice Consul, cultural affairs", "Vice Consul Tanaka"),
        ("Her Excellency", "", "Ambassador to the United States", "Ambassador Tanaka"),
        ("The Honorable", "", "Governor", "Governor Tanaka"),
        ("The Honorable", "", "Clerk", "Kana Tanaka"),
        ("", "", "Head of Protocol", "Kana Tanaka"),
        ("", "", "", "Kana Tanaka"),
    ],
)
def test_a_form_comes_first_then_a_title_then_the_name(
    form: str, rank: str, position: str, expected: str
) -> None:
    assert addressed(form, "Tanaka", rank=rank, position=position, name="Kana Tanaka") == expected


def test_a_missing_family_name_is_replaced_by_the_name_there_is() -> None:
    assert addressed("Ms.", "", name="佐藤") == "Ms. 佐藤"
    assert addressed("", "", position="Mayor", name="Madonna") == "Mayor Madonna"
    assert addressed("", "", name="Kana") == "Kana"
