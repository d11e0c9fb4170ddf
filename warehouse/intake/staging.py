"""The batch's rows on their way to the rules: chunks of texts, sorted into plainly sound and other rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.errors import MinshengError
from warehouse.intake import values
from warehouse.intake.columns import Header
from warehouse.intake.findings import FileRefused
from warehouse.intake.headings import NAMES_ZH
from warehouse.intake.readers.document import Block, Row, Sheet
from warehouse.intake.readers.uniform import DELIMITER
from warehouse.intake.row_shapes import beyond_of, fitted, others_of, shifted, with_what_stands_beyond
from warehouse.intake.tables import insert, joined_as_written, load

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_CHUNK_ROWS = 250_000
_FOLDER = Path(__file__).parent
_ROW_BITS = 32


@dataclass(frozen=True)
class Source:
    """One table of a sheet of a delivery; `number` begins the row_id of its rows."""

    number: int
    delivery: int
    sheet: Sheet
    header: Header
    column: str = ""
    """Where its figures stand, if the sheet has several tables of figures in the same rows."""

    @property
    def table(self) -> str:
        """What its rows are numbered by in the ledger: the sheet, and the column where that is needed."""
        return f"{self.sheet.name}!{self.column}" if self.column else self.sheet.name

    def row_id(self, row_number: int) -> int:
        """Return what a row is known by in the batch."""
        return (self.number << _ROW_BITS) + row_number


_Layout = tuple[int, tuple[tuple[str, int], ...]]
"""How wide lines are, and which column is where."""


@dataclass(frozen=True)
class _Lines:
    """Lines of one source that nobody has cut into cells yet; `first` is the row_id of the first of them."""

    first: int
    count: int
    lines: bytes


class RowStage:
    """Gathers the rows of a batch; `finish` leaves them in `plain_rows` and `raw_rows`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._sources: list[Source] = []
        self._sources_known = 0
        self._begin()
        connection.execute((_FOLDER / "staging.sql").read_text(encoding="utf-8"))

    def _begin(self) -> None:
        self._held = 0
        self._blocks: list[pa.RecordBatch] = []
        self._columns: dict[str, list[Any]] = {name: [] for name in ("row_id", "cells", "other", *NAMES_ZH)}
        self._lines: dict[_Layout, list[_Lines]] = defaultdict(list)

    def begin(self, delivery: int, sheet: Sheet, header: Header, column: str = "") -> Source:
        """Remember where the rows come from, and the file's own words for the columns."""
        source = Source(len(self._sources), delivery, sheet, header, column)
        self._sources.append(source)
        return source

    def restate(self, source: Source, header: Header) -> Source:
        """Give a table another header of the same columns.

        Raises FileRefused where the table is so long that its first rows were read already.
        """
        if source.number < self._sources_known:
            raise FileRefused("unclear_unit", text=header.stated_below)
        self._sources[source.number] = replace(source, header=header)
        return self._sources[source.number]

    def add(self, source: Source, first_row: int, rows: list[Row]) -> None:
        """Add rows that follow each other in a sheet, the first of them being row `first_row`."""
        header, count = source.header, len(rows)
        cells: Sequence[int | None] = [None] * count
        beyond: dict[int, str] = {}
        if set(map(len, rows)) != {header.width}:
            if source.sheet.is_delimited and not header.has_more:
                beyond = beyond_of(rows, header.width)
            cells = [shifted(row, header) if source.sheet.is_delimited else None for row in rows]
            rows = [fitted(row, header.width) for row in rows]
        columns = list(zip(*rows, strict=True))
        first = source.row_id(first_row)
        added: dict[str, Iterable[Any]] = {
            "row_id": range(first, first + count),
            "cells": cells,
            "other": with_what_stands_beyond(others_of(columns, header, count), beyond),
        }
        for name in NAMES_ZH:
            place = header.positions.get(name)
            constant = header.period if name == "period" else ""
            added[name] = repeat(constant, count) if place is None else columns[place]
        for name, texts in added.items():
            self._columns[name].extend(texts)
        self._count(count)

    def add_block(self, source: Source, block: Block) -> None:
        """Add the rows of a block that have the header's width."""
        import numpy as np

        row_ids = source.row_id(0) + block.row_numbers.to_numpy().astype(np.int64)
        self._blocks.append(_by_name(source.header.positions, row_ids, block.cells))
        self._count(block.cells.num_rows)

    def add_lines(self, source: Source, lines: bytes, count: int) -> None:
        """Add `count` lines of the header's width below it; all that are laid out alike are read at once."""
        header = source.header
        layout = (header.width, tuple(header.positions.items()))
        self._lines[layout].append(_Lines(source.row_id(header.row_number + 1), count, lines))
        self._count(count)

    def finish(self) -> None:
        """Put everything gathered into the staging tables."""
        import pyarrow as pa

        self._sort_out()
        types = {"source": pa.int64()} | dict.fromkeys(("column_name", "heading"), pa.string())
        headings = [
            {"source": one.number, "column_name": column, "heading": heading}
            for one in self._sources
            for column, heading in one.header.headings.items()
        ]
        load(self._connection, "headings", types, headings)

    def _count(self, rows: int) -> None:
        self._held += rows
        if self._held >= _CHUNK_ROWS:
            self._sort_out()

    def _sort_out(self) -> None:
        """Keep the plainly sound rows of a chunk as numbers, and the others as their texts."""
        import pyarrow as pa

        self._name_sources()
        if not self._held:
            return
        self._read_lines()
        by_rows = pa.RecordBatch.from_pydict(self._columns, schema=_schema())
        chunk = pa.Table.from_batches([*self._blocks, by_rows])
        self._read_months(chunk["period"])
        self._connection.register("chunk", chunk)
        with joined_as_written(self._connection):
            ((plain,),) = self._run("plain")
        if plain < self._held:
            self._run("not_plain")
        self._connection.unregister("chunk")
        self._begin()

    def _read_lines(self) -> None:
        """Read the lines left so far, whosever they are, as blocks."""
        import numpy as np

        from warehouse.intake.readers import plain_text

        for (width, positions), pieces in self._lines.items():
            row_ids = np.concatenate([np.arange(one.first, one.first + one.count) for one in pieces])
            first = 0
            for cells in plain_text.batches([one.lines for one in pieces], DELIMITER, width):
                following = first + cells.num_rows
                self._blocks.append(_by_name(dict(positions), row_ids[first:following], cells))
                first = following
            if first != len(row_ids):
                raise MinshengError(
                    f"{len(row_ids)} lines of {len(pieces)} files were read as {first} rows: "
                    "report this, with the files in archive/claimed/"
                )

    def _name_sources(self) -> None:
        import pyarrow as pa

        types = {
            "source": pa.int64(),
            "delivery": pa.int32(),
            "sheet": pa.string(),
            "table_name": pa.string(),
        }
        types |= {"names_month": pa.bool_(), "width": pa.int32()}
        types |= {"value_unit": pa.string(), "ytd_unit": pa.string(), "parts_unit": pa.string()}
        types |= {"is_delimited": pa.bool_()}
        new = self._sources[self._sources_known :]
        rows = [
            {
                "source": one.number,
                "delivery": one.delivery,
                "sheet": one.sheet.name,
                "table_name": one.table,
                "names_month": bool(one.header.period),
                "width": one.header.width,
                "value_unit": one.header.units.get("value"),
                "ytd_unit": one.header.units.get("ytd_value"),
                "parts_unit": one.header.parts_unit,
                "is_delimited": one.sheet.is_delimited,
            }
            for one in new
        ]
        insert(self._connection, "sources", types, rows)
        self._sources_known += len(new)

    def _read_months(self, written: pa.ChunkedArray) -> None:
        """Read each distinct text of a month once."""
        import pyarrow as pa

        self._connection.register("chunk_months", pa.table({"text": written.unique()}))
        texts = [text for (text,) in self._run("months_sent")]
        self._connection.unregister("chunk_months")
        months = [{"text": text, **_month(values.read_period(text))} for text in texts]
        types = {"text": pa.string(), "period": pa.string(), "month": pa.int32()}
        insert(self._connection, "period_texts", types, months)

    def _run(self, name: str) -> list[tuple[Any, ...]]:
        return self._connection.execute((_FOLDER / f"{name}.sql").read_text(encoding="utf-8")).fetchall()


@cache
def _schema() -> pa.Schema:
    import pyarrow as pa

    texts = dict.fromkeys(("other", *NAMES_ZH), pa.string())
    return pa.schema({"row_id": pa.int64(), "cells": pa.int32()} | texts)


def _by_name(positions: dict[str, int], row_ids: np.ndarray, cells: pa.RecordBatch) -> pa.RecordBatch:
    """Return a sheet's columns under the names and in the order of the stage."""
    import pyarrow as pa

    columns, count = cells.columns, cells.num_rows
    unread = [column for place, column in enumerate(columns) if place not in positions.values()]
    arrays = {name: columns[place] for name, place in positions.items()}
    arrays |= {"row_id": pa.array(row_ids), "other": _first_visible(unread, count)}
    batch = [arrays.get(field.name, _lacking(field, count)) for field in _schema()]
    return pa.RecordBatch.from_arrays(batch, schema=_schema())


def _lacking(field: pa.Field, count: int) -> pa.Array:
    """Return a column that the sheet lacks: empty texts."""
    import pyarrow as pa

    if field.name in NAMES_ZH:
        return pa.repeat(pa.scalar(""), count)
    return pa.nulls(count, field.type)


def _month(period: str | None) -> dict[str, Any]:
    """Return a period, and its month counted from the year 0."""
    if period is None:
        return {"period": None, "month": None}
    return {"period": period, "month": 12 * int(period[:4]) + int(period[5:]) - 1}


def _first_visible(unread: list[pa.Array], count: int) -> pa.Array:
    import pyarrow as pa
    from pyarrow import compute

    if not unread:
        return pa.nulls(count, pa.string())
    trimmed = [compute.utf8_trim_whitespace(column) for column in unread]
    return compute.coalesce(*(compute.if_else(compute.equal(column, ""), None, column) for column in trimmed))
