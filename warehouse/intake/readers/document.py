"""What every reader gives: a document of sheets of rows of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.intake.findings import FileRefused

if TYPE_CHECKING:
    import pyarrow as pa

Row = Sequence[str]
MOST_COLUMNS = 500
"""What has more columns is no submission."""


@dataclass(frozen=True)
class Block:
    """Rows that follow each other: those of the expected width as columns, the others one by one."""

    row_numbers: pa.Array
    cells: pa.RecordBatch
    others: list[tuple[int, Row]]

    def as_rows(self) -> list[tuple[int, Row]]:
        """Return the rows of the expected width one by one, each with its number."""
        columns = [column.to_pylist() for column in self.cells.columns]
        return list(zip(self.row_numbers.to_pylist(), map(list, zip(*columns, strict=True)), strict=True))


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    `rows` yields every row from the first on, blank ones too, so that the n-th is row n as a person counts;
    an empty cell is the empty text.
    """

    name: str
    rows: Iterator[Row]
    is_hidden: bool = False
    is_delimited: bool = False
    """Rows are cut by separators, so one of another width may have its cells shifted."""
    hidden_rows: Sequence[int] = ()
    """The numbers of rows with content that nobody sees, among those read so far."""
    hidden_columns: Sequence[int] = ()
    """The places of columns that nobody sees, counted from 0, once the first row was read."""
    covered_rows: Sequence[int] = ()
    """The numbers of rows with content under a merged cell, which is left out, among those read so far."""
    blocks: Callable[[int, int], Iterator[Block]] | None = None
    """A large plain file's rows, after so many lines and of so many cells, many at a time."""


@dataclass(frozen=True)
class Document:
    """An opened file; its sheets are read one after the other, while it is open."""

    format: str
    sheets: Iterator[Sheet]


def too_many_columns(row_number: int, width: int) -> FileRefused:
    """Return the refusal of a file for one row's width."""
    return FileRefused(
        "too_many_columns", row_number=row_number, expected=str(MOST_COLUMNS), actual=str(width)
    )
