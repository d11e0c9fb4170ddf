"""Why a window stands as it does, in an English sentence; the marts' `note` says it in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from warehouse.snapshot.wording.figures import amount, difference
from warehouse.snapshot.wording.targets import line_en, target_en
from warehouse.snapshot.wording.vocabulary import COMPARATORS

Row = Mapping[str, Any]


def note_en(row: Row) -> str:
    """Say in English why a row of `Month.figures` has its status: what came, and what it is held against."""
    status = row["status"]
    return _WITHOUT_FIGURES.get(status) or _SAID.get(status, _against_its_line)(row)


def _reached(row: Row) -> str:
    """Say what came, and by when; of what came later than the window, its end."""
    if row["actual_value"] is None:
        return "no figure"
    beside = row["expected_value"] if row["target_value"] is None else row["target_value"]
    figure = amount(row["actual_value"], row["unit"], beside, row["decimals"]).en
    return f"{figure} by {row['reported_through'] or row['judged_period']}"


def _or_nothing(row: Row, words: str) -> str:
    """Say first what is the matter, and then what came so far, if anything."""
    return words if row["actual_value"] is None else f"{words}; {_reached(row)}"


def _unreported(row: Row) -> str:
    is_newest = row["reported_through"] is None or row["reported_through"] < (row["judged_period"] or "")
    by = row["judged_period"] or row["period"]
    return _or_nothing(row, f"not reported by {by}" if is_newest else f"not fully reported by {by}")


def _past_the_target(row: Row) -> str:
    if row["actual_value"] is None or row["target_value"] is None:
        return _reached(row)
    by: Decimal = row["actual_value"] - row["target_value"]
    is_better = "better than" if COMPARATORS[row["comparator"]].is_cap else "above"
    return f"{_reached(row)}, {is_better} the target ({target_en(row)}) by {_distance(by, row)}"


def _missed(row: Row) -> str:
    if row["actual_value"] is None:
        return f"the term is over, and the target ({target_en(row)}) was not met"
    return f"{_reached(row)}; the term is over, and the target ({target_en(row)}) was not met"


def _without_line(row: Row) -> str:
    is_evidence = row["comparator"] == "evidence"
    return f"{_reached(row)}; {'recognised by evidence' if is_evidence else 'nothing is expected by now'}"


def _against_its_line(row: Row) -> str:
    if row["expected_value"] is None or row["gap_value"] is None:
        return _reached(row)
    expected = amount(row["expected_value"], row["unit"], row["actual_value"], row["decimals"]).en
    if row["gap_value"] == 0:
        return f"{_reached(row)}, {line_en(row)} {expected}: level with it"
    side = "above" if row["gap_value"] > 0 else "below"
    return f"{_reached(row)}, {line_en(row)} {expected}: {_distance(row['gap_value'], row)} {side}"


def _distance(value: Decimal, row: Row) -> str:
    """Write a difference without its sign."""
    return difference(abs(value), row["unit"], row["decimals"]).en.lstrip("+")


_WITHOUT_FIGURES = {
    "not_started": "nothing is due yet",
    "not_applicable": "there is nothing to count, so it is not judged",
    "overdue_unreported": "the term is over, and nothing was ever reported",
}
_SAID: dict[str, Callable[[Row], str]] = {
    "awaiting_source": lambda row: _or_nothing(row, "the figure is yet to be published"),
    "no_baseline": lambda row: _or_nothing(row, "the figure that it is held against is missing"),
    "not_reported": _unreported,
    "exceeded": _past_the_target,
    "achieved": lambda row: f"{_reached(row)}: the target is met",
    "achieved_late": lambda row: f"not met at the end of its term ({target_en(row)}), completed since",
    "met_so_far": lambda row: f"{_reached(row)}: met so far, decided at the end",
    "lost": lambda row: f"{_reached(row)}: it can no longer be met in this window",
    "missed": _missed,
    "in_progress": _without_line,
}
"""By the status; the others are held against their line."""
