"""A department's XLSX with its cells marked and the receipt's pages before its sheets, in the child process.

openpyxl makes an object of each cell, also of those that are empty or under a merge: a workbook is marked
only where all of them are few.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.container import as_transitional
from warehouse.intake.readers.merges import merges_in
from warehouse.intake.readers.xlsx_parts import Package, SheetPart, parts_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_CELLS = 200_000
"""So many cells, those under merges too, take openpyxl about two seconds and 200 MiB."""
_MOST_BYTES = 64 << 20
_CHUNK = 1 << 20
_CELL_OR_ROW = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]")

Mark = dict[str, Any]
"""What to mark: `sheet`, `row`, `heading` (of its column, or null), `words` and `colour`."""


def marked(path: Path, marks: list[Mark], pages: list[dict[str, Any]]) -> bytes:
    """Return the workbook with its marks and, before its sheets, pages of `title`, `widths` and `lines`.

    A line has `cells`, a `colour` or null, and `is_heading`; the first line of a page with `is_frozen` stays
    in view, also on paper. Raises FileRefused where the workbook has too many cells.
    """
    import openpyxl

    _refuse_large(path)
    with as_transitional(path) as stream:
        workbook = openpyxl.load_workbook(stream, keep_links=False)
    by_sheet: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_sheet[mark["sheet"]].append(mark)
    for sheet in workbook.worksheets:
        _mark_sheet(sheet, by_sheet[sheet.title])
    for place, page in enumerate(pages):
        _add_page(workbook, place, page)
    workbook.active = 0
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _refuse_large(path: Path) -> None:
    with zipfile.ZipFile(path) as container:
        if sum(part.file_size for part in container.infolist()) > _MOST_BYTES:
            raise FileRefused("workbook_too_large", text=f"{_MOST_BYTES} 字节")
        package = Package(container)
        cells = sum(_cells_of(package, sheet) for sheet in parts_of(package).sheets)
        if cells > _MOST_CELLS:
            raise FileRefused("workbook_too_large", text=f"{cells} 个单元格")


def _cells_of(package: Package, sheet: SheetPart) -> int:
    """Return how many cells and rows a sheet writes, and how many cells its merges cover."""
    with package.open(sheet.part) as xml:
        covered = sum(
            (one.last_row - one.first_row + 1) * (one.last_column - one.first_column + 1)
            for one in merges_in(xml)
        )
    written, rest = 0, b""
    with package.open(sheet.part) as xml:
        while piece := xml.read(_CHUNK):
            rest += piece
            whole = max(0, rest.rfind(b"<"))
            written += len(_CELL_OR_ROW.findall(rest[:whole]))
            rest = rest[whole:]
    return covered + written


def _mark_sheet(sheet: Worksheet, marks: list[Mark]) -> None:
    places = _places_of({mark["heading"] for mark in marks if mark["heading"]}, sheet)
    for mark in marks:
        above = [place for place in places[mark["heading"]] if place[0] < mark["row"]]
        column = above[-1][1] if above else 1
        _mark_cell(sheet.cell(mark["row"], column), mark)


def _places_of(headings: set[str], sheet: Worksheet) -> dict[str | None, list[tuple[int, int]]]:
    """Return the rows and columns where each heading stands, from above."""
    places: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
    if headings:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and (heading := cell.value.strip()) in headings:
                    places[heading].append((int(cell.row), int(cell.column)))
    return places


def _mark_cell(cell: Cell | MergedCell, mark: Mark) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    # A cell under a merge has no comment to show.
    if type(cell).__name__ == "MergedCell":
        return
    said = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{said}{mark['words']}", "民生")
    cell.fill = PatternFill("solid", fgColor=mark["colour"])


def _add_page(workbook: Workbook, place: int, page: dict[str, Any]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(page["title"], place)
    for number, width in enumerate(page["widths"], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    _lay_out(sheet, is_frozen=page["is_frozen"])
    for row_number, line in enumerate(page["lines"], start=1):
        for column, content in enumerate(line["cells"], start=1):
            cell = sheet.cell(row_number, column, content)
            if isinstance(content, str):
                # Text stays text: a leading = would make it a formula.
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if line["colour"]:
                cell.fill = PatternFill("solid", fgColor=line["colour"])
            if line["is_heading"]:
                cell.font = Font(bold=True)


def _lay_out(sheet: Worksheet, *, is_frozen: bool) -> None:
    """Print a page lying on A4, as wide as the paper, a first line that stays on each sheet."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    if is_frozen:
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
