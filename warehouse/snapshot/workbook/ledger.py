"""A ledger sheet: one row for each target's window, to filter, to sort and to print."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import Any

from warehouse.snapshot.month import Row
from warehouse.snapshot.wording import STATUSES, figure
from warehouse.snapshot.workbook.columns import ACTUAL, ATTAINMENT, COUNTED, STATUS, Column, columns_with
from warehouse.snapshot.workbook.heads import HEAD_ROWS, Head
from warehouse.snapshot.workbook.looks import Looks

_SUMMARY_ROW = HEAD_ROWS
_HEADING_ROW = HEAD_ROWS + 1
_HUNDRED = 100
_KEPT_IN_VIEW = 2
_FIGURES = ("figure", "percent", "points")
_WITHHELD, _NOT_PUBLIC = "withheld", "不公开"
_LAST_NARROW, _WIDE = 0x2000, 1.7
_LINE_POINTS, _AIR_POINTS = 14, 5
_FIGURE_AIR = 2


def write_ledger(
    sheet: Any, looks: Looks, head: Head, title: str, about: tuple[str, Column, list[Row]]
) -> None:
    """Write the sheet; `about` is its summary, the column that says whose a target is, and its rows."""
    summary, who, rows = about
    columns, printed = columns_with(who)
    last = _HEADING_ROW + max(len(rows), 1)
    head.write(sheet, looks, title, printed)
    sheet.write_string(_SUMMARY_ROW, 0, summary, looks["summary"])
    sheet.set_row(_HEADING_ROW, 32)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column, rows))
        sheet.write_string(_HEADING_ROW, place, column.heading, looks["heading"])
    for line, row in enumerate(rows, start=_HEADING_ROW + 1):
        sheet.set_row(line, _height(columns[:printed], row))
        for place, column in enumerate(columns):
            _write_cell(sheet, (line, place), column, row, looks)
    _colour(sheet, looks, columns, last)
    sheet.freeze_panes(_HEADING_ROW + 1, _KEPT_IN_VIEW)
    sheet.autofilter(_HEADING_ROW, 0, last, len(columns) - 1)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.print_area(0, 0, last, printed - 1)
    sheet.fit_to_pages(1, 0)


def _width(column: Column, rows: list[Row]) -> float:
    """Return how wide the column is: a figure that does not fit would show as ### and not at all."""
    if column.kind != "figure":
        return column.width
    figures = [(row, value) for row in rows if (value := column.of(row)) is not None]
    longest = max(
        (len(figure(value, _beside(column, row), row["decimals"])) for row, value in figures), default=0
    )
    return max(column.width, longest + _FIGURE_AIR)


def _height(columns: tuple[Column, ...], row: Row) -> float:
    """Return the height in points that the longest printed text of the row needs, wrapped at its column."""
    lines = max(
        ceil(sum(_WIDE if ord(letter) > _LAST_NARROW else 1 for letter in text) / column.width)
        for column in columns
        if isinstance(text := column.of(row), str)
    )
    return max(lines, 1) * _LINE_POINTS + _AIR_POINTS


def _write_cell(sheet: Any, place: tuple[int, int], column: Column, row: Row, looks: Looks) -> None:
    """Write text as text, whatever it begins with, and a figure as a number; absence stays empty."""
    value = column.of(row)
    if value is None and column.kind in _FIGURES and row.get("disclosure") == _WITHHELD:
        sheet.write_string(*place, _NOT_PUBLIC, looks["withheld"])
    elif value is None:
        sheet.write_blank(*place, None, looks["text"])
    elif column.kind == "figure":
        sheet.write_number(
            *place, float(value), looks.of_figure(value, _beside(column, row), row["decimals"])
        )
    elif column.kind == "percent":
        sheet.write_number(*place, float(Decimal(value) / _HUNDRED), looks.of_percent(value))
    elif column.kind in ("points", "integer"):
        sheet.write_number(*place, float(value), looks[column.kind])
    else:
        sheet.write_string(*place, value, looks[column.kind])


def _beside(column: Column, row: Row) -> Decimal | None:
    """Return what the figure is read against, the target or the year before: 99.996 beside 100 is not 100."""
    if column.heading != ACTUAL:
        return None
    bound: Decimal | None = row["expected_value"] if row["target_value"] is None else row["target_value"]
    return bound


def _colour(sheet: Any, looks: Looks, columns: tuple[Column, ...], last: int) -> None:
    """Colour by rules of the sheet itself, so that the colours follow what somebody sorts or corrects."""
    first = _HEADING_ROW + 1
    places = {column.heading: place for place, column in enumerate(columns)}
    counted = f"${_letter(places[COUNTED])}{first + 1}"
    not_counted = {"type": "formula", "criteria": f'={counted}="否"', "format": looks.faded()}
    sheet.conditional_format(first, 0, last, len(columns) - 1, not_counted | {"stop_if_true": True})
    status = places[STATUS]
    names = [(name, one) for one in STATUSES.values() for name in (one.zh, one.cap_zh) if name]
    for name, one in names:
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{name}"',
            "format": looks.tint(one.group.code),
        }
        sheet.conditional_format(first, status, last, status, rule)
    attained = places[ATTAINMENT]
    sheet.conditional_format(
        first,
        attained,
        last,
        attained,
        {
            "type": "data_bar",
            "bar_solid": True,
            "bar_color": "#BBD3EA",
            "bar_border_color": "#BBD3EA",
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 1,
        },
    )


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))
