"""Reading a plan folder whole: what cannot be read as what it claims to be is a fault."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from warehouse.plan.columns import Column, Table
from warehouse.plan.completion import DEFAULT_ROWS, DEFAULTS, complete
from warehouse.plan.faults import Fault
from warehouse.plan.files import content_of_table, strangers, text_of
from warehouse.plan.folder import Cell, Plan, Row
from warehouse.plan.kinds import TEXT
from warehouse.plan.shapes import TABLES

_Line = tuple[int, list[str]]


def read(folder: Path) -> Plan:
    """Read all tables and the text of a plan folder, with its defaults; never raises for what it holds."""
    plan = Plan()
    for table in TABLES:
        plan.rows[table.name] = list(_rows(folder, table, plan))
        needs_rows = not (table.optional or table.may_be_empty)
        if needs_rows and not plan.of(table) and table.name not in plan.cut_short:
            reason = "the file has a header and no row: a plan needs at least one"
            plan.faults.append(Fault(table.file, 1, "", "empty_table", reason))
    plan.text = text_of(folder, plan)
    plan.faults += strangers(folder)
    complete(plan, _defaults())
    return plan


def _defaults() -> Plan:
    plan = Plan()
    for table in DEFAULT_ROWS:
        plan.rows[table.name] = list(_rows(DEFAULTS, table, plan))
    return plan


def _rows(folder: Path, table: Table, plan: Plan) -> Iterator[Row]:
    content = content_of_table(folder, table, plan)
    if content is None:
        return
    lines = list(_lines(table, content, plan))
    if not lines:
        if table.name not in plan.cut_short:
            reason = "the file is empty: its first line names the columns"
            plan.cut(table, Fault(table.file, 1, "", "missing_header", reason))
        return
    header = lines[0][1]
    _check_header(table, header, plan)
    for line, texts in lines[1:]:
        row = _row(table, header, line, texts, plan)
        if row is not None:
            yield row


def _lines(table: Table, text: str, plan: Plan) -> Iterator[_Line]:
    """Yield the records of a CSV text with the line each begins on; empty lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for texts in reader:
            if texts:
                yield begins, texts
            begins = reader.line_num + 1
    except csv.Error as error:
        reason = f"the record that begins here cannot be read: {error}"
        plan.cut(table, Fault(table.file, begins, "", "malformed_csv", reason))


def _check_header(table: Table, header: list[str], plan: Plan) -> None:
    names = [column.name for column in table.columns]
    for column in table.columns:
        if column.name not in header and not column.may_be_left_out:
            reason = f"the column {column.name} is missing"
            plan.cut(table, Fault(table.file, 1, column.name, "missing_column", reason))
    for position, name in enumerate(header):
        if name not in names:
            reason = f"{name!r} is no column of it, which are: {', '.join(names)}"
            plan.faults.append(Fault(table.file, 1, name, "unknown_column", reason))
        elif name in header[:position]:
            reason = f"the column {name} is there twice"
            plan.faults.append(Fault(table.file, 1, name, "duplicate_column", reason))


def _row(table: Table, header: list[str], line: int, texts: list[str], plan: Plan) -> Row | None:
    if not any(texts):
        plan.faults.append(Fault(table.file, line, "", "empty_row", "the row is empty: delete it"))
        return None
    if len(texts) != len(header):
        reason = (
            f"the row has {len(texts)} cells, the header {len(header)}: see to its commas and quotation marks"
        )
        plan.cut(table, Fault(table.file, line, "", "ragged_row", reason))
        return None
    columns = {column.name: column for column in table.columns}
    cells: dict[str, Cell] = {}
    at = line
    for name, text in zip(header, texts, strict=True):
        if name in columns and name not in cells:
            cells[name] = _cell(table, columns[name], at, text, plan.faults)
        at += text.count("\n")
    for column in table.columns:
        if column.may_be_left_out and column.name not in cells:
            cells[column.name] = _cell(table, column, line, "", plan.faults)
    return Row(table, line, cells)


def _cell(table: Table, column: Column, line: int, text: str, faults: list[Fault]) -> Cell:
    """Read one cell, an empty one as its default; a malformed one keeps its text, and is a fault."""
    text = text or column.default
    fault = _fault_of(column, text)
    if fault is None:
        return Cell(text, line, column.kind.parse(text) if text else None)
    code, reason = fault
    faults.append(Fault(table.file, line, column.name, code, reason))
    return Cell(text, line, None)


def _fault_of(column: Column, text: str) -> tuple[str, str] | None:
    if not text:
        return ("required", f"{column.name} is empty, and is required") if column.required else None
    if text != text.strip():
        return "surrounding_blanks", f"{text!r} begins or ends with a blank: take it away"
    if invisible := next((character for character in text if _is_invisible(character, column)), ""):
        return (
            "invisible_character",
            f"the text holds the invisible character U+{ord(invisible):04X}: take it away",
        )
    if column.words and text not in column.words:
        return "unknown_word", f"{text!r} is no {column.name}: it is one of {', '.join(column.words)}"
    if column.kind.parse(text) is None:
        return f"malformed_{column.kind.name}", f"{text!r} is malformed: write {column.kind.form}"
    return None


def _is_invisible(character: str, column: Column) -> bool:
    if column.kind is TEXT and not column.words and character in "\r\n":
        return False
    return unicodedata.category(character) in {"Cc", "Cf"}
