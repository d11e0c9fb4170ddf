"""What DuckDB 1.5.0 to 1.5.5 do wrong (duckdb#23677, #24363), and no query of ours may run into."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from warehouse.settings import PROJECT

FOLDERS = ("dbt_project/models", "dbt_project/macros", "warehouse", "expectations")
NUMBERED = re.compile(r"row_number\(\) over (?:\((?P<window>[^()]*(?:\([^()]*\)[^()]*)*)\)|(?P<name>\w+))")
FIRST_THREE = "from numbers qualify row_number() over (order by {}) <= 3"


def ordered_by(sql: str) -> list[str]:
    """Return what each row number of some SQL is ordered by; nothing where it has no order."""
    text = " ".join(sql.split())
    orders = []
    for found in NUMBERED.finditer(text):
        named = re.search(rf"\b{found['name']} as \(([^()]*)\)", text) if found["name"] else None
        window = named[1] if named else found["window"] or ""
        _, _, order = window.partition("order by ")
        orders.append(re.sub(r" (rows between .*|desc|asc)$", "", order.strip()))
    return orders


def can_drop_rows(order: str) -> bool:
    """Tell whether rows can be lost: those where the only order is an expression, and it is NULL."""
    without_arguments = re.sub(r"\([^()]*\)", "()", order)
    return bool(order) and "," not in without_arguments and re.fullmatch(r"[\w.]+", order) is None


FILES = sorted(
    path
    for folder in FOLDERS
    for path in (PROJECT / folder).rglob("*.sql")
    if ordered_by(path.read_text(encoding="utf-8"))
)


def test_the_installed_duckdb_drops_rows_whose_only_order_is_an_expression_that_is_null() -> None:
    dropping, keeping = "nullif(number % 3, 0)", "nullif(number % 3, 0), number"
    with duckdb.connect() as connection:
        connection.execute("create table numbers as select unnest([1, 2, 3]) as number")
        found = {order: connection.sql(FIRST_THREE.format(order)).fetchall() for order in (dropping, keeping)}

    assert (can_drop_rows(dropping), len(found[dropping])) == (True, 2)
    assert (can_drop_rows(keeping), len(found[keeping])) == (False, 3)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_row_number_is_ordered_by_a_column_or_by_two_expressions(path: Path) -> None:
    orders = ordered_by(path.read_text(encoding="utf-8"))

    assert [order for order in orders if can_drop_rows(order)] == []
