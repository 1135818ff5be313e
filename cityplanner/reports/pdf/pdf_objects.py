"""PDF objects in ReportLab's document: dictionaries, streams, embedded fonts, the structure tree.

Together with `paper` the only place that uses names ReportLab does not promise to keep.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from cityplanner.reports.pictures import Raster


class Name(str):
    """A PDF name, written with a slash."""


class Dictionary(pdfdoc.PDFObject):  # type: ignore[misc]
    """An indirect dictionary (or any other value) of plain Python values."""

    __RefOnly__ = 1

    def __init__(self, value: Any) -> None:
        self.value = value

    def format(self, document: Any) -> bytes:
        """The object as it stands in the file."""
        return encoded(self.value, document)


class Stream(Dictionary):
    """An indirect stream, compressed; its data ends with an end of line as PDF/A asks."""

    def __init__(
        self, data: bytes, entries: Mapping[str, Any] | None = None, *, compress: bool = True
    ) -> None:
        super().__init__(dict(entries or {}))
        self.data = zlib.compress(data, 9) if compress else data
        if compress:
            self.value["Filter"] = Name("FlateDecode")

    def format(self, document: Any) -> bytes:
        """The object as it stands in the file."""
        self.value["Length"] = len(self.data)
        end = b"\r\n" if self.data.endswith(b"\r") else b"\n"
        return encoded(self.value, document) + b"\nstream\n" + self.data + end + b"endstream\n"


def image_stream(picture: Raster) -> Stream:
    """A picture as an image object: a JPEG as it is, anything else as its pixels, without transparency."""
    jpeg = picture.media_type == "image/jpeg"
    entries: dict[str, Any] = {
        "Type": Name("XObject"),
        "Subtype": Name("Image"),
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": Name("DeviceRGB"),
        "BitsPerComponent": 8,
    }
    if jpeg:
        entries["Filter"] = Name("DCTDecode")
    return Stream(picture.data if jpeg else picture.pixels(), entries, compress=not jpeg)


def text_string(text: str) -> bytes:
    """A text as a PDF string: readable where it is ASCII, else UTF-16."""
    if text.isascii() and text.isprintable():
        return b"(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("ascii") + b")"
    return b"<feff" + text.encode("utf-16-be", "replace").hex().encode("ascii") + b">"


def web_address(address: str) -> str:
    """A web address with all other characters in percent form."""
    return "".join(char if "!" <= char <= "~" else _percent(char) for char in address)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))


def number(value: float) -> str:
    """A number as short as it may be: up to three decimals."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def encoded(value: Any, document: Any) -> bytes:
    """Any value in PDF's own writing."""
    if isinstance(value, Name):
        return b"/" + value.encode("ascii")
    if isinstance(value, str):
        return text_string(value)
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int | float):
        return number(value).encode("ascii")
    if isinstance(value, bytes):
        return value
    if isinstance(value, Mapping):
        parts = (b"/" + key.encode("ascii") + b" " + encoded(one, document) for key, one in value.items())
        return b"<< " + b" ".join(parts) + b" >>"
    if isinstance(value, pdfdoc.PDFObjectReference):
        return bytes(value.format(document))
    if isinstance(value, pdfdoc.PDFObject):
        return bytes(document.Reference(value).format(document))
    return b"[" + b" ".join(encoded(one, document) for one in value) + b"]"


PACKED = 200


def packed(document: Any) -> bytes:
    """The whole file, all objects but streams together in compressed object streams (PDF 1.7, 7.5.7)."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    loose: list[tuple[int, bytes]] = []
    count = 0
    while (count := count + 1) in document.numberToId:  # formatting one object may register more
        found = document.idToObject[document.numberToId[count]]
        body = pdfdoc.format(found, document, toplevel=1)
        if isinstance(found, Stream):
            places[count] = (1, len(out), 0)
            out += b"%d 0 obj\n" % count + body + b"endobj\n"
        else:
            loose.append((count, body))
    for start in range(0, len(loose), PACKED):
        batch = loose[start : start + PACKED]
        places |= {one: (2, count, n) for n, (one, _body) in enumerate(batch)}
        places[count] = (1, len(out), 0)
        out += b"%d 0 obj\n" % count + _object_stream(batch).format(document) + b"endobj\n"
        count += 1
    places[count] = (1, len(out), 0)
    identity = b"<" + document.signature.hexdigest().encode("ascii") + b">"
    rows = b"".join(
        kind.to_bytes(1, "big") + where.to_bytes(4, "big") + more.to_bytes(2, "big")
        for _number, (kind, where, more) in sorted(places.items())
    )
    entries = {"Type": Name("XRef"), "Size": count + 1, "W": [1, 4, 2], "Root": root, "Info": info}
    table = Stream(rows, {**entries, "ID": [identity, identity]}).format(document)
    start_at = len(out)
    out += b"%d 0 obj\n" % count + table + b"endobj\nstartxref\n%d\n%%%%EOF\n" % start_at
    return bytes(out)


def _object_stream(batch: Sequence[tuple[int, bytes]]) -> Stream:
    heads, bodies, offset = [], [], 0
    for one, body in batch:
        heads.append(b"%d %d" % (one, offset))
        bodies.append(body.rstrip() + b"\n")
        offset += len(bodies[-1])
    head = b" ".join(heads) + b"\n"
    return Stream(head + b"".join(bodies), {"Type": Name("ObjStm"), "N": len(batch), "First": len(head)})
