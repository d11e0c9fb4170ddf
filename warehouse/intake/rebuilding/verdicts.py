"""Holding two ledgers against each other, row by row of what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

_FOLDER = Path(__file__).parent
_VERDICTS = (_FOLDER / "verdicts.sql").read_text(encoding="utf-8")
_DIFFERING = (_FOLDER / "differing.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Differing:
    """A row of a file that two ledgers judge differently."""

    file_name: str
    sheet: str
    row_number: int | None
    rebuilt: str
    """The row's figure and the rules that it failed in the rebuilt ledger; empty where it is not there."""
    other: str
    """The same in the other ledger."""


def differing(rebuilt: duckdb.DuckDBPyConnection, other: duckdb.DuckDBPyConnection) -> list[Differing]:
    """Return the rows that the rebuilt ledger and the other judge differently."""
    submissions = "select submission_id, sequence, file_name from ledger.submissions"
    rebuilt.execute(f"create or replace temp view verdicts as {_VERDICTS}")
    rebuilt.register("other_verdicts", other.execute(_VERDICTS).to_arrow_table())
    rebuilt.register("other_submissions", other.execute(submissions).to_arrow_table())
    rows = rebuilt.execute(_DIFFERING).fetchall()
    rebuilt.unregister("other_verdicts")
    rebuilt.unregister("other_submissions")
    rebuilt.execute("drop view verdicts")
    return [Differing(*row) for row in rows]
