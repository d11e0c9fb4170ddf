"""The DAG files only wire: what they may import and say is checked on their text, without Airflow."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from warehouse.settings import PROJECT

FILES = sorted((PROJECT / "dags").glob("*.py"))
OWN = {"airflow", "warehouse", "alerts", "decision", "wiring"}
SQL = re.compile(r"\b(select|insert|update|delete|create)\b.+\b(from|into|set|table|view)\b", re.I | re.S)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_imports_nothing_but_airflow_the_warehouse_and_the_standard_library(file: Path) -> None:
    imported = {name.split(".")[0] for name in _imports(_tree(file))}

    assert imported - sys.stdlib_module_names <= OWN


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_heavy_parts_of_the_warehouse_are_imported_inside_tasks(file: Path) -> None:
    outside = set(_imports(ast.Module([node for node in _tree(file).body if _is_import(node)], [])))

    assert {name for name in outside if name.startswith("warehouse")} <= {"warehouse.periods"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_holds_no_sql(file: Path) -> None:
    texts = [node.value for node in ast.walk(_tree(file)) if isinstance(node, ast.Constant)]

    assert [text for text in texts if isinstance(text, str) and SQL.search(text)] == []


def test_the_house_knows_sql_when_it_sees_it() -> None:
    assert SQL.search("select * from ledger.submissions")


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


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
