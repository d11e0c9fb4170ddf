"""The DAG files only wire: what they may import and say is checked on their text, without Airflow."""

from __future__ import annotations

import ast
import re
import sys

from warehouse.settings import PROJECT

TREES = {
    file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted((PROJECT / "dags").glob("*.py"))
}
OWN = {"airflow", "warehouse", "alerts", "decision", "deployment", "wiring"}
LIGHT = {"warehouse.districts", "warehouse.errors", "warehouse.periods"}
SQL = re.compile(r"\b(select|insert|update|delete|create)\b.+\b(from|into|set|table|view)\b", re.I | re.S)


def test_a_file_imports_nothing_but_airflow_the_warehouse_and_the_standard_library() -> None:
    imported = {file.stem: {name.split(".")[0] for name in _imports(tree)} for file, tree in TREES.items()}

    assert {"airflow", "warehouse"} <= set().union(*imported.values())
    allowed = OWN | sys.stdlib_module_names
    assert {file: names - allowed for file, names in imported.items() if names - allowed} == {}


def test_heavy_parts_of_the_warehouse_are_imported_inside_tasks() -> None:
    outside = {
        (file.stem, name)
        for file, tree in TREES.items()
        for name in _imports(ast.Module([node for node in tree.body if _is_import(node)], []))
        if name.startswith("warehouse")
    }

    assert {(file, name) for file, name in outside if name not in LIGHT} == set()


def test_a_file_holds_no_sql() -> None:
    texts = [
        (file.stem, node.value)
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert texts
    assert {(file, text) for file, text in texts if SQL.search(text)} == set()


def test_the_house_knows_sql_when_it_sees_it() -> None:
    assert SQL.search("select * from ledger.submissions")


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _imports(tree: ast.Module) -> list[str]:
    nodes = list(ast.walk(tree))
    whole = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    parts = [
        f"{node.module}.{alias.name}" if node.module == "warehouse" else node.module or ""
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    return whole + parts
