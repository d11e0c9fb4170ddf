"""`indicator_progress` as CSV on the Web: the table asked for most, in a form that all can read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from warehouse.published import MARTS_FILE
from warehouse.snapshot.exports.marks import moment, title_of
from warehouse.snapshot.exports.tables import Column, tables_of
from warehouse.spreadsheets import COMPUTED

_TABLE = "indicator_progress"
_OF_TEXTS = (
    "A text that a spreadsheet would compute begins with an apostrophe; the Parquet files have it raw."
)


def write_progress(folder: Path, facts: dict[str, Any]) -> Path:
    """Write `csv/indicator_progress.csv` and its metadata beside it; returns the metadata's path."""
    target = folder / "csv"
    target.mkdir()
    (table,) = (one for one in tables_of(folder) if one.name == _TABLE)
    with duckdb.connect(str(folder / MARTS_FILE), read_only=True) as connection:
        connection.execute("set threads = 1")  # one writer, so that the same marts give the same file
        columns = ", ".join(map(_as_text, table.columns))
        # No name is given to the relation: it would outlive the connection, and close the file once more.
        connection.table(f"marts.{_TABLE}").project(columns).write_csv(
            str(target / f"{_TABLE}.csv"), header=True
        )
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{_TABLE}.csv",
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "dc:title": {"@value": title_of(facts), "@language": "zh"},
        "dc:description": f"{table.description} {_OF_TEXTS}",
        "dc:issued": moment(facts["published_at"]),
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": table.primary_key,
        },
    }
    path = target / f"{_TABLE}.csv-metadata.json"
    path.write_text(json.dumps(metadata, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _as_text(column: Column) -> str:
    """Return the column as a query selects it, its texts as a spreadsheet leaves them."""
    if column.type.csvw != "string":
        return column.name
    begins = f"left({column.name}, 1) in ({', '.join(f'chr({ord(one)})' for one in COMPUTED)})"
    return f"if({begins}, chr(39) || {column.name}, {column.name}) as {column.name}"


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": column.type.csvw,
        "null": "",
        "required": column.required,
    }
