"""ODS workbooks (LibreOffice, WPS), read as the stream of XML they are, each cell as the text a person reads.

A row or cell that repeats is written once with a count, so what a sheet takes unpacked says nothing of its
size: blank repeats are only counted, and a sheet cannot have more rows or columns than a spreadsheet has.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import repeat
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.cell_text import NOT_COMPUTED, text_of
from warehouse.intake.readers.document import MOST_COLUMNS, Document, Row, Sheet, too_many_columns

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
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
    hidden_styles: set[str] = set()
    count = 0
    for event, element in events:
        if event == "end" and element.tag == f"{_STYLE}style":
            properties = element.find(f"{_STYLE}table-properties")
            if properties is not None and properties.get(f"{_TABLE}display") == "false":
                hidden_styles.add(element.get(f"{_STYLE}name", ""))
        elif event == "start" and element.tag == f"{_TABLE}table":
            count += 1
            hidden: list[int] = []
            yield Sheet(
                element.get(f"{_TABLE}name", ""),
                _rows(events, element, hidden),
                is_hidden=element.get(f"{_TABLE}style-name") in hidden_styles,
                hidden_rows=hidden,
            )
    if not count:
        raise FileRefused("no_sheets")


def _rows(events: Events, table: ElementTree.Element, hidden: list[int]) -> Iterator[Row]:
    """Yield the table's rows up to its last one that is not blank; leaves the events at the table's end."""
    blanks, row_number, depth = 0, 0, 0
    for event, element in events:
        if element is table and event == "end":
            table.clear()
            return
        if element.tag != f"{_TABLE}table-row":
            continue
        depth += 1 if event == "start" else -1
        # A row inside a row belongs to something drawn in a cell.
        if event == "start" or depth:
            continue
        times = _repeats(element, "number-rows-repeated")
        row = _cells(element, row_number + blanks + 1)
        if row:
            is_hidden = element.get(f"{_TABLE}visibility", "visible") != "visible"
            row_number += blanks + times
            if row_number > _MOST_ROWS:
                raise FileRefused("broken_workbook", text=str(row_number))
            hidden += range(row_number - times + 1, row_number + 1) if is_hidden else ()
            yield from repeat((), blanks)
            yield from repeat(row, times)
            blanks = 0
        else:
            blanks += times
        element.clear()


def _cells(row: ElementTree.Element, row_number: int) -> list[str]:
    """Return the row's texts up to its last cell that has one."""
    cells: list[str] = []
    blanks = 0
    for element in row:
        if element.tag not in _CELLS:
            continue
        times = _repeats(element, "number-columns-repeated")
        text = _text_of(element)
        if not text:
            blanks += times
            continue
        if (width := len(cells) + blanks + times) > MOST_COLUMNS:
            raise too_many_columns(row_number, width)
        cells += [*repeat("", blanks), *repeat(text, times)]
        blanks = 0
    return cells


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
        return text_of(float(figure), is_percent=kind == "percentage")
    if kind == "date" and day is not None:
        return text_of(datetime.fromisoformat(day))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper()
    text = cell.get(f"{_OFFICE}string-value") or _shown(cell)
    is_uncomputed = kind is None and not text and cell.get(f"{_TABLE}formula") is not None
    return NOT_COMPUTED if is_uncomputed else text


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
