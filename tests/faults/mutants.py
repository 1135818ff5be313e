"""Broken copies of a good file, always the same ones: bytes changed, lost, doubled, cut off and put in."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence

TOKENS = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\r", b"\n", b"\r\n", b'"', b'""', b"'", b",", b";", b":", b"=",
    b"\\", b"\t", b"<", b">", b"&", b"&#0;", b"&#x110000;", b"]]>", b"{", b"}", b"[", b"]", b"-1", b"1e999", b"NaN",
    b"9" * 40, b"A" * 5000, "\u202e".encode(), "\U0001f389".encode(), b"BEGIN:VCARD\r\n", b"END:VCARD\r\n",
    b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"RRULE:FREQ=SECONDLY\r\n", b"TZID=Mars/Base", b"2026-02-30", b"=0A=",
    b"null", b"true", b'{"a":', b"../../", b"=cmd|' /C calc'!A0",
)  # fmt: skip
Change = Callable[[bytearray, random.Random], None]


def _other_byte(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _lose(data: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(data))
    del data[place : place + chance.randrange(1, 40)]


def _put_in(data: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(data))
    data[place:place] = chance.choice(TOKENS)


def _double(data: bytearray, chance: random.Random) -> None:
    place, other = chance.randrange(len(data)), chance.randrange(len(data))
    data[other:other] = data[place : place + chance.randrange(1, 400)]


def _cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(1, len(data)) :]


CHANGES: Sequence[Change] = (_other_byte, _other_byte, _lose, _put_in, _put_in, _double, _cut_off)


def mutant(data: bytes, chance: random.Random) -> bytes:
    """One broken copy."""
    made = bytearray(data)
    for _time in range(chance.choice((1, 1, 2, 4, 20))):
        if len(made) > 1:
            chance.choice(CHANGES)(made, chance)
    return bytes(made)


def mutants(good: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Broken copies of some good files by turns."""
    chance = random.Random(seed)
    for number in range(count):
        yield mutant(good[number % len(good)], chance)


def inside(archive: bytes, chance: random.Random) -> bytes:
    """An archive that is whole, one member of which is broken: what a check of its sums does not find."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(written, "w") as new:
        broken = chance.choice([member for member in old.namelist() if old.read(member)])
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, mutant(content, chance) if member == broken else content)
    return written.getvalue()
