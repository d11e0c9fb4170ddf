"""XLSX workbooks: each worksheet read as the stream of XML it is, each cell as the text a person reads in it.

The traps that are handled here: a wrong `<dimension>`, strict OOXML, a workbook without styles, cells
without a place, dates in both epochs, formulas that nobody computed, cells under a merge, columns and rows
nobody sees. Plain sheets are read by `plain_sheet`. A test holds both against openpyxl and calamine.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import repeat
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.cell_text import NOT_COMPUTED, formatted, text_of
from warehouse.intake.readers.document import MOST_COLUMNS, Document, Row, Sheet, too_many_columns
from warehouse.intake.readers.merges import Merges, column_name, column_place, merges_in
from warehouse.intake.readers.xlsx_parts import (
    Package,
    Parts,
    SheetPart,
    broken_xml,
    local,
    parts_of,
    text_in,
)

_TRUE = ("1", "true", "on")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_WHOLE = re.compile(r"[+-]?[0-9]{1,400}")


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """Open the workbook with all its sheets; raises FileRefused where it has none that can be read."""
    with zipfile.ZipFile(path) as container:
        package = Package(container)
        parts = parts_of(package)
        yield Document("xlsx", (sheet_of(package, parts, one) for one in parts.sheets))


def sheet_of(package: Package, parts: Parts, sheet: SheetPart) -> Sheet:
    """Return one sheet of a workbook, its rows to be read once."""
    read = _SheetXml(package, parts, sheet)
    return Sheet(
        sheet.name,
        read.rows(),
        is_hidden=sheet.is_hidden,
        hidden_rows=read.hidden_rows,
        hidden_columns=read.hidden_columns,
        covered_rows=read.covered_rows,
    )


class _SheetXml:
    """A worksheet's XML on its way to rows, and what it says besides."""

    def __init__(self, package: Package, parts: Parts, sheet: SheetPart) -> None:
        self._package = package
        self._parts = parts
        self._sheet = sheet
        self._hides_rows = False
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.covered_rows: list[int] = []

    def rows(self) -> Iterator[Row]:
        """Yield every row from the first on; raises FileRefused where one comes twice or out of order."""
        with self._package.open(self._sheet.part) as xml:
            merges = Merges(merges_in(xml))
        last = 0
        for element in self._rows_and_settings():
            written = element.get("r")
            row_number = int(written) if written and _WHOLE.fullmatch(written) else last + 1
            if row_number <= last:
                raise self._broken(row_number, f"第 {row_number} 行不按顺序")
            yield from repeat((), row_number - last - 1)
            yield self._row(row_number, element, merges)
            last = row_number

    def _rows_and_settings(self) -> Iterator[Element]:
        """Yield the elements of rows; notes what stands before them."""
        with self._package.open(self._sheet.part) as xml:
            try:
                # The container was searched for document types, without which XML has nothing to expand.
                for _, element in ElementTree.iterparse(xml):  # noqa: S314
                    kind = local(element.tag)
                    if kind == "row":
                        yield element
                        element.clear()
                    elif kind == "sheetData":
                        return
                    elif kind == "col":
                        self._note_column(element)
                    elif kind == "sheetFormatPr":
                        self._hides_rows = element.get("zeroHeight") in _TRUE
            except ElementTree.ParseError as error:
                raise broken_xml(self._sheet.part) from error

    def _note_column(self, element: Element) -> None:
        first, last, width = (element.get(name, "") for name in ("min", "max", "width"))
        is_hidden = element.get("hidden") in _TRUE or _is_nothing(width)
        if is_hidden and first.isdigit() and last.isdigit():
            self.hidden_columns += range(int(first) - 1, min(int(last), MOST_COLUMNS))

    def _row(self, row_number: int, element: Element, merges: Merges) -> Row:
        cells = self._cells(row_number, element)
        covered = merges.covered(row_number, cells)
        self.covered_rows += [row_number] if covered else []
        for column in covered:
            del cells[column]
        width = 1 + max(cells, default=-1)
        if width > MOST_COLUMNS:
            raise too_many_columns(row_number, width)
        if cells and self._is_hidden(element):
            self.hidden_rows.append(row_number)
        row = [""] * width
        for column, text in cells.items():
            row[column] = text
        return row

    def _cells(self, row_number: int, element: Element) -> dict[int, str]:
        """Return the texts of a row's cells by their columns; raises FileRefused where a cell comes twice."""
        texts: dict[int, str] = {}
        seen: set[int] = set()
        last = -1
        for cell in element:
            if local(cell.tag) != "c":
                continue
            last = self._column(cell, row_number, last)
            if last in seen:
                place = f"{column_name(last)}{row_number}"
                raise self._broken(row_number, f"单元格 {place} 出现两次")
            seen.add(last)
            if len(cell) and (text := self._text(cell)):
                texts[last] = text
        return texts

    def _column(self, cell: Element, row_number: int, last: int) -> int:
        reference = cell.get("r")
        if reference is None:
            return last + 1
        match = _REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) != row_number:
            raise self._broken(row_number, f"第 {row_number} 行有单元格 {reference[:12]}")
        return column_place(match[1])

    def _text(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        pieces = {local(one.tag): one for one in cell}
        stored = pieces["v"].text if "v" in pieces else None
        if "f" in pieces and self._is_uncomputed(kind, stored):
            return NOT_COMPUTED
        value: str | float | None = stored
        if kind == "inlineStr" and "is" in pieces:
            value = text_in(pieces["is"])
        elif kind == "b" and stored is not None:
            return "TRUE" if stored.strip() in _TRUE else "FALSE"
        elif kind == "s" and stored is not None:
            value = self._shared(stored)
        elif kind == "n" and stored is not None:
            value = _number(stored)
        elif kind == "d" and stored is not None:
            return _day(stored)
        return "" if value is None else self._formatted(cell, value)

    def _is_uncomputed(self, kind: str, stored: str | None) -> bool:
        """Tell whether nobody has computed a formula; its result may be an empty text or an error."""
        if stored is None and kind != "str":
            return True
        if self._parts.is_recalculated:
            return kind != "e"
        return self._parts.is_unfinished and kind == "n" and _is_nothing(stored or "")

    def _shared(self, place: str) -> str:
        texts = self._parts.shared_texts
        if not place.strip().isdigit() or int(place) >= len(texts):
            raise FileRefused("broken_workbook", text="缺少单元格的文字")
        return texts[int(place)]

    def _formatted(self, cell: Element, value: str | float) -> str:
        style = cell.get("s", "0")
        formats = self._parts.formats
        code = formats[int(style)] if style.isdigit() and int(style) < len(formats) else "General"
        return formatted(value, code, from_1904=self._parts.from_1904)

    def _is_hidden(self, row: Element) -> bool:
        """Tell whether a row is hidden or has no height, by itself or as the sheet says of all rows."""
        height = row.get("ht")
        if row.get("hidden") in _TRUE or (height is not None and _is_nothing(height)):
            return True
        return self._hides_rows and height is None and row.get("hidden") is None

    def _broken(self, row_number: int, what: str) -> FileRefused:
        return FileRefused("broken_workbook", sheet=self._sheet.name, row_number=row_number, text=what)


def _is_nothing(written: str) -> bool:
    """Tell whether a number is written that is zero."""
    return re.fullmatch(r"\s*-?0+(\.0*)?(E[+-]?[0-9]+)?\s*", written, re.IGNORECASE) is not None


def _day(written: str) -> str:
    """Return the text of a day in ISO's form, or what is written where it is none."""
    try:
        return text_of(datetime.fromisoformat(written.strip()).replace(tzinfo=None))
    except ValueError:
        return written


def _number(written: str) -> int | float | str:
    """Return the number that is written, or the text where none is."""
    text = written.strip()
    try:
        return int(text) if _WHOLE.fullmatch(text) else float(text)
    except ValueError:
        return written
