"""What a sample department would report: each indicator on its way to its target, most in time, some late."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from warehouse.periods import Period
from warehouse.samples.areas import split
from warehouse.samples.chance import draw
from warehouse.samples.flows import Flows
from warehouse.samples.indicator import Indicator, Plan
from warehouse.samples.levels import Levels

_WHOLE = Decimal(1)


@dataclass(frozen=True)
class Amounts:
    """The figures of one row: a value, or the two parts of a ratio."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    def __add__(self, other: Amounts) -> Amounts:
        """Add figure to figure."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in vars(self)]
        return Amounts(*(None if one is None else one + (more or 0) for one, more in pairs))


class Series:
    """The reports of every indicator of a plan."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self._plan = plan
        self._levels = Levels(plan)
        self._flows = Flows(plan, self._levels.of)

    def amounts(self, indicator: Indicator, period: Period) -> dict[str, Amounts]:
        """Return what is reported for a month (or the quarter or year that ends with it), by area."""
        if indicator.is_ratio:
            return {area: self._parts(indicator, period, area) for area in indicator.area_codes}
        if indicator.aggregation == "sum":
            shares = self._flows.shares(indicator, period)
        else:
            shares = split(indicator, self._levels.of(indicator.indicator_code, period))
        bounded = [_bounded(indicator, share) for share in shares]
        return {area: Amounts(value=share) for area, share in zip(indicator.area_codes, bounded, strict=True)}

    def reported(self, indicator: Indicator, period: Period) -> dict[str, Amounts]:
        """Return what a month's report says: its amounts, or the year's so far where these are asked for."""
        if indicator.is_running_total:
            return self.opening(indicator, period)
        return self.amounts(indicator, period)

    def opening(self, indicator: Indicator, last: Period) -> dict[str, Amounts]:
        """Return the running totals of the reporting year up to and with `last`, by area."""
        first = last + (1 - self._plan.month_of_year(last))
        totals: dict[str, Amounts] = {}
        for period in first.through(last):
            if self._plan.ends_a_report(indicator, period):
                for area, figure in self.amounts(indicator, period).items():
                    totals[area] = totals[area] + figure if area in totals else figure
        return totals

    def _parts(self, indicator: Indicator, period: Period, area: str) -> Amounts:
        if "天" in (indicator.denominator_name_zh or ""):
            return self._days(indicator, period)
        month = self._plan.month_of_year(period) if indicator.aggregation == "ratio" else 0
        cases = Decimal(40 + draw(160, "denominator", indicator.indicator_code, area, month))
        rate = self._levels.of(indicator.indicator_code, period)
        rounding = ROUND_FLOOR if any(aim.direction < 0 for aim in indicator.aims) else ROUND_CEILING
        met = (cases * rate / indicator.scale).quantize(_WHOLE, rounding)
        if indicator.is_share:
            met = min(met, cases)
        return Amounts(numerator=max(met, Decimal(0)), denominator=cases)

    def _days(self, indicator: Indicator, period: Period) -> Amounts:
        """Return the days of the month and how many of them were as they should be."""
        days = Decimal(calendar.monthrange(period.year, period.month)[1])
        rate = self._levels.of(indicator.indicator_code, period) / indicator.scale
        return Amounts(numerator=(days * rate).quantize(_WHOLE, ROUND_HALF_UP), denominator=days)


def _bounded(indicator: Indicator, value: Decimal) -> Decimal:
    if indicator.value_min is not None:
        value = max(value, indicator.value_min)
    if indicator.value_max is not None:
        value = min(value, indicator.value_max)
    return value
