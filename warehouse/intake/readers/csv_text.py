"""Delimited text: UTF-8, UTF-16 or GB18030; comma, semicolon or tab; any line ending.

Python's csv module reads it, strictly: of the readers measured it is the one that neither shifts cells
nor loses lines. The whole file is decoded once beforehand, so a file is either text or refused.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from warehouse.intake.columns import HEADER_WITHIN, find_header
from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.document import Document, Row, Sheet

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = (",", "\t", ";")
_CHUNK = 1 << 20
_SURELY_UTF8 = 2
"""So many characters beyond ASCII that read well as UTF-8 before a fault are not GB18030 by chance."""


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """Open the file as one sheet without a name; raises FileRefused where it is not text."""
    encoding = encoding_of(path)
    delimiter = _delimiter_of(path, encoding)
    with path.open(encoding=encoding, newline="") as stream:
        sheet = Sheet("", _rows(stream, delimiter), is_delimited=True)
        yield Document("csv", iter([sheet]))


def encoding_of(path: Path) -> str:
    """Return the encoding in which the whole file is text without NUL; raises FileRefused with the place."""
    with path.open("rb") as stream:
        start = stream.read(4)
    encoding = next((encoding for bom, encoding in _BOMS if start.startswith(bom)), "utf-8")
    fault = _fault_in(path, encoding)
    if fault and encoding == "utf-8" and fault.beyond_ascii < _SURELY_UTF8:
        encoding = "gb18030"
        fault = _fault_in(path, encoding)
    if fault:
        raise FileRefused("undecodable", row_number=fault.line, text=fault.octets, expected=encoding)
    return encoding


@dataclass(frozen=True)
class _Fault:
    line: int
    octets: str
    beyond_ascii: int
    """How many characters beyond ASCII read well before it."""


def _fault_in(path: Path, encoding: str) -> _Fault | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, beyond_ascii, piece = 1, 0, b" "
    with path.open("rb") as stream:
        while piece:
            piece = stream.read(_CHUNK)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                before = bytes(error.object[: error.start]).decode(encoding)
                octets = bytes(error.object[error.start : error.start + 4]).hex(" ").upper()
                return _Fault(line + _line_ends(before), octets, beyond_ascii + _beyond_ascii(before))
            _refuse_unreadable(text, line, len(piece))
            line += _line_ends(text)
            beyond_ascii += _beyond_ascii(text) if beyond_ascii < _SURELY_UTF8 else 0
    return None


def _refuse_unreadable(text: str, line: int, size: int) -> None:
    if "\0" in text:
        raise FileRefused("nul_bytes", row_number=line + _line_ends(text[: text.index("\0")]))
    if size == _CHUNK and "\n" not in text and "\r" not in text:
        raise FileRefused("line_too_long", row_number=line)


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else sum(not character.isascii() for character in text)


def _delimiter_of(path: Path, encoding: str) -> str:
    """Return the separator with which the file has a header; the comma where none gives one."""
    for delimiter in _DELIMITERS:
        with path.open(encoding=encoding, newline="") as stream:
            try:
                head = list(islice(_rows(stream, delimiter), HEADER_WITHIN))
                if find_header(head):
                    return delimiter
            except FileRefused:
                continue
    return _DELIMITERS[0]


def _rows(stream: TextIO, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        rule = "cell_too_long" if "field limit" in str(error) else "broken_quotes"
        raise FileRefused(rule, row_number=reader.line_num) from error
