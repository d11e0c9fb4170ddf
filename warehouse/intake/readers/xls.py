"""XLS workbooks (Excel 97 to 2003), by xlrd, each cell as the text a person reads in it."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.cell_text import formatted, text_of
from warehouse.intake.readers.document import MOST_COLUMNS, Document, Row, Sheet, too_many_columns
from warehouse.intake.readers.merges import Merge, Merges

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as Worksheet

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
_DIRECTORY_WITHIN = 64 << 20


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """Open the workbook with all its sheets; raises FileRefused where it is none, or not a plain one."""
    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDocError

    _refuse_other_kinds(path)
    try:
        try:
            book = _book(path)
        except (AssertionError, IndexError, struct.error):
            with _texts_uncounted():
                book = _book(path)
    except (XLRDError, CompDocError) as error:
        if "encrypted" in str(error):
            raise FileRefused("encrypted_workbook") from error
        if "find workbook" in str(error):
            raise FileRefused("unsupported_format", text="OLE") from error
        raise FileRefused("broken_workbook", text=str(error)) from error
    with book:
        yield Document("xls", _sheets(book))


def _book(path: Path) -> Book:
    import xlrd

    return xlrd.open_workbook(str(path), logfile=io.StringIO(), formatting_info=True, ragged_rows=True)


@contextmanager
def _texts_uncounted() -> Iterator[None]:
    """Have xlrd read as many shared texts as there are, whatever their count says."""
    from xlrd import book

    unpack = book.unpack_SST_table

    def unpack_all(datatab: list[bytes], nstrings: int) -> Any:  # noqa: ARG001 - what it is not
        # A first part of them can always be unpacked; more than there are cannot.
        few, many = 0, sum(map(len, datatab))
        while few < many:
            middle = (few + many + 1) // 2
            try:
                unpack(datatab, middle)
                few = middle
            except (AssertionError, IndexError, struct.error):
                many = middle - 1
        return unpack(datatab, few)

    book.unpack_SST_table = unpack_all
    try:
        yield
    finally:
        book.unpack_SST_table = unpack


def _refuse_other_kinds(path: Path) -> None:
    """Refuse what the names in the container's directory give away."""
    with path.open("rb") as stream:
        start = stream.read(_DIRECTORY_WITHIN)
    if _ENCRYPTED_PACKAGE in start:
        raise FileRefused("encrypted_workbook")
    if _MACROS in start:
        raise FileRefused("macro_workbook")


def _sheets(book: Book) -> Iterator[Sheet]:
    if not book.nsheets:
        raise FileRefused("no_sheets")
    formats = [book.format_map[form.format_key].format_str for form in book.xf_list]
    for worksheet in book.sheets():
        hidden: list[int] = []
        covered: list[int] = []
        yield Sheet(
            worksheet.name,
            _rows(book, worksheet, formats, hidden, covered),
            is_hidden=worksheet.visibility != 0,
            hidden_rows=hidden,
            hidden_columns=[
                place for place, one in worksheet.colinfo_map.items() if one.hidden or not one.width
            ],
            covered_rows=covered,
        )


def _rows(
    book: Book, worksheet: Worksheet, formats: list[str], hidden: list[int], covered: list[int]
) -> Iterator[Row]:
    merges = Merges(
        Merge(first_row + 1, row_end, first_column, column_end - 1)
        for first_row, row_end, first_column, column_end in worksheet.merged_cells
    )
    for place in range(worksheet.nrows):
        row = [
            _text(book, kind, value, formats[worksheet.cell_xf_index(place, column)])
            for column, (kind, value) in enumerate(
                zip(worksheet.row_types(place), worksheet.row_values(place), strict=True)
            )
        ]
        under = merges.covered(place + 1, [column for column, text in enumerate(row) if text])
        covered += [place + 1] if under else []
        row = ["" if column in under else text for column, text in enumerate(row)]
        while row and not row[-1]:
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise too_many_columns(place + 1, len(row))
        if row and _is_hidden(worksheet, place):
            hidden.append(place + 1)
        yield row


def _is_hidden(worksheet: Worksheet, place: int) -> bool:
    info = worksheet.rowinfo_map.get(place)
    return info is not None and bool(info.hidden or (info.height == 0 and not info.has_default_height))


def _text(book: Book, kind: int, value: str | float, code: str) -> str:
    import xlrd

    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(value), "#N/A"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return text_of(bool(value))
    if kind == xlrd.XL_CELL_DATE:
        try:
            return text_of(xlrd.xldate_as_datetime(float(value), book.datemode))
        except (xlrd.xldate.XLDateError, OverflowError):
            return text_of(value)
    return formatted(value, code)
