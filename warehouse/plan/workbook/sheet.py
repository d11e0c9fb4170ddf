"""The sheet of one table: heads in both languages, drop-downs, checks, and faults in their cells."""

from __future__ import annotations

from typing import Any

from warehouse.errors import MinshengError
from warehouse.plan.columns import Column, Table
from warehouse.plan.faults import Fault
from warehouse.plan.shapes import TO_CONFIRM
from warehouse.plan.workbook import layout
from warehouse.plan.workbook.checks import validation_of
from warehouse.plan.workbook.contents import Contents
from warehouse.plan.workbook.places import Place, ShownColumn, shown_columns
from warehouse.plan.workbook.wording import Head, heads

_MORE_ROWS = 1_000
"""How many empty rows below the last have the drop-downs and checks too."""
_WIDE = {"text_zh": 80, "quote_zh": 50, "note_zh": 50, "description_zh": 50, "sentence": 80, "title_zh": 30}
_WIDTH = 18


def write_sheet(
    page: Any, table: Table, contents: Contents, faults: dict[Place, list[Fault]], formats: dict[str, Any]
) -> None:
    """Write one table, with the faults of its cells as colours and comments."""
    columns = shown_columns(table, contents)
    records = contents.tables.get(table.file)
    rows = records.rows if records else []
    _write_heads(page, table, columns, formats)
    for number, texts in enumerate(rows, start=layout.FIRST):
        for column, text in enumerate(texts):
            place = Place(table.file, number, column)
            _refuse_unwritable(text, place)
            look = "fault" if place in faults else "to_confirm" if TO_CONFIRM in text else "text"
            page.write_string(number, column, text, formats[look])
    _write_comments(page, faults)
    _write_checks(page, table, columns, layout.FIRST + len(rows) + _MORE_ROWS)
    page.freeze_panes(layout.FIRST, len(table.key))
    page.autofilter(layout.NAMES, 0, layout.FIRST + max(len(rows), 1) - 1, len(columns) - 1)


def _write_comments(page: Any, faults: dict[Place, list[Fault]]) -> None:
    for place, found in faults.items():
        said = "\n".join(f"{fault.reason} [{fault.code}]" for fault in found)
        page.write_comment(place.row, place.column, said, {"author": "minsheng plan check", "x_scale": 2.5})


def _write_checks(page: Any, table: Table, columns: list[ShownColumn], last: int) -> None:
    by_name = {column.name: column for column in table.columns}
    for place, shown in enumerate(columns):
        if validation := validation_of(by_name.get(shown.name), layout.FIRST, place):
            page.data_validation(layout.FIRST, place, last, place, validation)


def _refuse_unwritable(text: str, place: Place) -> None:
    if len(text) > layout.LONGEST:
        raise MinshengError(
            f"{place.file}: the text for {place} has {len(text)} characters, and a cell of a workbook takes "
            f"{layout.LONGEST}: shorten it, or edit the file itself"
        )
    if found := layout.UNWRITABLE.search(text):
        raise MinshengError(
            f"{place.file}: the text for {place} holds {found[0]!r}, which no workbook carries: take it away"
        )


def _write_heads(page: Any, table: Table, columns: list[ShownColumn], formats: dict[str, Any]) -> None:
    by_name = {column.name: column for column in table.columns}
    for place, shown in enumerate(columns):
        said = heads().get((table.file, shown.name), Head("", "计划中没有这一列", "no column of a plan"))
        page.set_column(place, place, _WIDE.get(shown.name, _WIDTH), formats["text"])
        page.write_string(layout.MEANING_ZH, place, said.meaning_zh, formats["meaning"])
        page.write_string(layout.MEANING_EN, place, said.meaning_en, formats["meaning"])
        page.write_string(layout.NEED, place, _need(by_name.get(shown.name), shown), formats["meaning"])
        page.write_string(layout.HEAD, place, said.head_zh, formats["heading"])
        page.write_string(layout.NAMES, place, shown.name, formats["names"])


def _need(column: Column | None, shown: ShownColumn) -> str:
    if not shown.is_in_file:
        return layout.LEFT_OUT
    return layout.REQUIRED if column and column.required else layout.MAY_BE_EMPTY
