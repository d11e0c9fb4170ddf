"""What cannot be read is one fault: whatever refers to it is not blamed for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plan.conftest import MINIMAL, Folder
from tests.plan.mingshan import differing
from warehouse.plan import check
from warehouse.plan.shapes import TABLES

FILES = [table.file for table in TABLES]
NEEDED = [table.file for table in TABLES if not table.optional]
WITH_ROWS = [table.file for table in TABLES if not (table.optional or table.may_be_empty)]
COLUMNS = [
    (table.file, column.name) for table in TABLES for column in table.columns if not column.may_be_left_out
]
ROWS = [(file, line) for file in FILES for line in range(2, len(Folder(MINIMAL).rows(file)) + 1)]


def in_utf16(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def with_one_bad_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"\xff\n")


def leading_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("moved"))


def as_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def without_a_line(path: Path) -> None:
    path.write_bytes(b"")


def with_an_open_quotation_mark(path: Path) -> None:
    header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, '"', *rows]), encoding="utf-8")


LOSSES = {
    in_utf16: "not_utf8",
    with_one_bad_byte: "not_utf8",
    leading_nowhere: "not_a_file",
    as_a_folder: "not_a_file",
    without_a_line: "missing_header",
    with_an_open_quotation_mark: "malformed_csv",
}


def found(folder: Folder) -> list[tuple[str, str]]:
    return [(fault.file, fault.code) for fault in check(folder.path)]


def blamed(cases: dict[str, list[tuple[str, str]]], code: str) -> dict[str, list[tuple[str, str]]]:
    """Return the cases in which anything but this one fault of the file was found, and what was found.

    A case is named by its file, and by what of the file was lost.
    """
    assert cases
    return {case: faults for case, faults in cases.items() if faults != [(case.split()[0], code)]}


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_a_table_that_cannot_be_read_is_the_only_fault(folder: Folder, lose: Callable[[Path], None]) -> None:
    cases = {}
    for file in FILES:
        with folder.restoring(file) as path:
            lose(path)
            cases[file] = found(folder)

    assert blamed(cases, LOSSES[lose]) == {}


def test_a_table_that_is_missing_is_the_only_fault(folder: Folder) -> None:
    cases = {}
    for file in NEEDED:
        with folder.restoring(file) as path:
            path.unlink()
            cases[file] = found(folder)

    assert blamed(cases, "missing_file") == {}


def test_a_table_without_rows_is_the_only_fault(folder: Folder) -> None:
    places = {}
    for file in WITH_ROWS:
        with folder.restoring(file):
            folder.write(file, folder.rows(file)[:1])
            places[file] = [
                (fault.file, fault.line, fault.column, fault.code) for fault in check(folder.path)
            ]

    assert differing(places, {file: [(file, 1, "", "empty_table")] for file in WITH_ROWS}) == {}


def test_goals_alone_need_no_organization(folder: Folder) -> None:
    """Goals have no owner, so the file that says who answers may be without rows."""
    folder.write("commitment_organizations.csv", folder.rows("commitment_organizations.csv")[:1])

    assert ("commitment_organizations.csv", "empty_table") not in found(folder)


def test_a_plan_whose_tables_all_have_no_rows_has_a_fault_for_each(folder: Folder) -> None:
    for file in WITH_ROWS:
        folder.write(file, folder.rows(file)[:1])
    for file in set(FILES) - set(NEEDED):
        (folder.path / file).unlink()

    assert found(folder) == [(file, "empty_table") for file in sorted(WITH_ROWS)]


def test_a_column_that_is_missing_is_the_only_fault(folder: Folder) -> None:
    cases = {}
    for file, column in COLUMNS:
        rows = folder.rows(file)
        place = rows[0].index(column)
        with folder.restoring(file):
            folder.write(file, [row[:place] + row[place + 1 :] for row in rows])
            cases[f"{file} {column}"] = found(folder)

    assert blamed(cases, "missing_column") == {}


def test_a_row_with_a_cell_too_many_is_the_only_fault(folder: Folder) -> None:
    cases = {}
    for file, line in ROWS:
        rows = folder.rows(file)
        rows[line - 1].append("x")
        with folder.restoring(file):
            folder.write(file, rows)
            cases[f"{file} {line}"] = found(folder)

    assert blamed(cases, "ragged_row") == {}
