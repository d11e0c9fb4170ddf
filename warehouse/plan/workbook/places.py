"""Where the faults of a plan, and what is still to be confirmed, stand in its workbook."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from warehouse.plan.columns import Table
from warehouse.plan.faults import Fault
from warehouse.plan.shapes import TO_CONFIRM
from warehouse.plan.workbook import layout
from warehouse.plan.workbook.contents import CARRIED, Contents
from warehouse.plan.workbook.wording import sheet_names


@dataclass(frozen=True, order=True)
class Place:
    """One cell of a table's sheet, rows and columns counted from 0."""

    file: str
    row: int
    column: int

    def __str__(self) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return f"{sheet_names()[self.file]}!{xl_rowcol_to_cell(self.row, self.column)}"


@dataclass(frozen=True)
class Places:
    """The faults at cells, those without a cell, and the cells that are still to be confirmed."""

    faults: dict[Place, list[Fault]]
    elsewhere: list[Fault]
    to_confirm: dict[Place, str]


@dataclass(frozen=True)
class ShownColumn:
    """A column of a table's sheet; `is_in_file` unless it is only offered."""

    name: str
    is_in_file: bool


def shown_columns(table: Table, contents: Contents) -> list[ShownColumn]:
    """Return a sheet's columns: those of the file in its order, then the others of the table."""
    records = contents.tables.get(table.file)
    header = records.header if records else [one.name for one in table.columns if not one.may_be_left_out]
    others = [column.name for column in table.columns if column.name not in header]
    return [*(ShownColumn(name, True) for name in header), *(ShownColumn(name, False) for name in others)]


def places_of(contents: Contents, faults: list[Fault]) -> Places:
    """Return where each fault stands, and each cell that says 待确认."""
    at: defaultdict[Place, list[Fault]] = defaultdict(list)
    elsewhere = []
    tables = {table.file: table for table in CARRIED}
    for fault in faults:
        if fault.file in tables and fault.file in contents.tables:
            at[_place(tables[fault.file], fault, contents)].append(fault)
        else:
            elsewhere.append(fault)
    return Places(dict(at), elsewhere, _to_confirm(contents))


def _place(table: Table, fault: Fault, contents: Contents) -> Place:
    names = [column.name for column in shown_columns(table, contents)]
    column = names.index(fault.column) if fault.column in names else 0
    lines = contents.tables[table.file].lines
    row = bisect_right(lines, fault.line) - 1
    return Place(table.file, layout.FIRST + row if row >= 0 else layout.NAMES, column)


def _to_confirm(contents: Contents) -> dict[Place, str]:
    return {
        Place(file, layout.FIRST + row, column): text
        for file, records in sorted(contents.tables.items())
        for row, texts in enumerate(records.rows)
        for column, text in enumerate(texts)
        if TO_CONFIRM in text
    }
