"""The batch's rows on their way to the rules: texts in memory, then one staging table in DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.intake.columns import NAMES_ZH, Header
from warehouse.intake.readers.document import Block, Row, Sheet
from warehouse.intake.tables import load

if TYPE_CHECKING:
    import pyarrow as pa

_FLUSH_AT = 200_000
_TEXTS = tuple(NAMES_ZH)
_SCHEMA = Path(__file__).with_name("staging.sql")


class RowStage:
    """Gathers the rows of a batch; `finish` puts what is left into `raw_rows` and `headings`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._next_row = 0
        self._headings: list[dict[str, Any]] = []
        connection.execute(_SCHEMA.read_text(encoding="utf-8"))
        self._begin()

    def _begin(self) -> None:
        self._held = 0
        self._columns: dict[str, list[Any]] = {
            name: [] for name in ("delivery", "sheet", "row_number", "width", "cells", "other", *_TEXTS)
        }

    def add_header(self, delivery: int, sheet: Sheet, header: Header) -> None:
        """Remember the file's own words for the columns."""
        self._headings += [
            {"delivery": delivery, "sheet": sheet.name, "column_name": column, "heading": heading}
            for column, heading in header.headings.items()
        ]

    def add(self, delivery: int, sheet: Sheet, header: Header, first_row: int, rows: list[Row]) -> None:
        """Add rows that follow each other in a sheet, the first of them being row `first_row`."""
        count = len(rows)
        cells: Sequence[int | None] = [None] * count
        if set(map(len, rows)) != {header.width}:
            cells = [_shifted(row, header) if sheet.is_delimited else None for row in rows]
            rows = [_fitted(row, header.width) for row in rows]
        columns = list(zip(*rows, strict=True))
        held = self._columns
        held["delivery"].extend(repeat(delivery, count))
        held["sheet"].extend(repeat(sheet.name, count))
        held["row_number"].extend(range(first_row, first_row + count))
        held["width"].extend(repeat(header.width, count))
        held["cells"].extend(cells)
        held["other"].extend(_others(columns, header, count))
        for name in _TEXTS:
            place = header.positions.get(name)
            held[name].extend(repeat(None, count) if place is None else columns[place])
        self._held += count
        if self._held >= _FLUSH_AT:
            self._flush()

    def add_block(self, delivery: int, sheet: Sheet, header: Header, block: Block) -> None:
        """Add the rows of a block that have the header's width."""
        import pyarrow as pa

        count = block.cells.num_rows
        columns = block.cells.columns
        unread = [column for place, column in enumerate(columns) if place not in header.positions.values()]
        arrays = {name: columns[place] for name, place in header.positions.items()}
        arrays |= {
            "delivery": pa.repeat(pa.scalar(delivery, pa.int32()), count),
            "sheet": pa.repeat(pa.scalar(sheet.name), count),
            "row_number": block.row_numbers,
            "width": pa.repeat(pa.scalar(header.width, pa.int32()), count),
            "other": _first_visible(unread, count),
        }
        self._insert(arrays, count)

    def finish(self) -> None:
        """Put everything gathered into the staging tables."""
        import pyarrow as pa

        self._flush()
        types = dict.fromkeys(("sheet", "column_name", "heading"), pa.string())
        load(self._connection, "headings", {"delivery": pa.int32()} | types, self._headings)

    def _flush(self) -> None:
        import pyarrow as pa

        types = {"delivery": pa.int32(), "row_number": pa.int64(), "width": pa.int32(), "cells": pa.int32()}
        arrays = {
            name: pa.array(values, type=types.get(name, pa.string()))
            for name, values in self._columns.items()
        }
        self._insert(arrays, self._held)
        self._begin()

    def _insert(self, arrays: dict[str, pa.Array], count: int) -> None:
        import numpy as np
        import pyarrow as pa

        row_ids = pa.array(np.arange(self._next_row, self._next_row + count))
        self._connection.register("chunk", pa.table(arrays | {"row_id": row_ids}))
        self._connection.execute("insert into raw_rows by name select * from chunk")
        self._connection.unregister("chunk")
        self._next_row += count


def _shifted(row: Row, header: Header) -> int | None:
    """Return the row's count of cells where it is not the header's, or None.

    One empty cell too many counts: where the last column is empty too, all cells before it may be shifted.
    """
    if header.width <= len(row) <= header.cells and not any(cell.strip() for cell in row[header.width :]):
        return None
    return len(row)


def _fitted(row: Row, width: int) -> Row:
    return [*row[:width], *repeat("", width - len(row))]


def _first_visible(unread: list[pa.Array], count: int) -> pa.Array:
    import pyarrow as pa
    from pyarrow import compute

    if not unread:
        return pa.nulls(count, pa.string())
    trimmed = [compute.utf8_trim_whitespace(column) for column in unread]
    return compute.coalesce(*(compute.if_else(compute.equal(column, ""), None, column) for column in trimmed))


def _others(columns: list[tuple[str, ...]], header: Header, count: int) -> Sequence[str | None]:
    """Return what stands in columns that are not read: enough to know that a row is not blank."""
    read = set(header.positions.values())
    unread = [column for place, column in enumerate(columns) if place not in read]
    if not unread:
        return [None] * count
    return [next((cell for cell in cells if cell.strip()), None) for cells in zip(*unread, strict=True)]
