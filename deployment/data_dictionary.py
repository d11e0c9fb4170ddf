"""The data dictionary of the marts, as their own descriptions say it; `make docs` writes it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from warehouse import durable
from warehouse.difference import EDITION_CHANGES
from warehouse.gate.check import QUALITY_RESULTS
from warehouse.settings import PROJECT

DOCUMENT = PROJECT / "docs" / "data-dictionary.md"
QUERIES = PROJECT / "docs" / "queries"
_MARTS = PROJECT / "dbt_project" / "models" / "marts"
_STATUSES = PROJECT / "dbt_project" / "seeds" / "statuses.csv"
# What the gate adds to the marts of the build.
_STATEMENTS = (QUALITY_RESULTS, EDITION_CHANGES)
_INTRODUCTION = """# Data dictionary

What an edition's `minsheng.duckdb` holds, in the schema `marts`; the Parquet files have the same columns.
This page is written by `make docs` from the models' descriptions, which are in the file itself too:
`select * from duckdb_columns() where schema_name = 'marts'`.
[How a figure is judged](progress.md) explains their words.

Figures are exact decimals. An empty cell is a figure that is not there, never zero. A month is text, YYYY-MM;
times are Asia/Shanghai. Counts may be added up; a percentage may neither be added nor averaged.
"""


@dataclass(frozen=True)
class Table:
    """A mart: its grain, and its columns as name, type and meaning."""

    name: str
    description: str
    columns: list[tuple[str, str, str]]


def main() -> None:
    """Write the page."""
    durable.write(DOCUMENT, render().encode())


def render() -> str:
    """Return the page as Markdown."""
    tables = sorted([*_described_marts(), *map(_made_by, _STATEMENTS)], key=lambda table: table.name)
    contents = "\n".join(f"- [`{table.name}`](#{table.name}): {table.description}" for table in tables)
    parts = [_INTRODUCTION, f"{contents}\n", *(_section(table) for table in tables), _statuses(), _queries()]
    return "\n".join(parts)


def _described_marts() -> list[Table]:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_MARTS.glob("*.yml"))]
    return [
        Table(
            model["name"],
            model["description"],
            [(column["name"], column["data_type"], column["description"]) for column in model["columns"]],
        )
        for file in files
        for model in file.get("models", [])
    ]


def _made_by(statement: Path) -> Table:
    """Return the mart that a statement of the gate makes: the statement describes it."""
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute(statement.read_text(encoding="utf-8"))
        ((description,),) = connection.execute("select comment from duckdb_tables()").fetchall()
        columns = connection.execute(
            "select column_name, lower(data_type), comment from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
    return Table(statement.stem, description, columns)


def _section(table: Table) -> str:
    rows = [(f"`{name}`", kind, meaning) for name, kind, meaning in table.columns]
    return f"## {table.name}\n\n{table.description}\n\n{_grid(('column', 'type', 'meaning'), rows)}"


def _statuses() -> str:
    with _STATUSES.open(encoding="utf-8", newline="") as stream:
        rows = [(f"`{row['status']}`", row["status_zh"], row["light"]) for row in csv.DictReader(stream)]
    return f"## The statuses\n\nFrom the best to the worst.\n\n{_grid(('status', '状态', 'light'), rows)}"


def _queries() -> str:
    lines = [f"- [{_question(path)}](queries/{path.name})" for path in sorted(QUERIES.glob("*.sql"))]
    return "\n".join(
        [
            "## Worked queries\n",
            'Each runs as it is: `minsheng query "$(cat docs/queries/NAME.sql)"`.\n',
            *lines,
            "",
        ]
    )


def _question(path: Path) -> str:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("-- ")


def _grid(header: tuple[str, str, str], rows: list[tuple[str, str, str]]) -> str:
    lines = [header, ("---", "---", "---"), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


if __name__ == "__main__":
    main()
