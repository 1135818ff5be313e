"""The sRGB colour profile a PDF/A file carries, built from the standard's numbers (IEC 61966-2-1, ICC v2)."""

from __future__ import annotations

import struct
from functools import cache

_STEPS = 1024
# Primaries and white adapted to the profile connection space (D50), as s15Fixed16 values.
_WHITE = (0.9642, 1.0, 0.8249)
_RED = (0.4360, 0.2225, 0.0139)
_GREEN = (0.3851, 0.7169, 0.0971)
_BLUE = (0.1431, 0.0606, 0.7141)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _curve() -> bytes:
    shares = [n / (_STEPS - 1) for n in range(_STEPS)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    values = [round(value * 65535) for value in linear]
    return b"curv\0\0\0\0" + struct.pack(f">I{_STEPS}H", _STEPS, *values)


def _description(text: str) -> bytes:
    data = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (4 + 4 + 2 + 1 + 67)


@cache
def srgb() -> bytes:
    """An ICC version 2 display profile for sRGB; the same bytes every time."""
    curve = _curve()
    parts = [
        (b"desc", _description("sRGB IEC61966-2.1")),
        (b"cprt", b"text\0\0\0\0No copyright, use freely\0"),
        (b"wtpt", _xyz(_WHITE)),
        (b"rXYZ", _xyz(_RED)),
        (b"gXYZ", _xyz(_GREEN)),
        (b"bXYZ", _xyz(_BLUE)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    table, body = b"", b""
    start = 128 + 4 + 12 * len(parts)
    places: dict[bytes, int] = {}
    for name, data in parts:
        if data not in places:
            places[data] = start + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += name + struct.pack(">2I", places[data], len(data))
    tail = struct.pack(">I", len(parts)) + table + body
    return _header(128 + len(tail)) + tail


def _header(size: int) -> bytes:
    fixed = struct.pack(">I4s4s4s4s4s", size, b"\0\0\0\0", b"\x02\x10\0\0", b"mntr", b"RGB ", b"XYZ ")
    dated = struct.pack(">6H4s", 1999, 1, 1, 0, 0, 0, b"acsp")
    rest = b"\0" * 28 + struct.pack(">3i", *(round(value * 65536) for value in _WHITE))
    return (fixed + dated + rest).ljust(128, b"\0")
