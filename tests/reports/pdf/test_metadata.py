"""The file's own words survive XML and name the standards it keeps."""

from __future__ import annotations

from xml.etree import ElementTree

from cityplanner.reports.pdf.colour_profile import srgb
from cityplanner.reports.pdf.metadata import Metadata
from tests.reports.sample import DAY


def test_the_packet_is_sound_xml_whatever_the_words() -> None:
    packet = Metadata("<b> & ]]>", "en", DAY, "A & B", "<s>", ("k<", "{x}")).xmp().decode("utf-8")
    root = ElementTree.fromstring(packet.split("?>", 1)[1].rsplit("<?", 1)[0])
    text = "".join(root.itertext())
    assert "<b> & ]]>" in text
    assert "k<, {x}" in text


def test_empty_entries_are_left_out() -> None:
    assert set(Metadata("t", "en", DAY).info()) == {"Title", "Producer", "Creator", "CreationDate", "ModDate"}


def test_the_colour_profile_says_its_own_size() -> None:
    profile = srgb()
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert profile[36:40] == b"acsp"
