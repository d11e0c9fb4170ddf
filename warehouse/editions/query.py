"""Asking an edition: read-only, with nothing outside the edition in reach."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from itertools import groupby
from typing import Any

import duckdb

from warehouse.errors import QueryError, UsageError
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
    """Run one statement on the edition's marts.

    Raises UsageError where there is none or another one behind it, and QueryError, which is one too, where
    DuckDB cannot or may not run it.
    """
    if not (statements := _statements(sql)):
        raise UsageError(_("The query is empty: give one SQL statement, for example `from marts.targets`"))
    if statements > 1:
        raise UsageError(
            _(
                "The query holds {count} statements: give one SQL statement, for example `from marts.targets`"
            ).format(count=statements)
        )
    with duckdb.connect(str(edition.path / MARTS_FILE), read_only=True, config=_SEALED) as connection:
        try:
            result = connection.execute(sql)
            return Answer(edition.name, [column[0] for column in result.description or []], result.fetchall())
        except duckdb.Error as error:
            what, *place = str(error).strip().splitlines()
            said = _("The query failed on {edition}: {what}").format(edition=edition.name, what=what)
            raise QueryError(said, "\n".join(filter(None, place))) from error


def _statements(sql: str) -> int:
    """Count statements by the semicolons between them: the parser makes two of a single PIVOT."""
    written = sql.encode()
    ends = (written[offset : offset + 1] == b";" for offset, _ in duckdb.tokenize(sql))
    return sum(not is_end for is_end, _ in groupby(ends))
