"""Delimited text: UTF-8, UTF-16 with or without BOM, or GB18030; comma, semicolon or tab; any line ending.

Python's csv module reads it, strictly: of the readers measured it is the one that neither shifts cells nor
loses lines. The whole file is decoded once beforehand, so a file is either text or refused.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from warehouse.intake.columns import HEADER_WITHIN, find_header
from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.document import Document, Row, Sheet

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WITHOUT_BOM = ("utf-16-le", "utf-16-be")
_START = 1 << 20
_HEAD_LINES = 100
"""So many lines hold the header, where there is one."""
_DELIMITERS = (",", "\t", ";")
_CHUNK = 1 << 20
_SURELY_UTF8 = 2
"""So many characters beyond ASCII that read well as UTF-8 before a fault are not GB18030 by chance."""
_LARGE = 4 << 20
"""From so many bytes on the fast reader is worth its start."""


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """Open the file as one sheet without a name; raises FileRefused where it is not text."""
    octets = _Octets(path)
    encoding = _encoding_of(octets)
    with octets.as_text(encoding) as stream:
        delimiter = _delimiter_of(list(islice(stream, _HEAD_LINES))) or _DELIMITERS[0]
    blocks = None
    if octets.is_plain:
        from warehouse.intake.readers import plain_text

        blocks = partial(plain_text.blocks, path, delimiter)
    rows = _rows(octets, encoding, delimiter)
    yield Document("csv", iter([Sheet("", rows, is_delimited=True, blocks=blocks)]))


class _Octets:
    """A file's bytes, to be gone through several times; those of a small file are read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.is_large = path.stat().st_size >= _LARGE
        self._content = b"" if self.is_large else path.read_bytes()

    @cached_property
    def is_plain(self) -> bool:
        """Whether they are UTF-8 for the fast reader; small ones are read before it has even started."""
        if not self.is_large:
            return False
        from warehouse.intake.readers import plain_text

        return plain_text.is_plain(self._path)

    def stream(self) -> BinaryIO:
        """Open them from the start."""
        return self._path.open("rb") if self.is_large else io.BytesIO(self._content)

    def as_text(self, encoding: str) -> TextIO:
        """Open them as text, with line ends as they are."""
        return io.TextIOWrapper(self.stream(), encoding=encoding, newline="")


@dataclass(frozen=True)
class _Fault:
    """Where bytes are not what the encoding says, and these; `beyond_ascii` characters read well before."""

    offset: int
    written: str
    beyond_ascii: int


def _encoding_of(octets: _Octets) -> str:
    """Return what the whole file is text in; raises FileRefused with the place where it is none."""
    with octets.stream() as stream:
        start = stream.read(4)
    encoding = next((encoding for bom, encoding in _BOMS if start.startswith(bom)), "utf-8")
    if octets.is_plain:
        return encoding
    if encoding == "utf-8":
        encoding = _utf16_without_bom(octets) or encoding
    fault = _fault_in(octets, encoding)
    if fault and encoding == "utf-8" and fault.beyond_ascii < _SURELY_UTF8:
        encoding = "gb18030"
        fault = _fault_in(octets, encoding)
    if fault:
        raise FileRefused(
            "undecodable", row_number=_line_at(octets, fault.offset), text=fault.written, expected=encoding
        )
    return encoding


def _utf16_without_bom(octets: _Octets) -> str | None:
    """Return the UTF-16 in which a text with NULs has a header; None where it has none so."""
    with octets.stream() as stream:
        start = stream.read(_START)
    if b"\0" not in start:
        return None
    texts = {encoding: start.decode(encoding, "replace") for encoding in _WITHOUT_BOM}
    return next((one for one, text in texts.items() if _delimiter_of(text.splitlines(keepends=True))), None)


def _fault_in(octets: _Octets, encoding: str) -> _Fault | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    offset, beyond_ascii, piece = 0, 0, b" "
    with octets.stream() as stream:
        while piece:
            piece = stream.read(_CHUNK)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                before = bytes(error.object[: error.start]).decode(encoding)
                written = bytes(error.object[error.start : error.start + 4]).hex(" ").upper()
                held_over = len(error.object) - len(piece)
                return _Fault(offset - held_over + error.start, written, beyond_ascii + _beyond_ascii(before))
            _refuse_unreadable(octets, text, offset, len(piece))
            beyond_ascii += _beyond_ascii(text) if beyond_ascii < _SURELY_UTF8 else 0
            offset += len(piece)
    return None


def _refuse_unreadable(octets: _Octets, text: str, offset: int, size: int) -> None:
    if "\0" in text:
        before = text[: text.index("\0")]
        raise FileRefused("nul_bytes", row_number=_line_at(octets, offset) + before.count("\n"))
    if size == _CHUNK and "\n" not in text and "\r" not in text:
        raise FileRefused("line_too_long", row_number=_line_at(octets, offset))


def _line_at(octets: _Octets, offset: int) -> int:
    """Return the number of the line that holds a byte."""
    with octets.stream() as stream:
        before = stream.read(offset)
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def _beyond_ascii(text: str) -> int:
    """Return whether the text has 0, 1 or more characters beyond ASCII, the last as 2."""
    return len(list(islice((character for character in text if not character.isascii()), _SURELY_UTF8)))


def _delimiter_of(lines: list[str]) -> str | None:
    """Return the separator by which the first lines have a header, sound or not; None without one."""
    for delimiter in _DELIMITERS:
        try:
            if find_header(list(islice(csv.reader(lines, delimiter=delimiter), HEADER_WITHIN))):
                return delimiter
        except FileRefused:
            return delimiter
        except csv.Error:
            continue
    return None


def _rows(octets: _Octets, encoding: str, delimiter: str) -> Iterator[Row]:
    with octets.as_text(encoding) as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        lines = 0
        try:
            for row in reader:
                yield row
                lines = reader.line_num
        except csv.Error as error:
            rule = "cell_too_long" if "field limit" in str(error) else "broken_quotes"
            with octets.as_text(encoding) as again:
                place = _line_of_quote(islice(again, lines, reader.line_num), delimiter)
            raise FileRefused(rule, row_number=lines + place) from error


def _line_of_quote(lines: Iterator[str], delimiter: str) -> int:
    """Return in which line of a row, counted from 1, the quote opens that is not closed as it must be."""
    begun, state = 1, "start"
    for number, line in enumerate(lines, start=1):
        for character in line:
            is_quote, is_cut = character == '"', character in (delimiter, "\n", "\r")
            if state == "quoted":
                state = "closed" if is_quote else "quoted"
            elif is_quote and state != "unquoted":
                # Behind a closed quote another one is the second of two that stand for one.
                begun, state = (begun if state == "closed" else number), "quoted"
            elif state == "closed" and not is_cut:
                return begun
            else:
                state = "start" if is_cut else "unquoted"
    return begun
