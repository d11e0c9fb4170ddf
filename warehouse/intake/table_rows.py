"""The rows of a sheet, table by table: below a second header, beside the first table, under each month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from string import ascii_uppercase

from warehouse.intake.columns import Header, find_header, is_header
from warehouse.intake.findings import FileFinding, FileRefused
from warehouse.intake.headings import column_of
from warehouse.intake.readers.document import Block, Row, Sheet
from warehouse.intake.staging import RowStage, Source

_MARK = re.compile("撤回|期初|零报|不适用")
_OF_NO_MONTH = "（未写明月份）"
Numbered = tuple[int, Row]


class TableRows:
    """Stages the rows of one sheet, or of its part from a column on, under the header that they stand below.

    A table whose header has no column for a figure is passed over, and told once. So is what stands beside a
    table and has no header.
    """

    def __init__(
        self, stage: RowStage, delivery: int, sheet: Sheet, header: Header | None, first_column: int = 0
    ) -> None:
        self._stage, self._delivery, self._sheet = stage, delivery, sheet
        self._first_column = first_column
        self._is_first = header is not None
        self._header = header
        self._sources = self._begun(header) if header else []
        self._beside: TableRows | None = None
        self.passed_over: list[Row] = []
        """The rows that were not staged: those of tables without figures, and further headers."""
        self.findings: list[FileFinding] = []

    @property
    def source(self) -> Source:
        """The first table."""
        return self._sources[0]

    def add(self, first_row: int, rows: list[Row]) -> None:
        """Add rows that follow each other in the sheet, the first of them being row `first_row`."""
        begun = 0
        for place in self._headers_among(rows):
            self._add(first_row + begun, rows[begun:place])
            self._begin(first_row + place, rows[place])
            begun = place + 1
        self._add(first_row + begun, rows[begun:])
        self._add_beside(first_row, rows)

    def add_header(self, row: Row) -> None:
        """Add the row of the first header, beside which another table's header may stand."""
        if self._header:
            self._add_beside(self._header.row_number, [row])

    def is_of_one_header(self, block: Block) -> bool:
        """Return whether a block stands wholly below the sheet's first header, with no other in it."""
        from pyarrow import compute

        codes = block.cells.columns[self.source.header.positions["indicator_code"]]
        headings = (text for text in compute.unique(codes).to_pylist() if column_of(text))
        return self._is_first and next(headings, None) is None

    def told(self) -> list[FileFinding]:
        """Return what is said of the tables, those beside included."""
        return [*self.findings, *(self._beside.told() if self._beside else [])]

    def not_staged(self) -> list[Row]:
        """Return the rows that were not staged, those of tables beside included."""
        return [*self.passed_over, *(self._beside.not_staged() if self._beside else [])]

    def _headers_among(self, rows: Iterable[Row]) -> list[int]:
        """Return the places of rows that are headers: with a heading where the codes stand."""
        if self._header is None:
            return [place for place, row in enumerate(rows) if is_header(row)]
        codes = self._header.positions["indicator_code"]
        return [
            place
            for place, row in enumerate(rows)
            if len(row) > codes and column_of(row[codes]) and is_header(row)
        ]

    def _add(self, first_row: int, rows: list[Row]) -> None:
        header = self._header
        if rows and header and not header.months:
            self._stage.add(self._sources[0], first_row, rows)
        elif header:
            self._add_months(header, list(enumerate(rows, first_row)))
        elif self._first_column:
            self._tell_of_what_stands_outside(first_row, rows)
        else:
            self.passed_over += rows

    def _add_months(self, header: Header, rows: list[Numbered]) -> None:
        """Stage each row once for each month that it has a figure of; one without any under the first."""
        months = self._sources[header.is_long :]
        figures = {number: [one for one in months if _has_figure(row, one.header)] for number, row in rows}
        for source in self._sources:
            mine = [
                (number, _without_mark_of_no_month(row, header, len(figures[number])))
                for number, row in rows
                if source in figures[number]
                or (source is self._sources[0] and (not figures[number] or header.is_long))
            ]
            for first_row, following in _runs(mine):
                self._stage.add(source, first_row, following)

    def _begin(self, row_number: int, row: Row) -> None:
        self.passed_over.append(row)
        try:
            header = find_header([row])
        except FileRefused:
            header = None
        self._is_first = False
        self._header = header.moved(row_number - 1) if header else None
        self._sources = self._begun(self._header) if self._header else []
        if header is None:
            self.findings.append(FileFinding("table_not_read", self._sheet.name, row_number=row_number))

    def _begun(self, header: Header) -> list[Source]:
        """Begin a source for each table that a header is of: the long one, and one for each month."""
        tables = [*([header] if header.is_long else []), *header.months]
        is_alone = len(tables) == 1 and not self._first_column
        return [
            self._stage.begin(
                self._delivery, self._sheet, one, "" if is_alone else _letter(self._column_of(one))
            )
            for one in tables
        ]

    def _column_of(self, table: Header) -> int:
        places = table.figure_places or [table.positions["numerator"]]
        return self._first_column + places[0]

    def _add_beside(self, first_row: int, rows: list[Row]) -> None:
        """Add what stands beyond the header's columns, where it is no cell too many of a line of text."""
        if self._header is None or (self._sheet.is_delimited and not self._header.has_more):
            return
        width = self._beside._first_column - self._first_column if self._beside else self._header.width
        for number, row in enumerate(rows, first_row):
            if any(cell.strip() for cell in row[width:]):
                if self._beside is None:
                    offset = self._first_column + width
                    self._beside = TableRows(self._stage, self._delivery, self._sheet, None, offset)
                self._beside.add(number, [row[width:]])

    def _tell_of_what_stands_outside(self, first_row: int, rows: list[Row]) -> None:
        if rows and not self.findings:
            text = next(cell.strip() for cell in rows[0] if cell.strip())
            self.findings.append(
                FileFinding("outside_table", self._sheet.name, row_number=first_row, text=text)
            )


def _has_figure(row: Row, month: Header) -> bool:
    return any(place < len(row) and row[place].strip() for place in month.figure_places)


def _without_mark_of_no_month(row: Row, header: Header, months: int) -> Row:
    """Return the row; a mark in its remark that could be any month's says so, and is refused as unclear."""
    place = header.positions.get("remark")
    if place is None or place >= len(row) or months == 1 or not _MARK.search(row[place]):
        return row
    return [*row[:place], _MARK.sub(rf"\g<0>{_OF_NO_MONTH}", row[place]), *row[place + 1 :]]


def _runs(rows: list[Numbered]) -> Iterator[tuple[int, list[Row]]]:
    """Yield rows that follow each other together, with the number of the first."""
    for _, run in groupby(enumerate(rows), key=lambda one: one[1][0] - one[0]):
        numbered = [row for _, row in run]
        yield numbered[0][0], [row for _, row in numbered]


def _letter(column: int) -> str:
    """Return how a spreadsheet names a column, counted from 0."""
    before, place = divmod(column, len(ascii_uppercase))
    return (_letter(before - 1) if before else "") + ascii_uppercase[place]
