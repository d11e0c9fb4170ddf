"""The page for whoever writes a plan names every file and column, and every word that a cell can hold."""

from __future__ import annotations

import re

import pytest

from tests.plan.mingshan import PROJECT
from warehouse.plan.shapes import TABLES, Table

PAGE = (PROJECT / "docs" / "new-plan.md").read_text(encoding="utf-8").partition("## 10.")[2]
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


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_described_with_whether_it_may_be_empty(table: Table) -> None:
    may_be_empty = {name: optional for name, (optional, _) in described(table).items()}

    assert may_be_empty == {column.name: not column.required for column in table.columns}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_word_that_a_cell_can_hold_is_explained(table: Table) -> None:
    holds = {name: text for name, (_, text) in described(table).items()}

    unexplained = [
        (column.name, word)
        for column in table.columns
        for word in column.words
        if f"`{word}`" not in holds[column.name]
    ]

    assert unexplained == []
