"""What differs from the edition before, as a mart of the candidate."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from warehouse.difference.diff import Change, Difference

EDITION_CHANGES = Path(__file__).with_name("edition_changes.sql")


def write_changes(marts: Path, period: str, found: Difference | None) -> int:
    """Write the mart `edition_changes` into the database at `marts`; returns the number of its rows.

    `found` is the month's difference from the edition before. Without one the mart is empty.
    """
    rows = [_row(period, found.before, change) for change in found.changes] if found else []
    with duckdb.connect(str(marts)) as connection:
        connection.begin()
        connection.execute(EDITION_CHANGES.read_text(encoding="utf-8"))
        if rows:
            places = ", ".join("?" * len(rows[0]))
            sql = f"insert into marts.edition_changes values ({places})"  # noqa: S608 - one mark for each column
            connection.executemany(sql, rows)
        connection.commit()
    return len(rows)


def _row(period: str, compared_with: str, change: Change) -> list[Any]:
    main = change.main_cause
    return [
        period, compared_with, change.target_code, change.window_start, change.area_code,
        change.indicator_code, change.indicator_name, change.unit, change.is_new, change.is_gone,
        change.actual_before, change.actual_after, change.target_before, change.target_after,
        change.attainment_before, change.attainment_after, change.status_before, change.status_after,
        main.cause, main.cause_zh, main.submission_id, main.organization_code, main.file_name,
        json.dumps([asdict(cause) for cause in change.causes], ensure_ascii=False, default=str),
    ]  # fmt: skip
