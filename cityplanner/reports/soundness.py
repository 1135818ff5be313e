"""What a briefing lacks before it may be written: said in words, with the place to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _
from cityplanner.reports.blocks import Briefing, Picture, flatten, plain
from cityplanner.reports.pictures import raster
from cityplanner.reports.theme import TEXT_CONTRAST, Theme, contrast, theme

MEND_ALT = N_("Write in one sentence what it shows, where the picture is kept.")
MEND_SEAL = N_("Write it beside the seal in the dialog of the office (File, Office).")
MEND_COLOUR = N_("Choose another color in the settings of the office, written like #0b5a7d.")
MOST_NAMED = 5


def check(briefing: Briefing) -> Theme:
    """Raise `UserError` with everything that keeps a briefing from being read by everyone; gives its colours."""
    found = list(_missing(briefing))
    if found:
        named = " ".join(what for what, _remedy in found[:MOST_NAMED])
        more = len(found) - MOST_NAMED
        if more > 0:
            named += " " + _("And {n} more.").format(n=more)
        remedies = dict.fromkeys(_(remedy) for _what, remedy in found)
        raise UserError(_("The briefing was not written.") + f" {named}", " ".join(remedies))
    return theme(briefing.accent)


def _missing(briefing: Briefing) -> Iterator[tuple[str, str]]:
    yield from _unreadable_colours(briefing)
    if briefing.seal:
        raster(briefing.seal)
        if not briefing.seal_alt.strip():
            yield _("The seal has no alternative text."), MEND_SEAL
    number = 0
    for block in flatten(briefing.blocks):
        if isinstance(block, Picture):
            number += 1
            raster(block.data)
            if not block.alt.strip():
                name = block.name or plain(block.caption) or str(number)
                yield _("The picture “{name}” has no alternative text.").format(name=name), MEND_ALT


def _unreadable_colours(briefing: Briefing) -> Iterator[tuple[str, str]]:
    try:
        own = theme(briefing.accent)
    except ValueError:
        yield _("“{colour}” is not a color.").format(colour=briefing.accent), MEND_COLOUR
        return
    for text, ground in own.pairs():
        ratio = contrast(text, ground)
        if ratio < TEXT_CONTRAST:
            what = _("Text in the office's color has a contrast of {ratio}:1; {least}:1 is the least.")
            yield what.format(ratio=f"{ratio:.1f}", least=TEXT_CONTRAST), MEND_COLOUR
            return
