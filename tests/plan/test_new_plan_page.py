"""The page on writing a plan names every file and column, and every word that a cell can hold."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from tests.plan.conftest import MINIMAL
from tests.plan.mingshan import PROJECT, differing
from warehouse.plan.columns import Table
from warehouse.plan.completion import DEFAULTS
from warehouse.plan.shapes import TABLES

WHOLE_PAGE = (PROJECT / "docs" / "new-plan.md").read_text(encoding="utf-8")
PAGE = WHOLE_PAGE.partition("## 10.")[2]
ROW = re.compile(r"^\|(?P<file>[^|]*)\| (?P<columns>[^|]+) \| (?P<holds>[^|]+) \|$", re.M)
NAME = re.compile(r"(?P<optional>\*?)`(?P<name>\w+)`")


def described(table: Table) -> dict[str, tuple[bool, str]]:
    """Return each column that the page gives the table: whether it may be empty, and what it holds."""
    columns: dict[str, tuple[bool, str]] = {}
    of = ""
    for row in ROW.finditer(PAGE):
        of = row["file"].strip(" *`") or of
        if of == table.file:
            columns |= {
                name["name"]: (bool(name["optional"]), row["holds"]) for name in NAME.finditer(row["columns"])
            }
    return columns


def test_every_column_is_described_with_whether_it_may_be_empty() -> None:
    may_be_empty = {
        f"{table.file} {name}": optional
        for table in TABLES
        for name, (optional, _) in described(table).items()
    }

    expected = {
        f"{table.file} {column.name}": not column.required for table in TABLES for column in table.columns
    }
    assert differing(may_be_empty, expected) == {}


def test_every_word_that_a_cell_can_hold_is_explained() -> None:
    words = [
        (table, column.name, word) for table in TABLES for column in table.columns for word in column.words
    ]

    assert words
    unexplained = {
        (table.file, column, word)
        for table, column, word in words
        if f"`{word}`" not in described(table).get(column, (False, ""))[1]
    }
    assert unexplained == set()


@pytest.mark.parametrize(
    "path",
    [MINIMAL / "indicator_reporters.csv", MINIMAL / "target_values.csv", DEFAULTS / "status_rules.csv"],
    ids=lambda path: path.name,
)
def test_a_table_on_the_page_is_the_one_that_it_speaks_of(path: Path) -> None:
    assert textwrap.indent(path.read_text(encoding="utf-8"), "    ") in WHOLE_PAGE
