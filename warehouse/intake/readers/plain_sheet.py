"""A plain worksheet, read from the pieces of its XML without a parser, many times as fast as by one.

What is not plain is for the reader of all sheets. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from pyarrow import compute

from warehouse.intake.readers.cell_text import text_of
from warehouse.intake.readers.document import Block, Row
from warehouse.intake.readers.merges import Merge, merges_said
from warehouse.intake.readers.plain_cells import Cells, NotPlain, cells_of

__all__ = ["NotPlain", "PlainSheet"]

_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_MOST_BYTES = 128 << 20
_MOST_OF_A_ROW = 4 << 20
_MOST_TEXT = 256 << 20
"""One long text can stand in every cell: so many bytes of all cells' texts may be in memory at once."""
_ROWS_AT_ONCE = 2_000
_UNSEEN = re.compile(rb"""\s(?:hidden|zeroHeight)\s*=\s*["'](?:1|t|on)|\swidth\s*=\s*["']0*(?:\.0*)?["']""")
"""What hides columns or rows."""
_MOST_MERGES = 10_000
_LONGEST_TAG = 400
_BEGIN, _END, _END_ROW = b"<sheetData>", b"</sheetData>", b"</row>"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


class PlainSheet:
    """The rows of a sheet: given its pieces in order, then finished, then read as often as one likes.

    `add` and `finish` raise NotPlain where the other reader must have the sheet. `telling_formats` are the
    cell formats that may say more of a number than its digits do.
    """

    def __init__(self, shared_texts: Sequence[str], telling_formats: Sequence[int]) -> None:
        self._telling_formats = frozenset(telling_formats)
        # An empty cell has the text at place 0.
        self._texts = ["", *shared_texts]
        self._shared = len(shared_texts)
        self._place_of: dict[str, int] = {}
        self._size = self._rows = self._last_row = 0
        self._state = "before"
        self._rest = b""
        self._pieces: list[np.ndarray] = []
        self._merges: list[Merge] = []

    def add(self, piece: bytes) -> None:
        """Read a piece of the XML as far as its last whole row."""
        self._size += len(piece)
        self._rest += piece
        if self._state == "before" and _BEGIN in self._rest:
            before, _, self._rest = self._rest.partition(_BEGIN)
            if _MAIN not in before or b"<!" in before or _UNSEEN.search(before):
                raise NotPlain
            self._state = "rows"
        if self._state == "rows":
            whole = self._rest.rfind(_END_ROW) + len(_END_ROW)
            if whole >= len(_END_ROW):
                self._add_rows(cells_of(self._rest[:whole], self._telling_formats))
                self._rest = self._rest[whole:]
            if self._rest.startswith(_END):
                self._state = "after"
        if self._state == "after":
            self._merges += merges_said(self._rest)
            self._rest = self._rest[max(self._rest.rfind(b"<"), len(self._rest) - _LONGEST_TAG) :]
        is_large = self._size > _MOST_BYTES or len(self._rest) > _MOST_OF_A_ROW
        if is_large or len(self._merges) > _MOST_MERGES:
            raise NotPlain

    def finish(self) -> None:
        """Turn the rows into columns, once all pieces are there."""
        if self._state != "after" or not self._rest.rstrip().endswith(b"</worksheet>") or not self._pieces:
            raise NotPlain
        width = max(piece.shape[1] for piece in self._pieces)
        places = [
            np.concatenate([_column(piece, column) for piece in self._pieces]) for column in range(width)
        ]
        self._pieces.clear()
        if any(_covers_content(one, places) for one in self._merges):
            raise NotPlain
        texts = pa.array(self._texts, pa.string())
        sizes = compute.binary_length(texts).to_numpy()
        if sum(int(sizes[column].sum()) for column in places) > _MOST_TEXT:
            raise NotPlain
        columns = [texts.take(pa.array(column)) for column in places]
        self._cells = pa.RecordBatch.from_arrays(columns, names=[str(place) for place in range(width)])

    def rows(self) -> Iterator[Row]:
        """Yield the rows one by one, blank ones too."""
        for first in range(0, self._cells.num_rows, _ROWS_AT_ONCE):
            columns = [column.to_pylist() for column in self._cells.slice(first, _ROWS_AT_ONCE).columns]
            yield from zip(*columns, strict=True)

    def blocks(self, skipped: int, width: int) -> Iterator[Block]:
        """Yield the rows after the first `skipped` ones, of as many cells as the header has."""
        cells = self._cells.slice(skipped).select(list(range(width)))
        yield Block(pa.array(np.arange(skipped + 1, self._cells.num_rows + 1)), cells, [])

    def _add_rows(self, cells: Cells) -> None:
        numbers = cells.row_numbers
        self._rows += len(numbers)
        # Rows far apart would be filled up with blank ones in memory.
        is_ordered = numbers[0] > self._last_row and bool((np.diff(numbers) > 0).all())
        if not is_ordered or numbers[-1] > 2 * self._rows + 100:
            raise NotPlain
        width = int(cells.columns.max(initial=0)) + 1
        places = np.zeros((int(numbers[-1]) - self._last_row, width), np.int32)
        places[numbers[cells.rows] - self._last_row - 1, cells.columns] = self._places(cells)
        self._last_row = int(numbers[-1])
        self._pieces.append(places)

    def _places(self, cells: Cells) -> np.ndarray:
        """Return for each cell the place of its text."""
        if cells.places.max(initial=0) >= max(self._shared, 1):
            raise NotPlain
        numbers = cells.numbers.dictionary_encode()
        places = np.empty(len(cells.is_text), np.int32)
        places[cells.is_text] = cells.places + 1
        known = np.array([self._place(written) for written in numbers.dictionary.to_pylist()], np.int32)
        places[~cells.is_text] = known[numbers.indices.to_numpy()]
        return places

    def _place(self, written: str) -> int:
        """Return the place of a number's text, which is new where the number is."""
        place = self._place_of.get(written)
        if place is None:
            place = self._place_of[written] = len(self._texts)
            self._texts.append(text_of(_number(written)))
        return place


def _number(written: str) -> float:
    """Return the number that the text is."""
    if _NUMBER.fullmatch(written) is None:
        raise NotPlain
    try:
        return int(written) if written.lstrip("-").isdigit() else float(written)
    except ValueError as error:  # thousands of digits
        raise NotPlain from error


def _covers_content(merge: Merge, columns: list[np.ndarray]) -> bool:
    """Tell whether a cell under the merge has content, which nobody sees."""
    for place in range(merge.first_column, min(merge.last_column + 1, len(columns))):
        first = max(0, merge.first_row - (place != merge.first_column))
        if columns[place][first : merge.last_row].any():
            return True
    return False


def _column(piece: np.ndarray, column: int) -> np.ndarray:
    if column < piece.shape[1]:
        found: np.ndarray = piece[:, column]
        return found
    return np.zeros(len(piece), np.int32)
