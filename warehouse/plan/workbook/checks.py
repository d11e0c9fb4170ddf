"""What a workbook checks as a person types: words and codes by lists, months, days and figures by form.

A check asks back and lets the person insist; `plan check` decides, and says why.
"""

from __future__ import annotations

from typing import Any

from warehouse.plan.columns import Column
from warehouse.plan.kinds import CODES, DATE, INTEGER, NUMBER, PERIOD, YEAR, Kind
from warehouse.plan.shapes import TABLES
from warehouse.plan.workbook import layout
from warehouse.plan.workbook.wording import sheet_names

_LAST_ROW = 5_000
_LIST_LONGEST = 255
_FIGURE = 'AND(ISNUMBER(--{cell}),ISERROR(FIND(" ",{cell})))'
_FORMS = {
    PERIOD.name: 'AND(LEN({cell})=7,MID({cell},5,1)="-",ISNUMBER(--RIGHT({cell},2)))',
    DATE.name: 'AND(LEN({cell})=10,MID({cell},5,1)="-",MID({cell},8,1)="-")',
    YEAR.name: "AND(LEN({cell})=4,ISNUMBER(--{cell}))",
    NUMBER.name: _FIGURE,
    INTEGER.name: _FIGURE,
}
_KEYS = {table.name: table for table in TABLES}


def validation_of(column: Column | None, row: int, place: int) -> dict[str, Any] | None:
    """Return the check of a column whose first cell is at a row and place; None where any text will do."""
    if column is None:
        return None
    if column.words:
        return _of_list(list(column.words), ", ".join(column.words))
    if column.refers_to and column.kind is not CODES:
        return _of_list(_codes_of(column.refers_to), f"见工作表 {_sheet_of(column.refers_to)}")
    return _of_form(column.kind, row, place)


def _of_list(source: list[str] | str, message: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "请核对",
        "error_message": message[:_LIST_LONGEST],
    }


def _of_form(kind: Kind, row: int, place: int) -> dict[str, Any] | None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    form = _FORMS.get(kind.name)
    if form is None:
        return None
    return {
        "validate": "custom",
        "value": f"={form.format(cell=xl_rowcol_to_cell(row, place))}",
        "error_type": "warning",
        "error_title": "请核对",
        "error_message": kind.form[:_LIST_LONGEST],
    }


def _codes_of(table_name: str) -> str:
    """Return the cells of another sheet that hold the codes of its rows, in its first column."""
    return f"='{_sheet_of(table_name)}'!$A${layout.FIRST + 1}:$A${_LAST_ROW}"


def _sheet_of(table_name: str) -> str:
    return sheet_names()[_KEYS[table_name].file]
