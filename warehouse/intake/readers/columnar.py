"""A sheet that comes from the child process as columns: checked, then given out as rows or as blocks."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.document import MOST_COLUMNS, Block, Row

_ROWS_AT_ONCE = 2_000


def table(announced: dict[str, Any], answers: Iterator[Any]) -> pa.RecordBatch:
    """Return the sheet whose columns come next; raises FileRefused where they are not what was announced."""
    count, width = int(announced["rows"]), int(announced["columns"])
    if width > MOST_COLUMNS:
        raise FileRefused("unreadable", text=f"{width} 列")
    columns = [_column(next(answers), count) for _ in range(width)]
    return pa.RecordBatch.from_arrays(columns, names=[str(place) for place in range(width)])


def rows(sheet: pa.RecordBatch) -> Iterator[Row]:
    """Yield the rows one by one."""
    for first in range(0, sheet.num_rows, _ROWS_AT_ONCE):
        columns = [column.to_pylist() for column in sheet.slice(first, _ROWS_AT_ONCE).columns]
        yield from zip(*columns, strict=True)


def blocks(sheet: pa.RecordBatch, skipped: int, width: int) -> Iterator[Block]:
    """Yield the rows after the first `skipped` ones, of as many cells as the header has."""
    cells = sheet.slice(skipped).select(list(range(width)))
    yield Block(pa.array(np.arange(skipped + 1, sheet.num_rows + 1)), cells, [])


def _column(said: dict[str, Any], count: int) -> pa.Array:
    places = np.frombuffer(base64.b64decode(said["places"]), "<i4")
    texts = pa.array(said["texts"], pa.string())
    if len(places) != count:
        raise FileRefused("unreadable", text=f"{len(places)} 行")
    # A place beyond the texts raises.
    return texts.take(pa.array(places))
