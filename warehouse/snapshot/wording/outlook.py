"""Whether a window will be met at its recent pace, may be, or will not: one rule and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from warehouse.snapshot.wording.vocabulary import COMPARATORS

_NEAR = Decimal("0.1")
"""The share of the way that a forecast may lack and still be near: the grace that a pace has, 10 points."""


@dataclass(frozen=True)
class Outlook:
    """What the forecast says of a window; `sign` says it without colour."""

    code: str
    zh: str
    en: str
    sign: str


OUTLOOKS = {
    outlook.code: outlook
    for outlook in (
        Outlook("will", "预计能达标", "will make it", "↗"),
        Outlook("may", "预计可能达标", "may make it", "≈"),
        Outlook("will_not", "预计难以达标", "will not make it", "↘"),
    )
}
"""By code, the best first."""


def outlook(row: Mapping[str, Any]) -> Outlook | None:
    """Say where a row of `Month.figures` is heading; None where it has closed or has no forecast.

    It will make it where the forecast meets the target. It may where the forecast lacks at most a tenth of
    the way to the target, which begins at the base of a level and at zero otherwise. Else it will not.
    """
    meets = row["forecast_meets_target"]
    if meets is None or row["is_closed"]:
        return None
    if meets:
        return OUTLOOKS["will"]
    return OUTLOOKS["may" if row["status"] != "lost" and _is_near(row) else "will_not"]


def _is_near(row: Mapping[str, Any]) -> bool:
    forecast, bound = row["forecast_value"], _nearest_bound(row)
    if forecast is None or bound is None:
        return False
    start = row["baseline_value"] if row["way_gone_pct"] is not None else Decimal(0)
    return bool(abs(bound - forecast) <= _NEAR * abs(bound - start))


def _nearest_bound(row: Mapping[str, Any]) -> Decimal | None:
    """Return what the forecast would have to reach; None where the target is no amount of its own."""
    target: Decimal | None = row["target_value"]
    if target is None or not COMPARATORS[row["comparator"]].must_zh:
        return None
    bounds = {
        "between": (target, row["upper_value"]),
        "about": (target - (row["tolerance"] or 0), target + (row["tolerance"] or 0)),
    }.get(row["comparator"], (target,))
    return min(bounds, key=lambda bound: abs(bound - (row["forecast_value"] or 0)))
