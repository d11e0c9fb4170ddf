"""Reading a plan folder whole: what cannot be read as what it claims to be is a fault."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from warehouse.plan.faults import Fault
from warehouse.plan.folder import Cell, Plan, PlanText, Row
from warehouse.plan.kinds import TEXT
from warehouse.plan.shapes import TABLES, Column, Table

_Line = tuple[int, list[str]]


def read(folder: Path) -> Plan:
    """Read all tables and the text of a plan folder; never raises for what is written in it."""
    plan = Plan()
    for table in TABLES:
        plan.rows[table.name] = list(_rows(folder, table, plan.faults))
    plan.text = _text(folder, plan.faults)
    plan.faults += _strangers(folder)
    return plan


def _decoded(path: Path, faults: list[Fault]) -> str | None:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(
            Fault(
                path.name,
                line,
                "",
                "not_utf8",
                f"byte {content[error.start]:#04x} is not UTF-8: save the file as UTF-8",
            )
        )
        return None


def _rows(folder: Path, table: Table, faults: list[Fault]) -> Iterator[Row]:
    path = folder / table.file
    if not path.is_file():
        if not table.optional:
            faults.append(Fault(table.file, 0, "", "missing_file", f"the plan needs a file {table.file}"))
        return
    text = _decoded(path, faults)
    if text is None:
        return
    lines = list(_lines(table, text, faults))
    if not lines:
        faults.append(
            Fault(table.file, 1, "", "missing_header", "the file is empty: its first line names the columns")
        )
        return
    header = lines[0][1]
    faults += _header_faults(table, header)
    for line, texts in lines[1:]:
        row = _row(table, header, line, texts, faults)
        if row is not None:
            yield row


def _lines(table: Table, text: str, faults: list[Fault]) -> Iterator[_Line]:
    """Yield the records of a CSV text with the line each begins on; empty lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for texts in reader:
            if texts:
                yield begins, texts
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(
            Fault(
                table.file,
                begins,
                "",
                "malformed_csv",
                f"the record that begins here cannot be read: {error}",
            )
        )


def _header_faults(table: Table, header: list[str]) -> Iterator[Fault]:
    names = [column.name for column in table.columns]
    for name in names:
        if name not in header:
            yield Fault(table.file, 1, name, "missing_column", f"the column {name} is missing")
    for position, name in enumerate(header):
        if name not in names:
            allowed = ", ".join(names)
            yield Fault(
                table.file, 1, name, "unknown_column", f"{name!r} is no column of it, which are: {allowed}"
            )
        elif name in header[:position]:
            yield Fault(table.file, 1, name, "duplicate_column", f"the column {name} is there twice")


def _row(table: Table, header: list[str], line: int, texts: list[str], faults: list[Fault]) -> Row | None:
    if not any(texts):
        faults.append(Fault(table.file, line, "", "empty_row", "the row is empty: delete it"))
        return None
    if len(texts) != len(header):
        reason = (
            f"the row has {len(texts)} cells, the header {len(header)}: see to its commas and quotation marks"
        )
        faults.append(Fault(table.file, line, "", "ragged_row", reason))
        return None
    columns = {column.name: column for column in table.columns}
    cells: dict[str, Cell] = {}
    at = line
    for name, text in zip(header, texts, strict=True):
        if name in columns and name not in cells:
            cells[name] = _cell(table, columns[name], at, text, faults)
        at += text.count("\n")
    return Row(table, line, cells)


def _cell(table: Table, column: Column, line: int, text: str, faults: list[Fault]) -> Cell:
    """Read one cell; a malformed one keeps its text, has no value, and is a fault."""
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


def _text(folder: Path, faults: list[Fault]) -> PlanText | None:
    files = sorted(path for path in folder.glob("*.txt") if path.is_file())
    if not files:
        faults.append(
            Fault("*.txt", 0, "", "missing_text", "the folder holds no .txt: it needs the plan's own text")
        )
        return None
    for path in files[1:]:
        reason = (
            f"the folder holds {len(files)} .txt files: only one, {files[0].name}, can be the plan's text"
        )
        faults.append(Fault(path.name, 0, "", "several_texts", reason))
    content = _decoded(files[0], faults)
    if content is None:
        return None
    if not content.strip():
        faults.append(Fault(files[0].name, 1, "", "empty_text", "the plan's text is empty"))
        return None
    return PlanText(files[0].name, content)


def _strangers(folder: Path) -> Iterator[Fault]:
    known = {table.file for table in TABLES}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in known:
            allowed = ", ".join(sorted(known))
            yield Fault(
                path.name, 0, "", "unknown_file", f"no table of a plan has this name; they are: {allowed}"
            )
