"""Following a published figure: what it is made of, row by row, and what a submission's row is part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.editions import Edition
from warehouse.errors import MinshengError
from warehouse.published import MARTS_FILE

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """One observation behind a figure: `role` says whether it is part of it, of a breach, or a comparison."""

    role: str
    indicator_code: str
    reported_area_code: str
    reported_period: str
    kind: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    organization_code: str
    submission_id: str
    file_name: str
    file_sha256: str
    sheet: str
    row_number: int
    recorded_at: datetime


@dataclass(frozen=True)
class Figure:
    """One figure of an edition, in the indicator's unit, with the plan's words that it is judged by."""

    target_code: str
    window_start: str
    window_end: str
    area_code: str
    area_name: str | None
    indicator_code: str
    indicator_name: str
    unit: str
    target_value: Decimal | None
    actual_value: Decimal | None
    attainment_pct: Decimal | None
    status_zh: str
    note: str
    quote_zh: str


@dataclass(frozen=True)
class Trace:
    """A figure and every observation behind it."""

    figure: Figure
    rows: list[Row]


@dataclass(frozen=True)
class Use:
    """A figure that one row of a submission is behind."""

    row_number: int
    sheet: str
    reported_period: str
    role: str
    target_code: str
    window_start: str
    indicator_code: str
    indicator_name: str
    actual_value: Decimal | None
    status_zh: str


def figures_of(edition: Edition, target_code: str, area_code: str | None = None) -> list[Trace]:
    """Trace each window of the target that has begun; raises MinshengError when the edition has none."""
    with _opened(edition) as connection:
        asked = {"target_code": target_code, "area_code": area_code}
        figures = [Figure(**facts) for facts in _facts(connection, "figures.sql", asked)]
        if not figures:
            area = f" for {area_code}" if area_code else ""
            raise MinshengError(
                f"{edition.name} has no figure of {target_code}{area}: the table marts.targets has every code"
            )
        return [Trace(figure, _rows_of(connection, figure)) for figure in figures]


def uses_of(edition: Edition, submission_id: str, row_number: int | None = None) -> list[Use]:
    """Say which of the edition's figures a submission, or one row of it, is behind; none is an answer too."""
    with _opened(edition) as connection:
        asked = {"submission_id": submission_id, "row_number": row_number}
        return [Use(**facts) for facts in _facts(connection, "uses.sql", asked)]


def _rows_of(connection: duckdb.DuckDBPyConnection, figure: Figure) -> list[Row]:
    asked = {"target_code": figure.target_code, "window_start": figure.window_start}
    return [Row(**facts) for facts in _facts(connection, "rows.sql", asked)]


def _opened(edition: Edition) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(edition.path / MARTS_FILE), read_only=True)


def _facts(
    connection: duckdb.DuckDBPyConnection, query: str, asked: Mapping[str, object]
) -> list[dict[str, Any]]:
    result = connection.execute((_FOLDER / query).read_text(encoding="utf-8"), dict(asked))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
