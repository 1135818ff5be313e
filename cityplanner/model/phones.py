"""Phone numbers that stand in E.164 already: told without the whole grammar, which an import would feel."""

from __future__ import annotations

import re
from functools import cache

_PLAIN = re.compile(r"\+[1-9][0-9]{6,14}")


def is_plain(text: str) -> bool:
    """Whether the library of phone numbers would read a text and write the very same one.

    That is so where nothing after the country code can be taken for a trunk prefix (the 0 of +49 0…).
    """
    if not _PLAIN.fullmatch(text):
        return False
    for length in (1, 2, 3):
        known, prefix = _country(int(text[1 : 1 + length]))
        if known:
            rest = text[1 + length :]
            return len(rest) >= 2 and (prefix is None or prefix.match(rest) is None)
    return False


@cache
def _country(code: int) -> tuple[bool, re.Pattern[str] | None]:
    """Whether there is a country code, and what may stand before a national number there."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    regions = COUNTRY_CODE_TO_REGION_CODE.get(code)
    if regions is None:
        return False, None
    found = (
        PhoneMetadata.metadata_for_nongeo_region(code, None)
        if regions[0] == "001"
        else PhoneMetadata.metadata_for_region(regions[0], None)
    )
    prefix = found.national_prefix_for_parsing if found is not None else None
    return True, re.compile(prefix) if prefix else None
