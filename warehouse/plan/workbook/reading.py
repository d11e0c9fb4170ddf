"""A plan's workbook read back into the files of a folder; what cannot be meant is refused with its cell."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from warehouse.errors import MinshengError
from warehouse.plan.columns import Table
from warehouse.plan.kinds import DATE, NUMBER, PERIOD
from warehouse.plan.office_files import refuse_hostile
from warehouse.plan.workbook import layout
from warehouse.plan.workbook.contents import CARRIED, DEFAULT_TEXT_FILE, Contents, Records
from warehouse.plan.workbook.places import Place
from warehouse.plan.workbook.wording import sheet_names

_MOST_ROWS = 100_000
_MOST_COLUMNS = 100
_WITHIN = 12
"""In how many first rows of a sheet the columns' names are looked for."""


@dataclass(frozen=True)
class Read:
    """What a workbook holds, and the digest of the folder that it was exported from."""

    contents: Contents
    exported_digest: str


def read_workbook(path: Path) -> Read:
    """Read a plan's workbook; raises MinshengError with sheet and cell where it cannot be taken."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.is_file():
        raise MinshengError(f"There is no file {path}: name the workbook that `minsheng plan export` wrote")
    refuse_hostile(path, "xl/workbook.xml", "XLSX workbook")
    try:
        book = openpyxl.load_workbook(path, read_only=True)
        try:
            return _read({sheet.title: list(_rows(sheet)) for sheet in book.worksheets}, path)
        finally:
            book.close()
    except (InvalidFileException, KeyError, ValueError, TypeError, ParseError, zipfile.BadZipFile) as error:
        raise MinshengError(
            f"{path} cannot be read as a workbook ({error}): save it again as .xlsx"
        ) from error


def _rows(sheet: Any) -> Iterator[list[Any]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > _MOST_ROWS or len(row) > _MOST_COLUMNS:
            raise MinshengError(
                f"The sheet {sheet.title} has more than {_MOST_ROWS} rows or {_MOST_COLUMNS} columns: "
                "delete what is no part of the plan"
            )
        yield list(row)


def _read(sheets: dict[str, list[list[Any]]], path: Path) -> Read:
    missing = [name for name in (layout.OVERVIEW, layout.TEXT, *sheet_names().values()) if name not in sheets]
    if missing:
        raise MinshengError(
            f"{path} lacks the sheets {', '.join(missing)}: take a workbook of `minsheng plan export`, and "
            "keep the names of its sheets"
        )
    facts = _facts(sheets[layout.OVERVIEW])
    tables = {}
    for table in CARRIED:
        records = _records(table, sheets[sheet_names()[table.file]])
        if records.rows or facts.get(table.file) == layout.PRESENT or not table.optional:
            tables[table.file] = records
    text_file = facts.get(layout.TEXT_FILE, DEFAULT_TEXT_FILE)
    if Path(text_file).name != text_file or not text_file.lower().endswith(".txt"):
        raise MinshengError(
            f"{layout.OVERVIEW}: the text file {text_file!r} is no name such as plan-text.txt"
        )
    contents = Contents(tables, text_file, _text(sheets[layout.TEXT]))
    return Read(contents, facts.get(layout.DIGEST, ""))


def _facts(rows: list[list[Any]]) -> dict[str, str]:
    """Return what the overview says of each file, and of the text: whichever row a person moved it to."""
    facts = {}
    for row in rows:
        texts = [str(cell.value) if cell.value is not None else "" for cell in row[:3]]
        texts += [""] * (3 - len(texts))
        if texts[0] in (layout.TEXT_FILE, layout.DIGEST):
            facts[texts[0]] = texts[1]
        elif texts[2] in (layout.PRESENT, layout.ABSENT):
            facts[texts[1]] = texts[2]
    return facts


def _text(rows: list[list[Any]]) -> str:
    lines = ["".join(_plain(cell) for cell in row[1:]) for row in rows if row and row[0].value is not None]
    return "\n".join(lines)


def _records(table: Table, rows: list[list[Any]]) -> Records:
    place = _header_row(table, rows)
    header = [_plain(cell) for cell in rows[place]]
    while header and not header[-1]:
        header.pop()
    needs = [_plain(cell) for cell in rows[place - (layout.NAMES - layout.NEED)]]
    records, lines = [], []
    for number, row in enumerate(rows[place + 1 :], start=place + 1):
        texts = [_cell(table, header, cell, number, column) for column, cell in enumerate(row)]
        if any(texts):
            records.append((texts + [""] * len(header))[: len(header)])
            lines.append(number + 1)
    kept = [
        column
        for column, _ in enumerate(header)
        if needs[column : column + 1] != [layout.LEFT_OUT] or any(texts[column] for texts in records)
    ]
    return Records(
        [header[column] for column in kept], [[texts[column] for column in kept] for texts in records], lines
    )


def _header_row(table: Table, rows: list[list[Any]]) -> int:
    for place, row in enumerate(rows[:_WITHIN]):
        if place >= layout.NAMES - layout.NEED and set(table.key) <= {_plain(cell) for cell in row}:
            return place
    raise MinshengError(
        f"The sheet {sheet_names()[table.file]} has no row with the columns {', '.join(table.key)}: "
        "leave the row with the English names of the columns as it was exported"
    )


def _cell(table: Table, header: list[str], cell: Any, row: int, column: int) -> str:
    where = str(Place(table.file, row, column))
    if cell.data_type == "f":
        raise MinshengError(f"{where} is a formula: write its result there as text")
    text = _written(
        cell, next((one for one in table.columns if header[column : column + 1] == [one.name]), None)
    )
    if text and column >= len(header):
        raise MinshengError(f"{where} holds {text[:40]!r} beside the table: take it away, or name its column")
    return text


def _written(cell: Any, column: Any) -> str:
    """Return a cell's text; a figure or a day that a spreadsheet made of it is written as the plan has it."""
    value = cell.value
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        if column is not None and column.kind in (PERIOD, DATE):
            return f"{day:%Y-%m}" if column.kind is PERIOD else day.isoformat()
        return str(value)
    if isinstance(value, float) and column is not None:
        figure = Decimal(repr(value))
        return f"{figure.normalize():f}" if column.kind is NUMBER or figure % 1 == 0 else repr(value)
    return _plain(cell)


def _plain(cell: Any) -> str:
    from openpyxl.utils.escape import unescape

    return "" if cell.value is None else unescape(str(cell.value))
