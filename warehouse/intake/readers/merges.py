"""Merged cells: all but the first of them are covered, and what is stored in a covered cell nobody sees."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from warehouse.intake.findings import FileRefused

_MOST = 100_000
_CHUNK = 1 << 20
_LONGEST_TAG = 400
_REFERENCE = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_MERGE = re.compile(rf"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']{_REFERENCE}:{_REFERENCE}["']""")


@dataclass(frozen=True)
class Merge:
    """Cells shown as one; rows count from 1, columns from 0, and the last ones are in it."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def covers(self, row_number: int, column: int) -> bool:
        """Tell whether a cell of one of the rows lies under the merge."""
        is_first = (row_number, column) == (self.first_row, self.first_column)
        return self.first_column <= column <= self.last_column and not is_first


class Merges:
    """A sheet's merges, asked for row by row in order."""

    def __init__(self, merges: Iterable[Merge]) -> None:
        self._coming = sorted(merges, key=lambda one: one.first_row, reverse=True)
        self._active: list[Merge] = []

    def covered(self, row_number: int, columns: Iterable[int]) -> set[int]:
        """Return which of a row's columns lie under a merge; rows come in order."""
        while self._coming and self._coming[-1].first_row <= row_number:
            self._active.append(self._coming.pop())
        self._active = [one for one in self._active if one.last_row >= row_number]
        if not self._active:
            return set()
        return {column for column in columns if any(one.covers(row_number, column) for one in self._active)}


def merges_in(xml: IO[bytes]) -> list[Merge]:
    """Return the merges of a worksheet, named after its rows; raises FileRefused beyond 100,000."""
    found: list[Merge] = []
    rest = ""
    for text in _texts(xml):
        rest += text
        for match in _MERGE.finditer(rest):
            found.append(_merge(*match.groups()))
            if len(found) > _MOST:
                raise FileRefused("workbook_too_large", text=f"合并单元格超过 {_MOST} 处")
        rest = rest[max(rest.rfind(">") + 1, len(rest) - _LONGEST_TAG) :]
    return found


def merges_said(xml: bytes) -> list[Merge]:
    """Return the merges that a piece of XML in an encoding of ASCII names."""
    return [_merge(*match.groups()) for match in _MERGE.finditer(xml.decode("latin-1"))]


def _texts(xml: IO[bytes]) -> Iterator[str]:
    """Yield the XML as text as far as tags are concerned, some of it at a time."""
    piece = xml.read(_CHUNK)
    is_utf16 = piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if is_utf16 else "latin-1")("replace")
    while piece:
        yield decoder.decode(piece)
        piece = xml.read(_CHUNK)


def _merge(first_column: str, first_row: str, last_column: str, last_row: str) -> Merge:
    rows = sorted((int(first_row), int(last_row)))
    columns = sorted((column_place(first_column), column_place(last_column)))
    return Merge(rows[0], rows[1], columns[0], columns[1])


@lru_cache(maxsize=1_000)
def column_place(letters: str) -> int:
    """Return the place of a column by its name, counted from 0."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def column_name(place: int) -> str:
    """Return the name of a column by its place, counted from 0."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
