"""Large worksheets of plain numbers and shared texts, cut up by whole arrays, ten times as fast as openpyxl.

A sheet is plain where its XML is nothing but rows of cells in order, each with a number or the place of a
text: no formula, no error, no comment, no more than 26 columns. That is checked of every byte that matters;
what is not plain is openpyxl's. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from warehouse.intake.readers.cell_text import text_of
from warehouse.intake.readers.document import Column, Table

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

LARGE = 1 << 20
"""From so many bytes of XML on it is worth looking."""
_MOST_BYTES = 128 << 20
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"[^<>]*>')
_TOKENS = {
    "row": b"<ro",
    "cell": b"<c ",
    "value": b"<v>",
    "no value": b"</v",
    "no cell": b"</c",
    "no row": b"</r",
}
_END, _END_TAGS = b"<end>", 4
"""Tags behind the last, so that what should follow one can be asked for everywhere."""
_TEXT_TYPE, _NUMBER_TYPE = b' t="s"', b' t="n"'
_MOST_COLUMNS = 26
"""So many have a name of one letter."""


class NotPlain(Exception):  # noqa: N818 - an outcome, not an error
    """The sheet is for the other reader."""


def is_worth_trying(size: int) -> bool:
    """Tell whether a sheet of so many bytes of XML is large, and not too large for arrays."""
    return LARGE <= size <= _MOST_BYTES


def table(xml: bytes, shared_texts: Sequence[str], telling_formats: set[int]) -> Table:
    """Return a sheet's rows as columns; raises NotPlain where the other reader must have it.

    `telling_formats` are the cell formats that say more of a number than its digits do, such as a date's.
    """
    sheet = _Sheet(_data_of(xml, telling_formats))
    cells = sheet.cells
    if not len(cells.rows):
        raise NotPlain
    texts = _texts(sheet, cells, shared_texts)
    return Table(sheet.last_row, _columns(cells, texts, sheet.last_row))


def _data_of(xml: bytes, telling_formats: set[int]) -> bytes:
    before, _, rest = xml.partition(b"<sheetData>")
    data, _, after = rest.partition(b"</sheetData>")
    is_ordinary = _MAIN in before and b"<!" not in before and after
    if not is_ordinary or b' hidden="' in data or any(b' s="%d"' % one in data for one in telling_formats):
        raise NotPlain
    return data


@dataclass(frozen=True)
class _Cells:
    """The cells with a value, in order: arrays of the same length."""

    rows: np.ndarray
    columns: np.ndarray
    is_text: np.ndarray
    starts: np.ndarray
    """Where the values begin in the XML."""
    ends: np.ndarray


class _Sheet:
    """The XML of a sheet's data as an array of bytes, and where each of its tags begins."""

    def __init__(self, xml: bytes) -> None:
        import numpy as np

        self._xml = xml
        self.buffer = np.frombuffer(xml + _END * _END_TAGS, np.uint8)
        self._opens = np.flatnonzero(self.buffer == ord("<"))
        marks = self.buffer[self._opens + 1].astype(np.int32) * 256 + self.buffer[self._opens + 2]
        self._is = {name: marks == tag[1] * 256 + tag[2] for name, tag in _TOKENS.items()}
        if not xml or sum(int(found.sum()) for found in self._is.values()) != len(self._opens) - _END_TAGS:
            raise NotPlain

    @cached_property
    def _row_numbers(self) -> np.ndarray:
        import numpy as np

        numbers = np.array([int(number) for number in _ROW.findall(self._xml)])
        # Rows far apart would be filled up with blank ones in memory.
        is_in_order = len(numbers) > 0 and bool((np.diff(numbers) > 0).all())
        if not is_in_order or len(numbers) != self._is["row"].sum() or numbers[-1] > 2 * len(numbers) + 100:
            raise NotPlain
        return numbers

    @property
    def last_row(self) -> int:
        """The number of the last row."""
        return int(self._row_numbers[-1])

    def _says(self, places: np.ndarray, text: bytes) -> np.ndarray:
        """Tell for each place whether the XML has the text there."""
        import numpy as np

        letters = [self.buffer[places + step] == byte for step, byte in enumerate(text)]
        found: np.ndarray = np.logical_and.reduce(letters)
        return found

    @cached_property
    def cells(self) -> _Cells:
        """The cells that have a value; raises NotPlain where their tags do not follow as they must."""
        import numpy as np

        place = np.flatnonzero(self._is["cell"])
        opens, following = self._opens[place], self._opens[place + 1]
        row_of = self._row_numbers[np.cumsum(self._is["row"])[place] - 1]
        columns = self.buffer[opens + 6].astype(np.int64) - ord("A")
        has_value = self._is["value"][place + 1]
        value = place[has_value] + 1
        is_text = self._says(following - 7, _TEXT_TYPE)
        is_number = self._says(following - 7, _NUMBER_TYPE)
        faults = (
            ~self._says(opens, b'<c r="')
            | (columns < 0)
            | (columns >= _MOST_COLUMNS)
            | (self._numbers_at(opens + 7) != row_of),
            self.buffer[following - 1] != ord(">"),
            np.diff(row_of * 32 + columns) <= 0,
            ~(self._is["no value"][value + 1] & self._is["no cell"][value + 2]),
            self._opens[value + 2] - self._opens[value + 1] != len("</v>"),
            np.array([self._is["value"].sum() != len(value), self._is["no value"].sum() != len(value)]),
            np.array([self._xml.count(b' t="') != is_text.sum() + is_number.sum()]),
        )
        if any(fault.any() for fault in faults):
            raise NotPlain
        return _Cells(
            row_of[has_value],
            columns[has_value],
            is_text[has_value],
            self._opens[value] + len("<v>"),
            self._opens[value + 1],
        )

    def _numbers_at(self, places: np.ndarray) -> np.ndarray:
        """Return the whole numbers of up to 7 digits, ended by a quote, that stand there; -1 for none."""
        import numpy as np

        numbers, going = np.zeros(len(places), np.int64), np.ones(len(places), bool)
        for step in range(8):
            byte = self.buffer[places + step].astype(np.int64)
            is_digit = (byte >= ord("0")) & (byte <= ord("9"))
            numbers = np.where(going & is_digit, numbers * 10 + byte - ord("0"), numbers)
            numbers = np.where(going & ~is_digit & (byte != ord('"')), -1, numbers)
            going &= is_digit
        return np.where(going, -1, numbers)


def _texts(sheet: _Sheet, cells: _Cells, shared_texts: Sequence[str]) -> pa.Array:
    """Return the text of every cell."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import compute

    written = _slices(sheet.buffer, cells.starts, cells.ends)
    try:
        places = written.filter(pa.array(cells.is_text)).cast(pa.int32())
        shared = pa.array(shared_texts, pa.string()).take(places)
        numbers = written.filter(pa.array(~cells.is_text)).dictionary_encode()
        read = pa.array([text_of(_number(one)) for one in numbers.dictionary.to_pylist()], pa.string())
    except (pa.ArrowException, ValueError) as error:
        raise NotPlain from error
    texts = pa.concat_arrays([shared, read.take(numbers.indices)])
    order = np.where(cells.is_text, np.cumsum(cells.is_text) - 1, len(shared) + np.cumsum(~cells.is_text) - 1)
    return compute.take(texts, pa.array(order))


def _number(written: str) -> float:
    return int(written) if written.isdigit() else float(written)


def _slices(buffer: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> pa.Array:
    """Return the pieces of the bytes from each start to its end as texts."""
    import numpy as np
    import pyarrow as pa

    offsets = np.zeros(len(starts) + 1, np.int32)
    np.cumsum(ends - starts, out=offsets[1:])
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], ends - starts)
    pieces = buffer[np.repeat(starts, ends - starts) + within]
    array = pa.StringArray.from_buffers(len(starts), pa.py_buffer(offsets), pa.py_buffer(pieces))
    array.validate(full=True)
    return array


def _columns(cells: _Cells, texts: pa.Array, last_row: int) -> list[Column]:
    """Return the columns from the first to the last one, with an empty text where there is no cell."""
    import numpy as np
    import pyarrow as pa

    columns: list[Column] = []
    for column in range(int(cells.columns.max(initial=-1)) + 1):
        is_here = cells.columns == column
        places = np.full(last_row, -1)
        places[cells.rows[is_here] - 1] = np.flatnonzero(is_here)
        found = texts.take(pa.array(places, mask=places < 0)).fill_null("").dictionary_encode()
        columns.append(Column(found.dictionary.to_pylist(), found.indices.to_numpy().astype("<i4").tobytes()))
    return columns
