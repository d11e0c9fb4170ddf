"""Comparing the marts of two editions, row by row down to the submissions that made the difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.published import MARTS_FILE, Edition

_FOLDER = Path(__file__).parent
TOGETHER = "together"
CAUSES = {
    "new_month": "新月份报送",
    "late_data": "补报",
    "correction": "更正",
    "withdrawal": "撤回",
    "hierarchy": "上下级口径替代",
    "target_revised": "目标调整",
    "method": "指标口径调整",
    "code": "程序更新",
    "time": "时间推移",
    TOGETHER: "合并影响",
}
"""Each cause of a change, with its Chinese name."""


@dataclass(frozen=True)
class Side:
    """One of the two editions: its marts, its month, and the submissions that fed it."""

    name: str
    marts: Path
    period: str
    submissions: list[str]


@dataclass(frozen=True)
class Cause:
    """One reason for a change; `effect` is its share of it, in the indicator's unit.

    The effects of a figure add up to its whole change; they are None where the figure is missing on a side.
    Causes of which no share can be told have None each, and `together` has all of it.
    """

    cause: str
    cause_zh: str
    submission_id: str | None
    organization_code: str | None
    file_name: str | None
    rows: int | None
    effect: Decimal | None


@dataclass(frozen=True)
class Change:
    """A figure that differs, on both sides; None where a side does not have it."""

    target_code: str
    window_start: str
    area_code: str
    indicator_code: str
    indicator_name: str
    unit: str
    is_new: bool
    is_gone: bool
    actual_before: Decimal | None
    actual_after: Decimal | None
    target_before: Decimal | None
    target_after: Decimal | None
    attainment_before: Decimal | None
    attainment_after: Decimal | None
    status_before: str | None
    status_after: str | None
    causes: list[Cause]

    @property
    def main_cause(self) -> Cause:
        """The cause with the greatest share of the change; the first where no share can be told."""
        apart = [one for one in self.causes if one.cause != TOGETHER]
        return max(apart, key=lambda one: abs(one.effect or Decimal(0)))


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two editions."""

    before: str
    after: str
    changes: list[Change]


def side_of(edition: Edition) -> Side:
    """Return a published edition as one side of a comparison."""
    manifest = edition.manifest()
    submissions = [one["submission_id"] for one in manifest["submissions"]]
    return Side(edition.name, edition.path / MARTS_FILE, edition.period, submissions)


def difference(before: Side, after: Side) -> Difference:
    """Return every figure whose value, target, attainment or status differs, with the causes in order."""
    with duckdb.connect() as connection:
        for name, side in (("before", before), ("after", after)):
            quoted = str(side.marts).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
        periods = {"period_before": before.period, "period_after": after.period}
        changes = _facts(connection, "changed.sql", {}, "from changed")
        _run(connection, "row_changes.sql", periods | {"known_before": before.submissions})
        causes = _causes(_facts(connection, "causes.sql", periods))
    return Difference(
        before.name,
        after.name,
        [Change(**one, causes=causes.get((one["target_code"], one["window_start"]), [])) for one in changes],
    )


def _causes(rows: list[dict[str, Any]]) -> dict[tuple[str, str], list[Cause]]:
    causes: dict[tuple[str, str], list[Cause]] = {}
    for row in rows:
        cause = Cause(
            cause=row["cause"],
            cause_zh=CAUSES[row["cause"]],
            submission_id=row["submission_id"],
            organization_code=row["organization_code"],
            file_name=row["file_name"],
            rows=row["row_count"],
            effect=row["effect"],
        )
        causes.setdefault((row["target_code"], row["window_start"]), []).append(cause)
    return causes


def _run(
    connection: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, object]
) -> duckdb.DuckDBPyConnection:
    return connection.execute((_FOLDER / name).read_text(encoding="utf-8"), dict(given))


def _facts(
    connection: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, object], then: str | None = None
) -> list[dict[str, Any]]:
    result = _run(connection, name, given)
    if then is not None:
        result = connection.execute(then)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
