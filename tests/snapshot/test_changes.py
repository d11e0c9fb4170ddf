"""What changed since the month before, as the report sorts it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from warehouse.snapshot.month import Month
from warehouse.snapshot.report.changes import changes_of


def change(row: dict[str, Any], **differs: Any) -> dict[str, Any]:
    """Return what `editions diff` says of a figure that did not change, save for what is given."""
    same = {
        "is_new": False,
        "target_before": row["target_value"],
        "target_after": row["target_value"],
        "status_before": row["status_zh"],
        "status_after": row["status_zh"],
        "causes": [{"cause": "new_month", "cause_zh": "新月份报送"}],
    }
    return {name: row[name] for name in ("target_code", "window_start", "area_code")} | same | differs


def test_moves_are_sorted_into_better_and_worse(month: Month) -> None:
    met = next(row for row in month.figures if row["in_force"] and row["status"] == "achieved")
    behind = next(row for row in month.figures if row["in_force"] and row["status"] == "missed")

    changes = changes_of(
        month,
        "2023-11/r1",
        [
            change(met, status_before="滞后"),
            change(behind, status_before="达到序时"),
            change(behind, target_before=Decimal(-1)),
        ],
    )

    assert [move.figure for move in changes.better] == [met]
    assert [(move.figure, move.before.code) for move in changes.worse] == [(behind, "on_track")]
    assert changes.retargeted == [behind]


def test_a_new_window_is_begun_and_neither_better_nor_worse(month: Month) -> None:
    row = next(row for row in month.figures if row["in_force"])

    changes = changes_of(month, "2023-11/r1", [change(row, is_new=True, status_before=None)])

    assert (changes.begun, changes.better, changes.worse) == ([row], [], [])
