"""The department's own file back, with what is wrong marked where it stands.

An XLSX comes back as itself: cells coloured and commented, the receipt's pages before its own. Any other file
comes back as more pages of the receipt. Large files get the receipt alone, which lists every place.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.intake import readers
from warehouse.intake.columns import HEADER_WITHIN, Header, column_of, find_header
from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import Sheet, Workbooks
from warehouse.intake.receipts.pages import Line, Look, Page
from warehouse.intake.receipts.receipt import Finding, Receipt
from warehouse.intake.rules import registry

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MOST_BYTES = 1 << 20
_MOST_ROWS = 5_000
_COLOURS = {Look.REFUSED: "FFF4B6B6", Look.WARNED: "FFFFE699"}
_HEADING = "FFD9E1F2"
_READ_TO_ITS_END = ("ambiguous_columns", "missing_columns", "no_rows")
"""What refuses a file as a whole although all of it could be read."""
_UNTITLED = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_TITLE = 31


def is_worth_marking(path: Path, receipt: Receipt) -> bool:
    """Tell whether the file has places to mark, was read to its end, and is small enough to be sent back."""
    has_places = any(one.row for one in (*receipt.refusals, *receipt.warnings))
    # Where a file broke while it was read, it may break whoever opens it again.
    breaks = any(_breaks_the_file(one.rule) for one in receipt.refusals)
    return (
        has_places
        and not breaks
        and path.stat().st_size <= _MOST_BYTES
        and 0 < receipt.rows.read <= _MOST_ROWS
    )


def _breaks_the_file(rule: str) -> bool:
    return registry()[rule].of == "file" and rule not in _READ_TO_ITS_END


def row_pages(path: Path, receipt: Receipt, workbooks: Workbooks) -> Iterator[Page]:
    """Yield each sheet's rows as a page, every row with its number before it and what is wrong after it."""
    with readers.opened(path, workbooks) as document:
        for number, sheet in enumerate(document.sheets):
            if not sheet.is_hidden:
                title = f"原文{number or ''}{_UNTITLED.sub('', sheet.name)}"[:_LONGEST_TITLE]
                yield Page(title, (6, *[16] * 12), list(_row_lines(sheet, receipt)))


def _row_lines(sheet: Sheet, receipt: Receipt) -> Iterator[Line]:
    by_row: dict[int | None, list[tuple[Look, Finding]]] = defaultdict(list)
    for look, one in _looked_at(receipt):
        if one.sheet == sheet.name:
            by_row[one.row].append((look, one))
    for row_number, row in enumerate(sheet.rows, start=1):
        found = by_row[row_number]
        look = min((look for look, _ in found), default=Look.PLAIN)
        yield Line((row_number, *row, *[_words(one) for _, one in found]), look)


def marked_workbook(path: Path, receipt: Receipt, pages: list[Page]) -> bytes:
    """Return a department's XLSX with its cells marked, and the receipt's pages before its own sheets."""
    import openpyxl

    workbook = openpyxl.load_workbook(path.open("rb"), keep_links=False)
    own = {sheet.title: (sheet, _header_of(sheet)) for sheet in workbook.worksheets}
    for look, one in _looked_at(receipt):
        if one.row and one.sheet in own:
            sheet, header = own[one.sheet]
            column = column_of(one.column or "")
            place = header.positions.get(column, 0) if header and column else 0
            _mark(sheet.cell(one.row, place + 1), look, one)
    for place, page in enumerate(pages):
        _add_page(workbook, place, page)
    workbook.active = 0
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _looked_at(receipt: Receipt) -> Iterator[tuple[Look, Finding]]:
    yield from ((Look.REFUSED, one) for one in receipt.refusals)
    yield from ((Look.WARNED, one) for one in receipt.warnings)


def _words(finding: Finding) -> str:
    return f"{finding.reason_zh}。{finding.fix_zh}"


def _header_of(sheet: Any) -> Header | None:
    rows = sheet.iter_rows(max_row=HEADER_WITHIN, values_only=True)
    try:
        return find_header([["" if cell is None else str(cell) for cell in row] for row in rows])
    except FileRefused:
        return None


def _mark(cell: Any, look: Look, finding: Finding) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if type(cell).__name__ == "MergedCell":
        return
    said = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{said}{_words(finding)}", "民生")
    cell.fill = PatternFill("solid", fgColor=_COLOURS[look])


def _add_page(workbook: Workbook, place: int, page: Page) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(page.title, place)
    for number, width in enumerate(page.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    fills = {look: PatternFill("solid", fgColor=colour) for look, colour in _COLOURS.items()}
    fills[Look.HEADING] = PatternFill("solid", fgColor=_HEADING)
    for row_number, line in enumerate(page.lines, start=1):
        for column, content in enumerate(line.cells, start=1):
            cell = sheet.cell(row_number, column, content)
            if isinstance(content, str):
                # Text stays text: a leading = would make it a formula.
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if line.look in fills:
                cell.fill = fills[line.look]
            if line.look == Look.HEADING:
                cell.font = Font(bold=True)
