"""The marts as a schema: their columns, types and descriptions from the file, their keys from dbt's tests."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import yaml

from warehouse.errors import MinshengError
from warehouse.published import MARTS_FILE
from warehouse.settings import PROJECT

_TABLES = Path(__file__).with_name("tables.sql")
_MODELS = PROJECT / "dbt_project" / "models" / "marts"
# The plan's tables and the column that each is known by: wherever else the column stands, it refers there.
_REFERRED_TO = {
    "area_code": "areas",
    "commitment_code": "commitments",
    "indicator_code": "indicators",
    "organization_code": "organizations",
    "target_code": "targets",
}


@dataclass(frozen=True)
class Type:
    """A type of DuckDB as the two standards call it."""

    frictionless: str
    csvw: str


_TYPES = {
    "VARCHAR": Type("string", "string"),
    "DECIMAL": Type("number", "decimal"),
    "BIGINT": Type("integer", "integer"),
    "INTEGER": Type("integer", "integer"),
    "BOOLEAN": Type("boolean", "boolean"),
    "DATE": Type("date", "date"),
    "TIMESTAMP": Type("datetime", "datetime"),
}


@dataclass(frozen=True)
class Column:
    """One column of a mart."""

    name: str
    data_type: str
    """As DuckDB writes it: `DECIMAL(24,6)`."""
    type: Type
    required: bool
    description: str


@dataclass(frozen=True)
class Table:
    """One mart: what it is, what is in it, and what its rows are known by."""

    name: str
    description: str
    columns: list[Column]
    primary_key: list[str]
    """Empty where no test proves one."""

    @property
    def references(self) -> dict[str, str]:
        """Return each column that refers to a table of the plan, and that table."""
        names = [column.name for column in self.columns]
        return {
            column: table for column, table in _REFERRED_TO.items() if column in names and table != self.name
        }


def tables_of(folder: Path) -> list[Table]:
    """Return the marts of the edition in `folder`, by name.

    Raises MinshengError for a column whose type the standards are not told of.
    """
    with duckdb.connect(str(folder / MARTS_FILE), read_only=True) as connection:
        rows = connection.execute(_TABLES.read_text(encoding="utf-8")).fetchall()
    keys = _keys()
    return [
        Table(name, about or "", [_column(row) for row in columns], keys.get(name, []))
        for (name, about), columns in groupby(rows, key=lambda row: (row[0], row[1]))
    ]


def _column(row: tuple[Any, ...]) -> Column:
    _, _, name, data_type, is_nullable, comment = row
    known = _TYPES.get(data_type.partition("(")[0])
    if known is None:
        raise MinshengError(
            f"The column {name} is a {data_type}, which no export can name: "
            "give the mart's contract another type"
        )
    return Column(name, data_type, known, not is_nullable, comment or "")


def _keys() -> dict[str, list[str]]:
    """Return the columns by which dbt's own test proves each mart's rows unique."""
    keys: dict[str, list[str]] = {}
    for path in sorted(_MODELS.glob("*.yml")):
        for model in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("models", []):
            for test in model.get("data_tests", []):
                if "is_unique_by" in test:
                    keys[model["name"]] = test["is_unique_by"]["arguments"]["columns"]
    return keys
