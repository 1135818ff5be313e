"""Text in columns: encoding and delimiter are found out, quoted line breaks kept, nonsense refused in words."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.shaping import shaped, too_long
from cityplanner.exchange.sheet import Hints, Sheet, Told

DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 60
_SAMPLE_BYTES = 100_000
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"PK\x03\x04", "a spreadsheet or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x1f\x8b", "a compressed file"),
)
_LEGACY = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "mac_roman",
    "shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949", "koi8_r", "cp437", "cp850",
)  # fmt: skip
_SIGN_IN_WORD = re.compile("[^\\W\\d_][\u00a1-\u00b9\u00bb-\u00bf\u00d7\u00f7][^\\W\\d_]")
_LATIN = frozenset({"cp1250", "cp1254", "cp1257", "cp1258", "mac_roman", "latin_1", "cp437", "cp850"})


def read_csv(data: bytes, name: str, hints: Hints) -> Generator[Told, None, Sheet]:
    """A sheet out of the bytes of a CSV file; an encoding or a delimiter that is given is not guessed."""
    _refuse_other_formats(data, name)
    encoding = hints.encoding or detect_encoding(data)
    text = _Text(data, encoding)
    sample = _looked_through(text, name)
    hint, rest = _separator_line(sample)
    delimiter = hints.delimiter or hint or detect_delimiter(rest)
    text.skipped = 1 if hint else 0
    records = enumerate(_records(text, delimiter, name), 1 + text.skipped)
    headers = yield from shaped(name, records)
    return Sheet(name, headers, encoding=encoding, delimiter=delimiter)


@dataclass(slots=True)
class _Text:
    """A text that is decoded as it is read: whole, it would take many times the bytes of the file."""

    data: bytes
    encoding: str
    skipped: int = 0

    def lines(self) -> Iterator[str]:
        """The lines with their ends, without those that are skipped."""
        return islice(self._file(), self.skipped, None)

    def pieces(self) -> Iterator[str]:
        """The whole text in large pieces."""
        return iter(partial(self._file().read, 4 * _SAMPLE_BYTES), "")

    def _file(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self.data), self.encoding, newline="")


def _refuse_other_formats(data: bytes, name: str) -> None:
    kind = next((kind for magic, kind in _OTHERS if data.startswith(magic)), None)
    if kind is not None:
        raise UserError(
            _("“{name}” is {kind}, not a text in columns.").format(name=name, kind=_(kind)),
            _("Open it in its own program and save the table as “CSV UTF-8”."),
        )


def detect_encoding(data: bytes) -> str:
    """The encoding of a text: by its mark, as UTF-16 by its zero bytes, as UTF-8, else by likelihood."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) >= 4 and max(even, odd) > len(sample) // 5 and min(even, odd) <= max(even, odd) // 10:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _likely(data)
    return "utf-8"


def _likely(data: bytes) -> str:
    """The likeliest of the encodings of old; Western European where the alternatives differ by a few letters."""
    from charset_normalizer import from_bytes

    telling = _telling(data)
    best = from_bytes(telling, cp_isolation=list(_LEGACY)).best()
    if best is None or (best.encoding in _LATIN and _reads_as_western(telling)):
        return "cp1252"
    return str(best.encoding)


def _telling(data: bytes) -> bytes:
    """The first of the lines that are not plain ASCII: only they say anything about the encoding."""
    found = bytearray()
    for line in io.BytesIO(data.replace(b"\r", b"\n")):
        if not line.isascii():
            found += line
        if len(found) > _SAMPLE_BYTES:
            break
    return bytes(found[:_SAMPLE_BYTES])


def _reads_as_western(data: bytes) -> bool:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return not _SIGN_IN_WORD.search(text)


def _looked_through(text: _Text, name: str) -> str:
    """The beginning of a text; refuses what cannot be read to its end."""
    encoding, sample = text.encoding, ""
    try:
        for piece in text.pieces():
            sample = sample or piece
            if "\x00" in piece:
                raise UserError(
                    _("“{name}” holds bytes that no text has.").format(name=name),
                    _("It may be damaged, or not a table. Save it as “CSV UTF-8” and import it again."),
                )
    except LookupError as error:
        raise UserError(
            _("There is no encoding “{encoding}”.").format(encoding=encoding),
            _("Use utf-8, utf-16 or cp1252."),
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            _("“{name}” cannot be read as {encoding}.").format(name=name, encoding=encoding),
            _("Save it as “CSV UTF-8” and import it again."),
        ) from error
    return sample


def _separator_line(text: str) -> tuple[str, str]:
    """A first line `sep=;`, as spreadsheets write it, and the text after it."""
    first, _end, rest = text.partition("\n")
    first = first.strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], rest
    return "", text


def detect_delimiter(text: str) -> str:
    """The delimiter by which most of the first rows have the same number of columns, and more than one."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = Counter(map(len, _sample(text, delimiter)))
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (count / widths.total() if width > 1 else 0.0, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text[: 4 * _SAMPLE_BYTES], newline=""), delimiter=delimiter)
    found: list[list[str]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(cells)
            if len(found) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return found
    return found


def _records(text: _Text, delimiter: str, name: str) -> Iterator[list[str]]:
    """The records of a text. Stray quotation marks are taken as they are, one that never ends is refused."""
    read = 0
    try:
        for cells in csv.reader(text.lines(), delimiter=delimiter, strict=True):
            read += 1
            yield cells
    except csv.Error as error:
        reader = csv.reader(text.lines(), delimiter=delimiter)
        deque(islice(reader, read), maxlen=0)  # those that are told already are the same either way
        _refuse_broken(name, reader.line_num, error)
        try:
            yield from reader
        except csv.Error as error:
            raise _unreadable(name, reader.line_num, error) from error


def _refuse_broken(name: str, line: int, error: csv.Error) -> None:
    """Refuse what is no stray quotation mark; `line`: the last one that could be read."""
    if "end of data" in str(error):
        raise UserError(
            _("“{name}” has a quotation mark that is opened after line {line} and never closed.").format(
                name=name, line=line
            ),
            _("Close it, or write the file again from its program."),
        ) from error
    if "field larger" in str(error):
        raise _unreadable(name, line + 1, error) from error


def _unreadable(name: str, line: int, error: csv.Error) -> UserError:
    if "field larger" in str(error):
        return too_long(name, line)
    return UserError(
        _("“{name}” cannot be read after line {line}: {detail}").format(name=name, line=line, detail=error),
        _("Save it as “CSV UTF-8” and import it again."),
    )
