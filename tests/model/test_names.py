"""Countries and languages by their names."""

from pathlib import Path

import pytest

from cityplanner.base.language import Language
from cityplanner.base.paths import resources
from cityplanner.model.codes import is_country, territories
from cityplanner.model.names import UnreadableError, country_named, language_named


def test_every_country_is_found_by_the_name_it_is_shown_under() -> None:
    english = Language("en")
    countries = [code for code in territories() if is_country(code)]

    assert len(countries) > 245
    assert [code for code in countries if country_named(english.country(code)) != code] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("japan", "JP"),
        ("Bosnia and Herzegovina", "BA"),
        ("Saint Lucia", "LC"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Turkey", "TR"),
        ("Turkiye", "TR"),
        ("the Netherlands", "NL"),
        ("Trinidad and Tobago", "TT"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("UK", "GB"),
        ("Republic of Korea", "KR"),
        ("Viet Nam", "VN"),
        ("Czech Republic", "CZ"),
        ("Russian Federation", "RU"),
        ("Democratic Republic of the Congo", "CD"),
        ("Congo", "CG"),
    ],
)
def test_a_country_is_found_by_its_other_names(name: str, code: str) -> None:
    assert country_named(name) == code


@pytest.mark.parametrize("name", ["Atlantis", "Europe", "", "World", "Africa"])
def test_what_is_no_country_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(UnreadableError, match="two letters such as JP"):
        country_named(name)


def test_every_country_of_the_real_list_is_found() -> None:
    listed: Path = resources() / "samples" / "los-angeles-sister-cities.csv"
    names = {line.split(",")[1] for line in listed.read_text("utf-8").splitlines()[1:]}

    assert len(names) > 10
    assert all(map(is_country, map(country_named, names)))


@pytest.mark.parametrize(
    "tag", ["en", "pt-BR", "zh-Hant", "zh-Hant-TW", "sr-Latn", "es-419", "nb", "yue", "ckb", "he"]
)
def test_a_language_is_found_by_the_name_it_is_shown_under(tag: str) -> None:
    assert language_named(Language("en").language(tag)) == tag


def test_what_is_no_name_of_a_language_stays_as_it_is() -> None:
    assert language_named("pt-BR") == "pt-BR"
    assert language_named("Klingonese (Qo'noS)") == "Klingonese (Qo'noS)"
