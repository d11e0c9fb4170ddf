"""XLSX workbooks, by openpyxl, each cell as the text a person reads in it.

The traps that are handled here: a wrong `<dimension>` (rows would be dropped), strict OOXML (no sheets, no
error), dates in both epochs and in the East Asian built-in formats, percent formats, noise in the 16th digit.
Plain sheets are read by `plain_sheet`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import container
from warehouse.intake.readers.cell_text import NOT_COMPUTED, text_of
from warehouse.intake.readers.document import MOST_COLUMNS, Document, Row, Sheet, too_many_columns

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# Built-in formats 27-36 and 50-58 are dates in Chinese, Japanese and Korean Excel; 57 shows 2025年3月.
_EAST_ASIAN_DATES = {*range(27, 37), *range(50, 59)}


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """Open the workbook with all its sheets; raises FileRefused where it has none that can be read."""
    import openpyxl

    with container.as_transitional(path) as stream:
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        if not workbook.worksheets:
            raise FileRefused("no_sheets")
        yield Document("xlsx", _sheets(workbook))


def _sheets(workbook: Workbook) -> Iterator[Sheet]:
    book: Any = workbook
    # openpyxl keeps the cell formats to itself, and nothing public tells a percent or an East Asian date.
    formats = [style.numFmtId for style in book._cell_styles]
    dates = book._date_formats | {place for place, one in enumerate(formats) if one in _EAST_ASIAN_DATES}
    percents = {place for place, one in enumerate(formats) if _is_percent(one, book._number_formats)}
    for worksheet in book.worksheets:
        hidden: list[int] = []
        yield Sheet(
            worksheet.title,
            _rows(worksheet, dates, percents, hidden),
            is_hidden=worksheet.sheet_state != "visible",
            hidden_rows=hidden,
        )


def _is_percent(format_id: int, custom: list[str]) -> bool:
    first_custom = 164
    return format_id in (9, 10) or (format_id >= first_custom and "%" in custom[format_id - first_custom])


def _rows(worksheet: Any, dates: set[int], percents: set[int], hidden: list[int]) -> Iterator[Row]:
    """Yield every row from the first on; openpyxl's own rows drop one numbered twice or out of order."""
    expected = 1
    with worksheet._get_source() as source:
        parser = _parser(source, worksheet, dates)
        for row_number, cells in parser.parse():
            if row_number < expected or any(cell["row"] != row_number for cell in cells):
                raise FileRefused("broken_workbook", row_number=row_number, text=worksheet.title)
            yield from repeat((), row_number - expected)
            filled = [cell for cell in cells if cell["value"] is not None]
            width = max((cell["column"] for cell in filled), default=0)
            if width > MOST_COLUMNS:
                raise too_many_columns(row_number, width)
            if len({cell["column"] for cell in filled}) < len(filled):
                raise FileRefused("broken_workbook", row_number=row_number, text=worksheet.title)
            if filled and parser.row_dimensions.get(str(row_number), {}).get("hidden") in ("1", "true"):
                hidden.append(row_number)
            row = [""] * width
            for cell in filled:
                row[cell["column"] - 1] = text_of(cell["value"], is_percent=cell["style_id"] in percents)
            yield row
            expected = row_number + 1


def _parser(source: IO[bytes], worksheet: Any, dates: set[int]) -> Any:
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        """openpyxl's parser, which shows a formula that was never computed as an empty cell."""

        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            is_text = element.get("t") == "str"
            if cell["value"] is None and not is_text and element.find(FORMULA_TAG) is not None:
                cell["value"] = NOT_COMPUTED
            return cell

    workbook = worksheet.parent
    return Parser(
        source,
        worksheet._shared_strings,
        data_only=True,
        epoch=workbook.epoch,
        date_formats=dates,
        timedelta_formats=workbook._timedelta_formats,
    )
