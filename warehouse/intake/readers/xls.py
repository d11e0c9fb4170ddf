"""XLS workbooks (Excel 97 to 2003), by xlrd, each cell as the text a person reads in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.cell_text import text_of
from warehouse.intake.readers.document import MOST_COLUMNS, Document, Row, Sheet, too_many_columns

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as Worksheet

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
_DIRECTORY_WITHIN = 64 << 20


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """Open the workbook with all its sheets; raises FileRefused where it is none, or not a plain one."""
    import xlrd
    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDocError

    _refuse_other_kinds(path)
    try:
        book = xlrd.open_workbook(str(path), logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
    except (XLRDError, CompDocError) as error:
        if "encrypted" in str(error):
            raise FileRefused("encrypted_workbook") from error
        if "find workbook" in str(error):
            raise FileRefused("unsupported_format", text="OLE") from error
        raise FileRefused("broken_workbook", text=str(error)) from error
    with book:
        yield Document("xls", _sheets(book))


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
    percents = {
        place for place, form in enumerate(book.xf_list) if "%" in book.format_map[form.format_key].format_str
    }
    for worksheet in book.sheets():
        hidden: list[int] = []
        yield Sheet(
            worksheet.name,
            _rows(book, worksheet, percents, hidden),
            is_hidden=worksheet.visibility != 0,
            hidden_rows=hidden,
        )


def _rows(book: Book, worksheet: Worksheet, percents: set[int], hidden: list[int]) -> Iterator[Row]:
    for place in range(worksheet.nrows):
        if worksheet.row_len(place) > MOST_COLUMNS:
            raise too_many_columns(place + 1, worksheet.row_len(place))
        row = [
            _text(book, kind, value, is_percent=form in percents)
            for kind, value, form in zip(
                worksheet.row_types(place),
                worksheet.row_values(place),
                (worksheet.cell_xf_index(place, column) for column in range(worksheet.row_len(place))),
                strict=True,
            )
        ]
        if place in worksheet.rowinfo_map and worksheet.rowinfo_map[place].hidden and any(row):
            hidden.append(place + 1)
        yield row


def _text(book: Book, kind: int, value: str | float, *, is_percent: bool) -> str:
    import xlrd

    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(value), "#N/A"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return text_of(bool(value))
    if kind == xlrd.XL_CELL_DATE:
        try:
            return text_of(xlrd.xldate_as_datetime(float(value), book.datemode))
        except (xlrd.xldate.XLDateError, OverflowError):
            return text_of(value)
    return text_of(value, is_percent=is_percent)
