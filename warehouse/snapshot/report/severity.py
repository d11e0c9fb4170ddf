"""Which running windows an inspection office would ask about first, by an order that does not saturate."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from warehouse.snapshot.month import Row
from warehouse.snapshot.report.changes import Key, key_of
from warehouse.snapshot.wording import STATUSES

_SILENT = "silent"
_KINDS = ("lost", "far_behind", "behind", _SILENT)
"""What cannot be met any more comes first, what is silent last: nobody knows how it stands."""
_NOT_MET = ("missed", "overdue_unreported")
_FEW = 5

Severity = tuple[int, bool, int, Decimal, Key]


def concerns(figures: Iterable[Row]) -> list[Row]:
    """Return the windows that still run and that are lost, lag or are silent, the most severe first."""
    running = [row for row in counted(figures) if not row["is_closed"] and _kind(row) is not None]
    return sorted(running, key=_severity)


def lagging(concerned: Iterable[Row]) -> list[Row]:
    """Return those of them that lag and can still be caught up."""
    return [row for row in concerned if _kind(row) in ("far_behind", "behind")]


def lost(concerned: Iterable[Row]) -> list[Row]:
    """Return those of them that cannot be met any more."""
    return [row for row in concerned if _kind(row) == "lost"]


def silent(concerned: Iterable[Row]) -> list[Row]:
    """Return those of them that owe a report, or the base figure that they are judged from."""
    return [row for row in concerned if _kind(row) == _SILENT]


def worst(concerned: Iterable[Row]) -> list[Row]:
    """Return what to ask about first: the most severe window of each of the few worst indicators."""
    first: dict[str, Row] = {}
    for row in concerned:
        first.setdefault(row["indicator_code"], row)
    return list(first.values())[:_FEW]


def overdue(figures: Iterable[Row]) -> list[Row]:
    """Return what closed without being met, or without ever being reported, the newest first."""
    rows = [row for row in counted(figures) if row["is_closed"] and row["status"] in _NOT_MET]
    return sorted(rows, key=lambda row: row["window_end"], reverse=True)


def counted(figures: Iterable[Row]) -> list[Row]:
    """Return what the counts count: in force, and measurable."""
    return [row for row in figures if row["in_force"] and row["comparator"] != "evidence"]


def _kind(row: Row) -> str | None:
    if row["is_owed"] or STATUSES[row["status"]].phase == _SILENT:
        return _SILENT
    return row["status"] if row["status"] in _KINDS else None


def _severity(row: Row) -> Severity:
    """Order by kind, months in a row, gap and code; what has no gap in points comes after what has."""
    months = max(row["months_behind"], row["months_unreported"])
    gap = row["gap_pp"]
    return _KINDS.index(_kind(row) or _SILENT), gap is None, -months, gap or Decimal(0), key_of(row)
