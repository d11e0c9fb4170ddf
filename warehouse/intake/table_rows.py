"""The rows below a header, table by table: a second header below the first governs what follows it."""

from __future__ import annotations

from collections.abc import Iterable

from warehouse.intake.columns import column_of, find_header
from warehouse.intake.findings import FileFinding, FileRefused
from warehouse.intake.readers.document import Block, Row
from warehouse.intake.staging import RowStage, Source


class TableRows:
    """Stages the rows of one sheet under the header that they stand below.

    A table whose header has no column for a figure is passed over, and told once.
    """

    def __init__(self, stage: RowStage, source: Source) -> None:
        self._stage = stage
        self._source = source
        self._is_read = self._is_first = True
        self.passed_over: list[Row] = []
        """The rows that were not staged: those of tables without figures, and further headers."""
        self.findings: list[FileFinding] = []

    def add(self, first_row: int, rows: list[Row]) -> None:
        """Add rows that follow each other in the sheet, the first of them being row `first_row`."""
        begun = 0
        for place in self._headers_among(rows):
            self._add(first_row + begun, rows[begun:place])
            self._begin(first_row + place, rows[place])
            begun = place + 1
        self._add(first_row + begun, rows[begun:])

    def is_of_one_header(self, block: Block) -> bool:
        """Return whether a block stands wholly below the sheet's first header, with no other in it."""
        from pyarrow import compute

        months = block.cells.columns[self._source.header.positions["period"]]
        headings = (text for text in compute.unique(months).to_pylist() if column_of(text))
        return self._is_first and next(headings, None) is None

    def _headers_among(self, rows: Iterable[Row]) -> list[int]:
        """Return the places of rows that are headers: with a heading where the months stand."""
        months = self._source.header.positions["period"]
        return [
            place
            for place, row in enumerate(rows)
            if len(row) > months and column_of(row[months]) and is_header(row)
        ]

    def _add(self, first_row: int, rows: list[Row]) -> None:
        if rows and self._is_read:
            self._stage.add(self._source, first_row, rows)
        else:
            self.passed_over += rows

    def _begin(self, row_number: int, row: Row) -> None:
        self.passed_over.append(row)
        try:
            header = find_header([row])
        except FileRefused:
            header = None
        self._is_first = False
        self._is_read = header is not None
        if header is None:
            sheet = self._source.sheet.name
            self.findings.append(FileFinding("table_not_read", sheet, row_number=row_number))
        else:
            below = header.moved(row_number - 1)
            self._source = self._stage.begin(self._source.delivery, self._source.sheet, below)


def is_header(row: Row) -> bool:
    """Return whether a row names the columns that every table must have."""
    return {"period", "indicator_code"} <= {column_of(cell) for cell in row}
