"""PDF objects in ReportLab's document: dictionaries, streams, embedded fonts, the structure tree.

Together with `paper` the only place that uses names ReportLab does not promise to keep.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from cityplanner.reports.fonts import Face, Shaped
from cityplanner.reports.tags import Mark, Node, Reference


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


def text_string(text: str) -> bytes:
    """A text as a PDF string: readable where it is ASCII, else UTF-16."""
    if text.isascii() and text.isprintable():
        return b"(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("ascii") + b")"
    return b"<feff" + text.encode("utf-16-be", "replace").hex().encode("ascii") + b">"


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


BLANKS = ("\u200b", "\u034f", "\0")


class EmbeddedFont:
    """One face as this document uses it: codes of the glyphs drawn and what each of them spells.

    A code is the glyph's own number, or beyond the last glyph where the same glyph spells something else.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.spells: dict[int, str] = {}
        self.glyphs: dict[int, int] = {}
        self._codes: dict[tuple[int, str], int] = {}
        self._known: dict[Shaped, tuple[int, ...]] = {}
        self._steps: dict[Shaped, str | None] = {}

    def code(self, gid: int, words: str) -> int:
        """The code that draws a glyph and spells these characters."""
        found = self._codes.get((gid, words))
        if found is None:
            found = gid
            if gid in self.spells:
                found = self.face.glyph_count + sum(code != gid for code, gid in self.glyphs.items())
            self._codes[gid, words] = found
            self.spells[found], self.glyphs[found] = words, gid
        return found

    def codes(self, shaped: Shaped) -> tuple[int, ...]:
        """The codes of a stretch's glyphs."""
        found = self._known.get(shaped)
        if found is None:
            known, exact = self.glyphs, shaped.spelled
            found = tuple(
                self.code(one.gid, one.spells) if exact or one.gid not in known else one.gid
                for one in shaped.glyphs
            )
            self._known[shaped] = found
        return found

    def steps(self, shaped: Shaped) -> str | None:
        """What shows the stretch inside a TJ array; None when a glyph is raised."""
        if shaped not in self._steps:
            raised = any(glyph.dy for glyph in shaped.glyphs)
            self._steps[shaped] = None if raised else _steps(shaped, self.codes(shaped))
        return self._steps[shaped]

    def blank(self) -> int | None:
        """A glyph that draws nothing and has no width, to carry characters that have no glyph of their own."""
        found = (self.face.nominal(char) for char in BLANKS)
        return next((gid for gid in found if gid and not self.face.advance(gid)), None)

    def object(self) -> Dictionary:
        """The font dictionary with its embedded subset."""
        gids = sorted({*self.glyphs.values()})
        data = self.face.subset(gids)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(repr(gids).encode()).digest()[:6])
        name = Name(f"{tag}+{self.face.name}")
        ascent, descent = self.face.extents
        descriptor = {
            "Type": Name("FontDescriptor"),
            "FontName": name,
            "Flags": 4,
            "FontBBox": list(self.face.box),
            "ItalicAngle": -12 if "Italic" in self.face.name else 0,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": 714,
            "StemV": 140 if "Bold" in self.face.name else 80,
            "FontFile2": Stream(data, {"Length1": len(data)}),
        }
        descendant = {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
            "FontDescriptor": Dictionary(descriptor),
            "DW": 1000,
            "W": [
                part for code, gid in sorted(self.glyphs.items()) for part in (code, [self.face.advance(gid)])
            ],
            "CIDToGIDMap": self._glyph_map(),
        }
        whole = {
            "Type": Name("Font"),
            "Subtype": Name("Type0"),
            "BaseFont": name,
            "Encoding": Name("Identity-H"),
            "DescendantFonts": [Dictionary(descendant)],
            "ToUnicode": Stream(_to_unicode(self.spells)),
        }
        return Dictionary(whole)

    def _glyph_map(self) -> Any:
        """From codes to glyphs: the same, unless codes beyond the last glyph are used."""
        last = max(self.glyphs, default=0)
        if last < self.face.glyph_count:
            return Name("Identity")
        return Stream(b"".join(self.glyphs.get(code, 0).to_bytes(2, "big") for code in range(last + 1)))


def _steps(shaped: Shaped, codes: Sequence[int]) -> str:
    """Codes, and between them what differs from the font's own advances (1/1000, to the left)."""
    found: list[str] = []
    run: list[str] = []
    shift = 0.0
    advance_of = shaped.face.advance
    for glyph, code in zip(shaped.glyphs, codes, strict=True):
        shift -= glyph.dx
        if abs(shift) >= 0.5:
            if run:
                found.append(f"<{''.join(run)}>")
                run = []
            found.append(str(round(shift)))
            shift -= round(shift)
        run.append(f"{code:04x}")
        shift += glyph.dx + advance_of(glyph.gid) - glyph.advance
    found.append(f"<{''.join(run)}>")
    if abs(shift) >= 0.5:
        found.append(str(round(shift)))
    return "".join(found)


def _to_unicode(spells: Mapping[int, str]) -> bytes:
    """The map from glyphs to characters (a CMap)."""
    rows = [f"<{gid:04x}> <{_readable(spells[gid])}>" for gid in sorted(spells)]
    blocks = [rows[n : n + 100] for n in range(0, len(rows), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _readable(text: str) -> str:
    return "".join("fffd" if char in "\0\ufeff\ufffe" else char.encode("utf-16-be").hex() for char in text)


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


def structure(
    document: Any,
    root: Node,
    pages: Sequence[Any],
    marks: Sequence[Sequence[Node]],
    links: Sequence[tuple[Any, Node]],
) -> Dictionary:
    """The structure tree with its parent tree; `links` are annotations with their nodes."""
    nodes = [node for node in root.walk() if node.attached]
    objects = {node: Dictionary({}) for node in nodes}
    top = Dictionary({})
    for node in nodes:
        parent = objects[node.parent] if node.parent else top
        objects[node].value = _element(node, parent, objects, pages, links)
    tree = [part for n, page in enumerate(marks) for part in (n, [objects[node] for node in page])]
    for n, (_annotation, node) in enumerate(links):
        tree += [len(marks) + n, objects[node]]
    top.value = {
        "Type": Name("StructTreeRoot"),
        "K": [objects[root]],
        "ParentTree": Dictionary({"Nums": tree}),
        "ParentTreeNextKey": len(marks) + len(links),
    }
    return top


def _element(
    node: Node, parent: Dictionary, objects: Mapping[Node, Dictionary], pages: Sequence[Any], links: Any
) -> dict[str, Any]:
    """One structure element's dictionary."""
    found: dict[str, Any] = {"Type": Name("StructElem"), "S": Name(node.tag), "P": parent}
    home = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
    if home is not None:
        found["Pg"] = pages[home]
    kids: list[Any] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(objects[kid])
        elif isinstance(kid, Reference):
            kids.append({"Type": Name("OBJR"), "Obj": links[kid.annotation][0]})
        elif kid.page == home:
            kids.append(kid.number)
        else:
            kids.append({"Type": Name("MCR"), "Pg": pages[kid.page], "MCID": kid.number})
    if kids:
        found["K"] = kids if len(kids) > 1 else kids[0]
    for key, text in (("Alt", node.alt), ("Lang", node.language)):
        if text:
            found[key] = text
    if node.attributes:
        found["A"] = [
            {"O": Name(owner), **_attributes(one)} for owner, one in sorted(node.attributes.items())
        ]
    return found


def _attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: Name(value) if isinstance(value, str) else value for key, value in sorted(values.items())}
