"""The month in one sentence: what needs nobody, what needs supervision, what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.snapshot.month import Row
from warehouse.snapshot.wording import GROUPS

_IN_ORDER = ("done", "on_pace")
_SILENT = "not_reported"
_NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class Verdict:
    """The running windows, each counted in exactly one of four parts."""

    running: int
    in_order: int
    """Done or on pace."""
    to_supervise: int
    """Behind, far behind, or lost for their window."""
    silent: int
    not_judged: int


def verdict_of(standing: Row) -> Verdict:
    """Sum up the running windows of a row of `Month.standings`."""
    counts = {group.code: standing[group.running_column] for group in GROUPS if group.is_of_running}
    silent, not_judged = counts.pop(_SILENT), counts.pop(_NOT_JUDGED)
    in_order = sum(counts.pop(code) for code in _IN_ORDER)
    return Verdict(standing["running"], in_order, sum(counts.values()), silent, not_judged)
