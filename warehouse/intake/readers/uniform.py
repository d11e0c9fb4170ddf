"""Small plain text files, told in one look, so that many of them are read together in one pass over arrays.

A file is uniform where its first line is a header and each further line has as many cells: UTF-8, commas, no
quote, no blank line. Every other file is for the reader of its own; a test holds the two against each other.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import lru_cache

from warehouse.intake.columns import Header, find_header
from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.document import MOST_COLUMNS

MOST_BYTES = 1 << 17
"""No cell of so small a file can be too long."""
DELIMITER = ","
_ALL_BUT_CUTS = bytes(set(range(256)) - set(b",\n"))


@dataclass(frozen=True)
class Uniform:
    """A file of one header and rows of its width."""

    header: Header
    heading: list[str]
    """The header's cells as they are written."""
    lines: bytes
    """The rows, uncut, each with its line end."""
    count: int


def uniform(content: bytes) -> Uniform | None:
    """Return the file's header and rows where it is uniform; else None."""
    first, _, lines = content.removeprefix(codecs.BOM_UTF8).partition(b"\n")
    header = _header(first.removesuffix(b"\r"))
    if header is None or not lines or b'"' in lines or b"\0" in lines or not _is_utf8(lines):
        return None
    if lines.count(b"\r") != lines.count(b"\r\n"):
        return None
    lines = lines.removesuffix(b"\n") + b"\n"
    count = lines.count(b"\n")
    if lines.translate(None, _ALL_BUT_CUTS) != count * (b"," * (header.cells - 1) + b"\n"):
        return None
    return Uniform(header, _cells(first.removesuffix(b"\r")), lines, count)


@lru_cache(maxsize=1_000)
def _header(line: bytes) -> Header | None:
    """Return the header that a first line is in itself, as most lines of most files have it alike."""
    if b'"' in line or b"\r" in line or b"\0" in line or not _is_utf8(line):
        return None
    try:
        header = find_header([_cells(line)])
    except FileRefused:
        return None
    is_one_table = header and not header.months and header.cells == header.width <= MOST_COLUMNS
    return header if is_one_table else None


def _cells(line: bytes) -> list[str]:
    return line.decode().split(DELIMITER)


def _is_utf8(octets: bytes) -> bool:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True
