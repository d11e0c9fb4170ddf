"""A plan folder to break: a copy of the minimal plan, one cell of which a test changes."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from warehouse.plan.shapes import TABLES

MINIMAL = Path(__file__).parent.parent / "plans" / "minimal"
_KEYS = {table.file: table.key for table in TABLES}


class Folder:
    """A plan folder under test. A row is named by the texts of its key, joined by a blank."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, file: str) -> list[list[str]]:
        """Return the records of a file, its header first."""
        with (self.path / file).open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    def write(self, file: str, rows: list[list[str]]) -> None:
        with (self.path / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)

    def line_of(self, file: str, row: str) -> int:
        """Return the line of a row (no file of the minimal plan has a line break in a cell)."""
        header, *rows = self.rows(file)
        places = [header.index(column) for column in _KEYS[file]]
        return 2 + [" ".join(cells[place] for place in places) for cells in rows].index(row)

    def change(self, file: str, row: str, column: str, value: str) -> None:
        """Write another text into one cell."""
        rows = self.rows(file)
        rows[self.line_of(file, row) - 1][rows[0].index(column)] = value
        self.write(file, rows)

    @contextmanager
    def restoring(self, file: str) -> Iterator[Path]:
        """Give the path of a file to break; at the end the file is that of the minimal plan again."""
        path = self.path / file
        try:
            yield path
        finally:
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
            shutil.copyfile(MINIMAL / file, path)

    def append(self, file: str, text: str) -> None:
        """Add lines to the end of a file."""
        path = self.path / file
        path.write_text(path.read_text(encoding="utf-8") + text + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shutil.copytree(MINIMAL, tmp_path / "plan")
    return Folder(tmp_path / "plan")
