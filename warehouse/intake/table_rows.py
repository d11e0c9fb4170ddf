"""The rows of a sheet, table by table: below a second header, beside the first table, under each month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile

from warehouse.intake.columns import Header, find_header, is_header
from warehouse.intake.findings import FileFinding, FileRefused
from warehouse.intake.headings import column_of
from warehouse.intake.readers.document import Block, Row, Sheet
from warehouse.intake.staging import RowStage, Source
from warehouse.intake.units import stated_unit
from warehouse.intake.values import MARK, narrowed

_CODE = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(r"[-+]?[0-9][0-9,.]*%?")
_OF_NO_MONTH = "（未写明月份）"
_LINES_ABOVE, _LINES_BELOW = 3, 3
"""How many lines above and below the one that names the columns may belong to a header."""
Numbered = tuple[int, Row]


class TableRows:
    """Stages the rows of one sheet, or of its part from a column on, under the header that they stand below.

    A table whose header has no column for a figure is passed over, and told once. So is what stands beside a
    table and has no header.
    """

    def __init__(
        self,
        stage: RowStage,
        delivery: int,
        sheet: Sheet,
        header: Header | None,
        first_column: int = 0,
        told_from: int = 0,
    ) -> None:
        self._stage, self._delivery, self._sheet = stage, delivery, sheet
        self._first_column, self._told_from = first_column, told_from
        self._is_told = False
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
            if place < begun:
                continue
            above = self._lines_above(rows[begun:place])
            self._add(first_row + begun, rows[begun : place - len(above)])
            begun = self._begin(first_row, rows, place, above)
        self._add(first_row + begun, rows[begun:])
        self._add_beside(first_row, rows)

    def add_head(self, rows: list[Row]) -> None:
        """Add the rows up to and with the first header, beside which another table's header may stand."""
        self._add_beside(1, rows)

    def is_of_one_header(self, block: Block) -> bool:
        """Return whether a block has rows with codes alone, wholly below the sheet's first header."""
        from pyarrow import compute

        codes = block.cells.columns[self.source.header.positions["indicator_code"]]
        texts = compute.unique(codes).to_pylist()
        return self._is_first and not any(column_of(text) or not _CODE.fullmatch(text) for text in texts)

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
        if self._header:
            self._follow_unit_below(self._header, rows)
        header = self._header
        if header and not header.months:
            if rows:
                self._stage.add(self.source, first_row, rows)
        elif header:
            self._add_months(header, list(enumerate(rows, first_row)))
        elif self._first_column and not self._is_told and first_row > self._told_from:
            self._tell_of_what_stands_outside(first_row, rows)
        elif not self._first_column:
            self.passed_over += rows

    def _follow_unit_below(self, header: Header, rows: list[Row]) -> None:
        """Read the table's figures in the unit that a line of words below states, if one does."""
        codes = header.positions["indicator_code"]
        without_code = (row for row in rows if len(row) <= codes or not _CODE.fullmatch(row[codes]))
        for row in without_code:
            if _is_line_of_words(row, codes) and (unit := stated_unit([row])):
                self._use_unit(self._header or header, unit)

    def _use_unit(self, header: Header, unit: str) -> None:
        self._header = header.in_unit(unit)
        tables = _tables_of(self._header)
        self._sources = [self._stage.restate(*one) for one in zip(self._sources, tables, strict=True)]
        beside = self._beside and self._beside._header
        if self._beside and beside and beside.stated is None:
            self._beside._use_unit(beside, unit)

    def _add_months(self, header: Header, rows: list[Numbered]) -> None:
        """Stage each row once for each month that it has a figure of; one without any under the first."""
        months = self._sources[header.is_long :]
        figures = {number: [one for one in months if _has_figure(row, one.header)] for number, row in rows}
        for source in self._sources:
            mine = [
                (number, _without_mark_of_no_month(row, header, len(figures[number])))
                for number, row in rows
                if source in figures[number]
                or (source is self.source and (not figures[number] or header.is_long))
            ]
            for first_row, following in runs(mine):
                self._stage.add(source, first_row, following)

    def _lines_above(self, rows: list[Row]) -> list[Row]:
        """Return the lines right above a header that belong to it: words alone, and none below the codes."""
        if self._header is None:
            return rows[-_LINES_ABOVE:]
        codes = self._header.positions["indicator_code"]
        nearest_first = takewhile(
            lambda row: _is_line_of_words(row, codes) and not _is_note(row), rows[: -_LINES_ABOVE - 1 : -1]
        )
        return _without_lines_of_table_before(list(nearest_first)[::-1])

    def _begin(self, first_row: int, rows: list[Row], place: int, above: list[Row]) -> int:
        """Begin a table at the header in `rows[place]`, and return the place of the first row below it."""
        stated = self._header.stated if self._header else None
        within = [*above, *rows[place : place + 1 + _LINES_BELOW]]
        try:
            header = find_header(within, stated)
        except FileRefused:
            header = None
        lines = header.row_number if header else len(above) + 1
        self.passed_over += within[:lines]
        self._is_first = False
        below = place - len(above) + lines
        self._header = header.moved(first_row + place - len(above) - 1) if header else None
        self._sources = self._begun(self._header) if self._header else []
        if header is None:
            row_number = first_row + place
            self.findings.append(FileFinding("table_not_read", self._sheet.name, row_number=row_number))
        return below

    def _begun(self, header: Header) -> list[Source]:
        """Begin a source for each table that a header is of: the long one, and one for each month."""
        tables = _tables_of(header)
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
        tails = [(number, row[width:]) for number, row in enumerate(rows, first_row)]
        for number, following in runs([one for one in tails if any(cell.strip() for cell in one[1])]):
            if self._beside is None:
                offset = self._first_column + width
                self._beside = TableRows(
                    self._stage, self._delivery, self._sheet, None, offset, self._header.row_number
                )
            self._beside.add(number, following)

    def _tell_of_what_stands_outside(self, first_row: int, rows: list[Row]) -> None:
        if rows:
            self._is_told = True
            text = next(cell.strip() for cell in rows[0] if cell.strip())
            self.findings.append(
                FileFinding("outside_table", self._sheet.name, row_number=first_row, text=text)
            )


def _tables_of(header: Header) -> list[Header]:
    """Return the tables that a header is of: the long one, and one for each month."""
    return [*([header] if header.is_long else []), *header.months]


def _is_line_of_words(row: Row, codes: int) -> bool:
    """Return whether a row may stand above a header: words without a code, or a title alone."""
    filled = [narrowed(cell) for cell in row if cell.strip()]
    is_title = len(filled) == 1 and not _CODE.fullmatch(filled[0])
    has_code = any(cell.strip() for cell in row[codes : codes + 1])
    return (is_title or not has_code) and not any(map(_NUMBER.fullmatch, filled))


def _without_lines_of_table_before(lines: list[Row]) -> list[Row]:
    """Return the lines from the first blank one on: those before it stand right below another table."""
    is_blank = [not any(cell.strip() for cell in line) for line in lines]
    return lines[is_blank.index(True) :] if any(is_blank) else lines


def _is_note(row: Row) -> bool:
    """Return whether a row is a note, which belongs to the table above it."""
    return next((cell.strip() for cell in row if cell.strip()), "").startswith(("注", "备注"))


def _has_figure(row: Row, month: Header) -> bool:
    return any(place < len(row) and row[place].strip() for place in month.figure_places)


def _without_mark_of_no_month(row: Row, header: Header, months: int) -> Row:
    """Return the row; a mark in its remark that could be any month's says so, and is refused as unclear."""
    place = header.positions.get("remark")
    if place is None or place >= len(row) or months == 1 or not MARK.search(row[place]):
        return row
    return [*row[:place], MARK.sub(rf"\g<0>{_OF_NO_MONTH}", row[place]), *row[place + 1 :]]


def runs(rows: list[Numbered]) -> Iterator[tuple[int, list[Row]]]:
    """Yield rows that follow each other together, with the number of the first."""
    for _, run in groupby(enumerate(rows), key=lambda one: one[1][0] - one[0]):
        numbered = [row for _, row in run]
        yield numbered[0][0], [row for _, row in numbered]


def _letter(column: int) -> str:
    """Return how a spreadsheet names a column, counted from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
