"""XLSX workbooks, by openpyxl, each cell as the text a person reads in it.

The traps that are handled here: a wrong `<dimension>` (rows would be dropped), strict OOXML (no sheets, no
error), dates in both epochs and in the East Asian built-in formats, percent formats, noise in the 16th digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from itertools import repeat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import container
from warehouse.intake.readers.document import MOST_COLUMNS, Document, Row, Sheet, too_many_columns

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# Built-in formats 27-36 and 50-58 are dates in Chinese, Japanese and Korean Excel; 57 shows 2025年3月.
_EAST_ASIAN_DATES = {*range(27, 37), *range(50, 59)}
_SIGNIFICANT_DIGITS = 15
NOT_COMPUTED = "（公式没有计算结果）"
"""What stands for a formula whose result the workbook does not hold."""


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
        yield Sheet(worksheet.title, _rows(worksheet, dates, percents), worksheet.sheet_state != "visible")


def _is_percent(format_id: int, custom: list[str]) -> bool:
    first_custom = 164
    return format_id in (9, 10) or (format_id >= first_custom and "%" in custom[format_id - first_custom])


def _rows(worksheet: Any, dates: set[int], percents: set[int]) -> Iterator[Row]:
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
            row = [""] * width
            for cell in filled:
                row[cell["column"] - 1] = _text(cell["value"], is_percent=cell["style_id"] in percents)
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


def _text(value: Any, *, is_percent: bool) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, is_percent=is_percent)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value).upper()


def _number(value: float, *, is_percent: bool) -> str:
    """Return the number as Excel shows it: 15 significant digits, times 100 with the sign for a percent."""
    if is_percent:
        return f"{float(f'{value * 100:.{_SIGNIFICANT_DIGITS}g}'):.{_SIGNIFICANT_DIGITS}g}%"
    return str(value) if isinstance(value, int) else f"{value:.{_SIGNIFICANT_DIGITS}g}"
