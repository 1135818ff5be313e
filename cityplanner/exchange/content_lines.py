"""Content lines of vCard: folded, grouped, quoted-printable, in whatever charset each line says it is in.

Old cards name a charset for each property, so a file is cut into lines as bytes and each value is decoded on its own.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(
    r'(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<parameters>(?:;(?:"[^"]*"|[^":;])*)*):(?P<value>.*)',
    re.DOTALL,
)
_PARAMETER = re.compile(r';((?:"[^"]*"|[^":;])*)')
_BARE = {
    "QUOTED-PRINTABLE": "ENCODING",
    "BASE64": "ENCODING",
    "B": "ENCODING",
    "8BIT": "ENCODING",
    "7BIT": "ENCODING",
}
_UNSAFE = frozenset(
    {"utf-7", "utf7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
)
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One property: upper-case name, parameters as upper-case name to values, and the value as a text."""

    name: str
    parameters: dict[str, tuple[str, ...]]
    value: str
    group: str = ""

    def types(self) -> frozenset[str]:
        """The values of TYPE in lower case: home, work, cell, pref."""
        return frozenset(value.lower() for value in self.parameters.get("TYPE", ()))

    def components(self) -> list[str]:
        """The parts of a structured value (a name, an address, an organization), each unescaped."""
        return [unescaped(part).strip() for part in re.split(r"(?<!\\);", self.value)]

    def text(self) -> str:
        """The value, unescaped."""
        return unescaped(self.value).strip()


_BREAKS = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")


def unescaped(text: str) -> str:
    """A value without the backslashes that guard its commas, semicolons and line breaks."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text, flags=re.DOTALL)


def one_line(text: str) -> str:
    """A text without line breaks and doubled spaces; a no-break or a wide space is somebody's choice and stays."""
    return _BREAKS.sub(" ", text).strip()


def printable(text: str) -> str:
    """A text without signs that cannot be shown, its line breaks written as everywhere."""
    return _NOT_TEXT.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def blocks(data: bytes, name: str) -> Iterator[list[bytes]]:
    """The lines between BEGIN and END of each block of that name, still as bytes; a block inside is skipped.

    A block that is never ended lasts until the next one begins.
    """
    begin, end = f"BEGIN:{name}".encode(), f"END:{name}".encode()
    inside: list[bytes] | None = None
    depth = 0
    for line in _unfolded(data):
        mark = line.strip().upper().replace(b" ", b"")
        if mark == begin and (inside is None or (not depth and not _opens_inside(inside))):
            if inside:
                yield inside
            inside = []
        elif mark.startswith(b"BEGIN:") and inside is not None:
            depth += 1
        elif mark.startswith(b"END:") and depth:
            depth -= 1
        elif mark == end and inside is not None:
            yield inside
            inside = None
        elif inside is not None and not depth:
            inside.append(line)
    if inside:
        yield inside


def _opens_inside(lines: list[bytes]) -> bool:
    """Whether the last line announces a card inside this one (`AGENT:` of vCard 2.1)."""
    return bool(lines) and lines[-1].strip().upper().split(b";")[0].split(b":")[0] == b"AGENT"


def _unfolded(data: bytes) -> Iterator[bytes]:
    """Whole lines: a line that begins with white space goes on from the one before, so does a soft break."""
    if not data.startswith(codecs.BOM_UTF8) and data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        data = data.decode("utf-16", "replace").encode()
    parts: list[bytes] = []
    soft = False
    for line in data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if soft:
            parts.append(line)
        elif line[:1] in (b" ", b"\t") and parts:
            parts.append(line[1:])
        else:
            if parts:
                yield b"".join(parts)
            parts = [line]
        soft = line.endswith(b"=") and _is_quoted_printable(parts[0])
        if soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield b"".join(parts)


def _is_quoted_printable(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def read_line(data: bytes) -> Line | None:
    """A property out of its bytes; None for what is none."""
    match = _LINE.fullmatch(data.decode("latin-1"))
    if match is None:
        return None
    parameters = _parameters(match["parameters"])
    value = match["value"].encode("latin-1")
    if "QUOTED-PRINTABLE" in _upper(parameters, "ENCODING"):
        value = quopri.decodestring(value)
    text = printable(_decoded(value, parameters))
    return Line(match["name"].upper(), parameters, text, (match["group"] or "").lower())


def _parameters(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in _PARAMETER.findall(text):
        name, equals, value = part.partition("=")
        if not equals:  # vCard 2.1 leaves the name out: ;HOME;QUOTED-PRINTABLE
            name, value = _BARE.get(name.strip().upper(), "TYPE"), name
        items = tuple(item.strip().strip('"') for item in value.split(","))
        found[name.strip().upper()] = found.get(name.strip().upper(), ()) + items
    return found


def _upper(parameters: dict[str, tuple[str, ...]], name: str) -> set[str]:
    return {value.upper() for value in parameters.get(name, ())}


def _decoded(value: bytes, parameters: dict[str, tuple[str, ...]]) -> str:
    """A value in the charset it names, else as UTF-8, else as Western European."""
    named = parameters.get("CHARSET", ("",))[0].lower()
    for charset in (named, "utf-8"):
        if not charset or charset in _UNSAFE:
            continue
        try:
            return value.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return value.decode("cp1252", "replace")
