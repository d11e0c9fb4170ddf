"""What a workbook carries: the files of a plan folder as texts in cells, without any reading of them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from warehouse.errors import MinshengError
from warehouse.plan.columns import Table
from warehouse.plan.shapes import TABLES, UNDECIDED

CARRIED = (*TABLES, UNDECIDED)
"""The tables that a workbook has a sheet of."""
DEFAULT_TEXT_FILE = "plan-text.txt"


@dataclass(frozen=True)
class Records:
    """A table's file: its header, its rows, and the line of the file that each row begins on."""

    header: list[str]
    rows: list[list[str]]
    lines: list[int]


@dataclass(frozen=True)
class Contents:
    """A plan folder's tables by file name, those that are there, and its text."""

    tables: Mapping[str, Records]
    text_file: str
    text: str

    @property
    def digest(self) -> str:
        """The SHA-256 of all cells and the text: whether two folders hold the same."""
        said = hashlib.sha256()
        for file, content in sorted(self.files().items()):
            said.update(f"{file}\0{content}\0".encode())
        return said.hexdigest()

    def files(self) -> dict[str, str]:
        """Return every file in the project's own form: UTF-8, LF, quotation marks only where needed."""
        written = {file: _csv([records.header, *records.rows]) for file, records in self.tables.items()}
        return written | ({self.text_file: self.text} if self.text else {})


def read(folder: Path) -> Contents:
    """Return what a plan folder holds; raises MinshengError where a file cannot be put into cells."""
    if not folder.is_dir():
        raise MinshengError(f"There is no plan folder {folder}: name one by --plan or MINSHENG_PLAN")
    paths = [(table, folder / table.file) for table in CARRIED]
    tables = {table.file: _records(table, path) for table, path in paths if path.exists()}
    texts = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt" and path.is_file())
    if len(texts) > 1:
        names = ", ".join(path.name for path in texts)
        raise MinshengError(f"{folder} holds several texts ({names}): keep the plan's own one only")
    text = _decoded(texts[0]) if texts else ""
    return Contents(tables, texts[0].name if texts else DEFAULT_TEXT_FILE, text)


def _records(table: Table, path: Path) -> Records:
    reader = csv.reader(io.StringIO(_decoded(path), newline=""), strict=True)
    try:
        found = [(list(texts), reader.line_num) for texts in reader]
    except csv.Error as error:
        line = reader.line_num
        raise MinshengError(f"{path}:{line} cannot be read as CSV ({error}): mend this line first") from error
    begins = accumulate((ends for _, ends in found), lambda _, ends: ends, initial=0)
    rows = [(texts, before + 1) for (texts, _), before in zip(found, begins, strict=False) if texts]
    header = rows[0][0] if rows else [column.name for column in table.columns]
    return Records(header, [texts for texts, _ in rows[1:]], [line for _, line in rows[1:]])


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MinshengError(f"{path} cannot be read as UTF-8 ({error}): save it as UTF-8 first") from error


def _csv(rows: list[list[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
