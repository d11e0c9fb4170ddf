"""ODS workbooks (LibreOffice, WPS), read as the stream of XML they are, each cell as the text a person reads.

A row or cell that repeats is written once with a count, so what a sheet takes unpacked says nothing of its
size: blank repeats are only counted, and a sheet cannot have more rows or columns than a spreadsheet has.
What a number shows stands beside it, as the program that wrote the file laid it out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import repeat
from math import isfinite
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.cell_text import NOT_COMPUTED, stated, text_of
from warehouse.intake.readers.document import MOST_COLUMNS, Document, Row, Sheet, too_many_columns
from warehouse.intake.readers.number_format import exact, written

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_COVERED = f"{_TABLE}covered-table-cell"
_CELLS = (f"{_TABLE}table-cell", _COVERED)
_NO_SIZE = re.compile(r"0+(\.0*)?[a-z]*")
_BLANKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST_ROWS = 1 << 20
_MOST_BLANKS = 1000

Events = Iterator[tuple[str, ElementTree.Element]]


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """Open the workbook with all its sheets; raises FileRefused, then or while they are read."""
    with zipfile.ZipFile(path) as container, container.open("content.xml") as stream:
        yield Document("ods", _sheets(_events(stream)))


def _events(stream: IO[bytes]) -> Events:
    try:
        # The container was searched for document types, without which XML has nothing to expand.
        yield from ElementTree.iterparse(stream, ("start", "end"))  # noqa: S314
    except (ElementTree.ParseError, zipfile.BadZipFile) as error:
        raise FileRefused("broken_workbook", text=str(error)) from error


def _sheets(events: Events) -> Iterator[Sheet]:
    styles = _Styles()
    count = 0
    for event, element in events:
        if event == "end" and element.tag == f"{_STYLE}style":
            styles.note(element)
        elif event == "start" and element.tag == f"{_TABLE}table":
            count += 1
            table = _Table(events, element, styles)
            yield Sheet(
                element.get(f"{_TABLE}name", ""),
                table.rows(),
                is_hidden=element.get(f"{_TABLE}style-name") in styles.unseen,
                hidden_rows=table.hidden_rows,
                hidden_columns=table.hidden_columns,
                covered_rows=table.covered_rows,
            )
    if not count:
        raise FileRefused("no_sheets")


class _Styles:
    """The styles of sheets, columns and rows that show nothing."""

    def __init__(self) -> None:
        self.unseen: set[str] = set()

    def note(self, style: ElementTree.Element) -> None:
        """Remember the style where it hides a sheet, or gives a column or a row no size."""
        for properties in style:
            sizes = [properties.get(f"{_STYLE}{name}", "") for name in ("column-width", "row-height")]
            if properties.get(f"{_TABLE}display") == "false" or any(map(_NO_SIZE.fullmatch, sizes)):
                self.unseen.add(style.get(f"{_STYLE}name", ""))


class _Table:
    """A sheet on its way to rows, and what it says besides."""

    def __init__(self, events: Events, table: ElementTree.Element, styles: _Styles) -> None:
        self._events = events
        self._table = table
        self._styles = styles
        self._columns = 0
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.covered_rows: list[int] = []

    def rows(self) -> Iterator[Row]:
        """Yield the rows up to the last one that is not blank; leaves the events at the table's end."""
        blanks, row_number, depth = 0, 0, 0
        for event, element in self._events:
            if element is self._table and event == "end":
                self._table.clear()
                return
            if element.tag == f"{_TABLE}table-column" and event == "end":
                self._note_columns(element)
            if element.tag != f"{_TABLE}table-row":
                continue
            depth += 1 if event == "start" else -1
            # A row inside a row belongs to something drawn in a cell.
            if event == "start" or depth:
                continue
            times = _repeats(element, "number-rows-repeated")
            row, is_covered = _cells(element, row_number + blanks + 1)
            numbers = range(row_number + blanks + 1, row_number + blanks + 1 + times)
            if row or is_covered:
                if numbers[-1] > _MOST_ROWS:
                    raise FileRefused("broken_workbook", text=str(numbers[-1]))
                self.covered_rows += numbers if is_covered else ()
                self.hidden_rows += numbers if row and self._is_unseen(element) else ()
                yield from repeat((), blanks)
                yield from repeat(row, times)
                row_number, blanks = numbers[-1], 0
            else:
                blanks += times
            element.clear()

    def _note_columns(self, element: ElementTree.Element) -> None:
        first = self._columns
        self._columns += _repeats(element, "number-columns-repeated")
        if self._is_unseen(element):
            self.hidden_columns += range(first, min(self._columns, MOST_COLUMNS))

    def _is_unseen(self, element: ElementTree.Element) -> bool:
        is_visible = element.get(f"{_TABLE}visibility", "visible") == "visible"
        return not is_visible or element.get(f"{_TABLE}style-name") in self._styles.unseen


def _cells(row: ElementTree.Element, row_number: int) -> tuple[list[str], bool]:
    """Return the row's texts up to its last cell that has one, and whether more are under a merged cell."""
    cells: list[str] = []
    blanks = 0
    is_covered = False
    for element in row:
        if element.tag not in _CELLS:
            continue
        times = _repeats(element, "number-columns-repeated")
        text = _text_of(element)
        is_covered |= element.tag == _COVERED and bool(text)
        if not text or element.tag == _COVERED:
            blanks += times
            continue
        if (width := len(cells) + blanks + times) > MOST_COLUMNS:
            raise too_many_columns(row_number, width)
        cells += [*repeat("", blanks), *repeat(text, times)]
        blanks = 0
    return cells, is_covered


def _repeats(element: ElementTree.Element, attribute: str) -> int:
    written = element.get(f"{_TABLE}{attribute}", "1")
    if not (written.isascii() and written.isdigit()):
        raise FileRefused("broken_workbook", text=f"{attribute}={written}"[:60])
    return int(written[:9])


def _text_of(cell: ElementTree.Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    figure = cell.get(f"{_OFFICE}value")
    day = cell.get(f"{_OFFICE}date-value")
    if cell.get(_ERROR) == "error":
        return _shown(cell)
    if figure is not None and kind in ("float", "percentage", "currency"):
        return _figure(figure, _shown(cell) if cell.find(f"{_TEXT}p") is not None else None, kind)
    if kind == "date" and day is not None:
        return text_of(datetime.fromisoformat(day))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper()
    text = cell.get(f"{_OFFICE}string-value") or _shown(cell)
    is_uncomputed = kind is None and not text and cell.get(f"{_TABLE}formula") is not None
    return NOT_COMPUTED if is_uncomputed else text


def _figure(stored: str, shown: str | None, kind: str) -> str:
    """Return the figure of a cell by what it shows, or by its number where the file does not say that."""
    try:
        number = float(stored)
    except ValueError:
        return stored
    if not isfinite(number):
        return stored
    percents = int(kind == "percentage")
    if shown is None:
        return f"{written(exact(number) * 100)}%" if percents else text_of(number)
    return stated(shown, number, percents)


def _shown(cell: ElementTree.Element) -> str:
    """Return the cell's paragraphs, but not its comment, as lines."""
    return "\n".join("".join(_pieces(paragraph)) for paragraph in cell.findall(f"{_TEXT}p"))


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_MOST_BLANKS, int(child.get(f"{_TEXT}c", "1")))
        elif child.tag in _BLANKS:
            yield _BLANKS[child.tag]
        elif child.tag != f"{_OFFICE}annotation":
            yield from _pieces(child)
        yield child.tail or ""
