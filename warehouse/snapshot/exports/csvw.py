"""`indicator_progress` as CSV on the Web: the table asked for most, in a form that all can read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from warehouse.published import MARTS_FILE
from warehouse.snapshot.exports.marks import moment, title_of
from warehouse.snapshot.exports.tables import Column, tables_of

_TABLE = "indicator_progress"


def write_progress(folder: Path, facts: dict[str, Any]) -> Path:
    """Write `csv/indicator_progress.csv` and its metadata beside it; returns the metadata's path."""
    target = folder / "csv"
    target.mkdir()
    with duckdb.connect(str(folder / MARTS_FILE), read_only=True) as connection:
        connection.execute("set threads = 1")  # one writer, so that the same marts give the same file
        connection.table(f"marts.{_TABLE}").write_csv(str(target / f"{_TABLE}.csv"), header=True)
    (table,) = (one for one in tables_of(folder) if one.name == _TABLE)
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{_TABLE}.csv",
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "dc:title": {"@value": title_of(facts), "@language": "zh"},
        "dc:description": table.description,
        "dc:issued": moment(facts["published_at"]),
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": table.primary_key,
        },
    }
    path = target / f"{_TABLE}.csv-metadata.json"
    path.write_text(json.dumps(metadata, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": column.type.csvw,
        "null": "",
        "required": column.required,
    }
