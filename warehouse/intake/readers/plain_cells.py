"""The cells of a piece of a plain worksheet's XML, found by whole arrays.

Plain is what is nothing but rows of cells in order, each empty, with a number or with the place of a shared
text: no formula, no error, no comment, no blank between two tags, no more than 26 columns. Every tag is
checked to be one of these and to follow the one before it as it must.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import compute

_ROW, _CELL, _VALUE, _NO_VALUE, _NO_CELL, _NO_ROW, _NO_KIND = range(7)
_CLOSED = 8
"""What a tag that ends itself adds to its kind."""
_FOLLOWING = (
    (_ROW, _CELL),
    (_ROW, _NO_ROW),
    (_CELL, _VALUE),
    (_CELL, _NO_CELL),
    (_CELL + _CLOSED, _CELL),
    (_CELL + _CLOSED, _NO_ROW),
    (_VALUE, _NO_VALUE),
    (_NO_VALUE, _NO_CELL),
    (_NO_CELL, _CELL),
    (_NO_CELL, _NO_ROW),
    (_NO_ROW, _ROW),
)
_LENGTHS = {_VALUE: len("<v>"), _NO_VALUE: len("</v>"), _NO_CELL: len("</c>"), _NO_ROW: len("</row>")}
_PADDING = b" " * 16
"""Behind the last tag and before the first, so that 8 bytes can be read on either side of every place."""
_OPEN_ROW, _OPEN_CELL = b'<row r="', b'<c r="'
_LETTER = len(_OPEN_CELL)
_REFERENCE = 8
"""So many bytes hold a row's number of up to 7 digits and the quote that ends it."""
_TEXT = b' t="s"'
_OF_A_CELL = re.compile(r'(?: s="([0-9]{1,6})")?(?: t="[sn]")?/?')
_OF_A_ROW = re.compile(
    r'(?: (?:hidden="(?:0|false)"|ht="[0-9]*[1-9][0-9]*(?:\.[0-9]*)?"|(?:spans|s|x14ac:dyDescent'
    r"|outlineLevel|collapsed|thickBot|thickTop"
    r'|customFormat|customHeight)="[0-9a-zE.: -]*"))*'
)
_MOST_COLUMNS = 26
"""So many have a name of one letter."""


class NotPlain(Exception):  # noqa: N818 - an outcome, not an error
    """The sheet is for the other reader."""


@dataclass(frozen=True)
class Cells:
    """The cells with a value, in order: arrays of the same length, and the numbers of all rows."""

    row_numbers: np.ndarray
    rows: np.ndarray
    """The place of each cell's row in `row_numbers`."""
    columns: np.ndarray
    is_text: np.ndarray
    places: np.ndarray
    """Of each cell that is a text: which of the shared ones."""
    numbers: pa.StringArray
    """Of each other cell: its number as it is written."""


def cells_of(xml: bytes, telling_formats: frozenset[int]) -> Cells:
    """Return the cells of whole rows; raises NotPlain where the other reader must have them.

    `telling_formats` are the cell formats that may say more of a number than its digits do, such as a date's.
    """
    return _Piece(xml).cells(telling_formats)


class _Piece:
    """The XML as an array of bytes, and where each of its tags begins and ends."""

    def __init__(self, xml: bytes) -> None:
        self._bytes = np.frombuffer(_PADDING + xml + _PADDING, np.uint8)
        self._words = np.ndarray((len(self._bytes) - 7,), "<u8", self._bytes, strides=(1,))
        self._opens = np.flatnonzero(self._bytes == ord("<"))
        self._closes = np.flatnonzero(self._bytes == ord(">"))
        self._kinds = self._kinds_of_tags()
        self._check_order()

    def _kinds_of_tags(self) -> np.ndarray:
        if not len(self._opens) or len(self._opens) != len(self._closes):
            raise NotPlain
        start, end = np.full((2, 1 << 8), _NO_KIND, np.uint8)
        for kind, letter in enumerate(b"rcv"):
            start[letter] = kind
        for kind, letter in enumerate(b"vcr", start=_NO_VALUE):
            end[letter] = kind
        after = self._bytes[self._opens + 1]
        kinds: np.ndarray = np.where(after == ord("/"), end[self._bytes[self._opens + 2]], start[after])
        return kinds

    def _check_order(self) -> None:
        """Check that each tag follows one that it may follow, with nothing between them but a value."""
        follows = np.zeros(1 << 8, bool)
        follows[[before * 16 + after for before, after in _FOLLOWING]] = True
        length_of = np.zeros(1 << 8, np.int64)
        length_of[list(_LENGTHS)] = list(_LENGTHS.values())
        kinds, opens, closes = self._kinds, self._opens, self._closes
        is_closed = self._bytes[closes - 1] == ord("/")
        gaps = opens[1:] - closes[:-1] - 1
        due = length_of[kinds]
        faults = (
            ~follows[(kinds[:-1] + _CLOSED * is_closed[:-1].view(np.uint8)) * np.uint8(16) + kinds[1:]],
            (gaps != 0) != (kinds[:-1] == _VALUE),
            gaps < 0,
            (due > 0) & (due != closes - opens + 1),
            ~self._says(opens[kinds == _NO_ROW], b"</row>"),
        )
        first, last = len(_PADDING), len(self._bytes) - len(_PADDING) - 1
        is_whole = opens[0] == first and closes[-1] == last and kinds[0] == _ROW and kinds[-1] == _NO_ROW
        if not is_whole or any(fault.any() for fault in faults):
            raise NotPlain

    def cells(self, telling_formats: frozenset[int]) -> Cells:
        """Return the cells that have a value; raises NotPlain where one is not as it must be."""
        row = np.flatnonzero(self._kinds == _ROW)
        place = np.flatnonzero(self._kinds == _CELL)
        rows = np.repeat(np.arange(len(row)), np.diff(np.searchsorted(place, row), append=len(place)))
        opens, closes = self._opens[place], self._closes[place]
        row_numbers, references = self._rows(row)
        mask, expected, length = (one[rows] for one in references)
        columns = self._bytes[opens + _LETTER].astype(np.int64) - ord("A")
        attributes = opens + _LETTER + 1 + length
        has_value = self._kinds[place + 1] == _VALUE
        is_text = self._says(closes - len(_TEXT), _TEXT)
        is_usual = (attributes == closes) | (is_text & (attributes == closes - len(_TEXT)))
        faults = (
            ~self._says(opens, _OPEN_CELL),
            (self._words[opens + _LETTER + 1] & mask) != expected,
            (columns < 0) | (columns >= _MOST_COLUMNS),
            np.diff(rows * 32 + columns) <= 0,
        )
        if any(fault.any() for fault in faults):
            raise NotPlain
        for said in self._distinct(attributes[~is_usual], closes[~is_usual]):
            match = _OF_A_CELL.fullmatch(said)
            if match is None or (match[1] and int(match[1]) in telling_formats):
                raise NotPlain
        value, is_text = place[has_value] + 1, is_text[has_value]
        starts, stops = self._closes[value] + 1, self._opens[value + 1]
        return Cells(
            row_numbers,
            rows[has_value],
            columns[has_value],
            is_text,
            self._whole_numbers(starts[is_text], stops[is_text]),
            self._slices(starts[~is_text], stops[~is_text]),
        )

    def _rows(self, row: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
        """Return the rows' numbers, and how their cells' references go on after the letter.

        That is 8 bytes from there: which of them count, what those are, how many they are.
        """
        starts = self._opens[row] + len(_OPEN_ROW)
        is_quote = np.stack([self._bytes[starts + step] == ord('"') for step in range(1, _REFERENCE)])
        faults = (
            self._words[starts - len(_OPEN_ROW)] != np.uint64(int.from_bytes(_OPEN_ROW, "little")),
            ~is_quote.any(axis=0),
            self._bytes[starts] == ord("0"),
        )
        if any(fault.any() for fault in faults):
            raise NotPlain
        digits = is_quote.argmax(axis=0) + 1
        numbers = self._whole_numbers(starts, starts + digits)
        for said in self._distinct(starts + digits + 1, self._closes[row]):
            if _OF_A_ROW.fullmatch(said) is None:
                raise NotPlain
        mask = ~np.uint64(0) >> (np.uint64(8) * (_REFERENCE - 1 - digits).astype(np.uint64))
        return numbers, (mask, self._words[starts] & mask, digits + 1)

    def _says(self, places: np.ndarray, text: bytes) -> np.ndarray:
        """Tell for each place whether the XML has the text, of less than 8 bytes, there."""
        mask = np.uint64((1 << 8 * len(text)) - 1)
        says: np.ndarray = (self._words[places] & mask) == np.uint64(int.from_bytes(text, "little"))
        return says

    def _whole_numbers(self, starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
        """Return the numbers of up to 8 digits that stand there, each read from the 8 bytes that it ends."""
        lengths = stops - starts
        if lengths.max(initial=0) > _REFERENCE:
            raise NotPlain
        # What stands before the number becomes zeros; then neighbours are joined: digits, pairs, fours.
        is_digit = ~np.uint64(0) << (np.uint64(8) * (_REFERENCE - lengths).astype(np.uint64))
        word = (self._words[stops - _REFERENCE] ^ np.uint64(0x3030303030303030)) & is_digit
        if ((word | (word + np.uint64(0x0606060606060606))) & np.uint64(0xF0F0F0F0F0F0F0F0)).any():
            raise NotPlain
        for bits, factor, kept in (
            (8, 10, 0x00FF00FF00FF00FF),
            (16, 100, 0x0000FFFF0000FFFF),
            (32, 10_000, 0x00000000FFFFFFFF),
        ):
            word = (word * np.uint64(factor) + (word >> np.uint64(bits))) & np.uint64(kept)
        numbers: np.ndarray = word.astype(np.int64)
        return numbers

    def _distinct(self, starts: np.ndarray, stops: np.ndarray) -> list[str]:
        texts: list[str] = compute.unique(self._slices(starts, stops)).to_pylist()
        return texts

    def _slices(self, starts: np.ndarray, stops: np.ndarray) -> pa.StringArray:
        """Return the pieces of the XML from each start to its end as texts."""
        lengths = stops - starts
        if lengths.min(initial=0) < 0:
            raise NotPlain
        offsets = np.zeros(len(starts) + 1, np.int32)
        np.cumsum(lengths, out=offsets[1:])
        within = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
        pieces = self._bytes[within]
        if (pieces > ord("~")).any():
            raise NotPlain
        return pa.StringArray.from_buffers(len(starts), pa.py_buffer(offsets), pa.py_buffer(pieces))
