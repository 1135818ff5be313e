"""Codes are those of their standards."""

from string import ascii_uppercase
from zoneinfo import available_timezones

from cityplanner.model.codes import is_country, is_language, zones


def test_countries_are_those_of_the_standard_and_kosovo() -> None:
    countries = [a + b for a in ascii_uppercase for b in ascii_uppercase if is_country(a + b)]

    assert len(countries) == 250
    assert {"AF", "JP", "TW", "PS", "SS", "XK", "AQ", "BV"} <= set(countries)
    assert not {"ZZ", "EU", "UN", "QO", "XA", "UK", "AC", "IC", "TA"} & set(countries)
    assert not any(map(is_country, ("001", "", "usa", "U", "us")))


def test_the_zones_are_those_of_the_system_or_the_tzdata_package() -> None:
    assert zones() == available_timezones()
    assert len(zones()) > 400


def test_languages_are_told_by_their_tags() -> None:
    assert all(map(is_language, ("en", "pt-BR", "zh-Hant")))
    assert not any(map(is_language, ("", "English", "xx", "en-")))
