"""Asking an edition: read-only, with nothing outside the edition in reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.errors import UsageError
from warehouse.published import MARTS_FILE, Edition

_SEALED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "lock_configuration": True,
}


@dataclass(frozen=True)
class Answer:
    """What a query returned."""

    edition: str
    columns: list[str]
    rows: list[tuple[Any, ...]]


def query(edition: Edition, sql: str) -> Answer:
    """Run one statement on the edition's marts; raises UsageError when DuckDB cannot or may not run it."""
    with duckdb.connect(str(edition.path / MARTS_FILE), read_only=True, config=_SEALED) as connection:
        try:
            result = connection.execute(sql)
            return Answer(edition.name, [column[0] for column in result.description or []], result.fetchall())
        except duckdb.Error as error:
            raise UsageError(f"The query failed on {edition.name}: {' '.join(str(error).split())}") from error
