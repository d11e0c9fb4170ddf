"""What adds up over months: a month's amount is what one running total gains in it, so pieces stay whole."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from warehouse.periods import Period
from warehouse.samples import wishes
from warehouse.samples.areas import split
from warehouse.samples.chance import around
from warehouse.samples.habits import is_sound, speed
from warehouse.samples.indicator import Aim, Indicator, Plan
from warehouse.samples.path import Path, through

_YEAR = 12
_PLAIN_YEARS = {"人次": Decimal(1_200_000), "元": Decimal(120_000_000), "万元": Decimal(12_000)}
_PLAIN_YEAR = Decimal(120)
_EVENTS, _FEWER_EVENTS = Decimal(20), Decimal(3)
_OF_A_BUDGET, _OVER_A_BUDGET = Decimal("0.6"), Decimal("1.7")


class Flows:
    """The amounts of the plan's sums."""

    def __init__(self, plan: Plan, level_of: Callable[[str, Period], Decimal]) -> None:
        """Take the plan, and what gives another indicator's level in a month."""
        self._plan = plan
        self._level_of = level_of
        self._paths: dict[str, Path] = {}

    def shares(self, indicator: Indicator, period: Period) -> list[Decimal]:
        """Return what each area reports for the month, quarter or year that ends with the period."""
        until = split(indicator, self._total(indicator, period))
        before = split(indicator, self._total(indicator, period + -indicator.months_each))
        return [now - earlier for now, earlier in zip(until, before, strict=True)]

    def _total(self, indicator: Indicator, period: Period) -> Decimal:
        if indicator.indicator_code not in self._paths:
            self._paths[indicator.indicator_code] = self._path(indicator)
        return self._paths[indicator.indicator_code].at(self._months(indicator, period))

    def _months(self, indicator: Indicator, period: Period) -> Decimal:
        """Return the months of the plan that are over, as the indicator's seasons count them."""
        before = self._plan.first_period + -1
        return self._seasonal(indicator, period) - self._seasonal(indicator, before)

    def _seasonal(self, indicator: Indicator, period: Period) -> Decimal:
        weights = [around(20, "season", indicator.indicator_code, month) for month in range(1, _YEAR + 1)]
        part = sum(weights[: self._plan.month_of_year(period)], Decimal(0)) / sum(weights)
        return _YEAR * (self._plan.year_of(period) + part)

    def _path(self, indicator: Indicator) -> Path:
        quotient = wishes.quotient_of(self._plan, indicator)
        aims = self._aims(indicator, quotient)
        caps = [aim for aim in aims if aim.comparator in ("at_most", "below", "zero")]
        if caps:
            return self._budget(indicator, caps)
        if wishes.compares_with_the_past(self._plan, indicator) and quotient is None:
            return self._years(indicator)
        if aims:
            return self._slices(indicator, aims)
        return Path(((Decimal(0), Decimal(0)), (Decimal(_YEAR), self._plain_year(indicator))), goes_on=True)

    def _aims(self, indicator: Indicator, quotient: Indicator | None) -> list[Aim]:
        """Return the indicator's own aims, or else those of the total or quotient that it is part of."""
        own = [aim for aim in indicator.aims if aim.value is not None or aim.comparator == "zero"]
        if own or quotient is None:
            return own or list(wishes.shares_of_totals(self._plan, indicator))
        heads = self._level_of(str(quotient.second_input), self._plan.first_period)
        return [aim.times(heads / quotient.scale) for aim in quotient.aims if aim.value is not None]

    def _budget(self, indicator: Indicator, caps: list[Aim]) -> Path:
        """Return what stays below its caps, or goes over them; what may not happen at all does not."""
        monthly = min((aim.value or Decimal(0)) / (_YEAR if aim.yearly else aim.months) for aim in caps)
        yearly = _YEAR * monthly * (_OF_A_BUDGET if is_sound(indicator) else _OVER_A_BUDGET)
        return Path(((Decimal(0), Decimal(0)), (Decimal(_YEAR), yearly)), goes_on=True)

    def _years(self, indicator: Indicator) -> Path:
        """Return what is held against the years before: each year has its total."""
        last = max(aim.end for one in self._plan.indicators.values() for aim in one.aims)
        points = [(Decimal(self._plan.year_start(0) - self._plan.first_period), Decimal(0))]
        for year in range(self._plan.year_of(last) + 1):
            months, total = points[-1]
            points.append((months + _YEAR, total + self._year(indicator, year)))
        return Path(tuple(points), goes_on=True)

    def _year(self, indicator: Indicator, year: int) -> Decimal:
        if any(aim.comparator == "declines" for aim in indicator.aims):
            return _EVENTS - (year * _FEWER_EVENTS if is_sound(indicator) else 0)
        if multiple := wishes.multiple_asked(self._plan, indicator):
            times, in_year = multiple
            return self._plain_year(indicator) * (1 + (times * speed(indicator) - 1) * year / in_year)
        growth = 1 + wishes.yearly_growth(self._plan, indicator) / 100
        fixed = next((aim for aim in indicator.aims if aim.value is not None and aim.months == _YEAR), None)
        if fixed is not None and fixed.value is not None:
            return fixed.value * speed(indicator) * growth ** (year - self._plan.year_of(fixed.end))
        return self._plain_year(indicator) * growth**year

    def _slices(self, indicator: Indicator, aims: list[Aim]) -> Path:
        """Return the way through what is to be there by the end of each window, at the department's speed.

        What is built comes to its end when all of it is there; what is done every year goes on.
        """
        once = sorted((aim for aim in aims if not aim.yearly), key=lambda aim: aim.end)
        start = min(aim.start for aim in once or aims) - self._plan.first_period
        ends = self._once(once) if once else self._each_year(aims[0])
        path = through((start, Decimal(0)), ends, goes_on=aims[-1].after_window != "counts", better=max)
        return path.at_speed(speed(indicator))

    def _once(self, aims: list[Aim]) -> list[tuple[int, Decimal]]:
        return [(self._plan.months_until_end_of(aim.end), aim.value or Decimal(0)) for aim in aims]

    def _each_year(self, aim: Aim) -> list[tuple[int, Decimal]]:
        years = self._plan.year_of(aim.end) - self._plan.year_of(aim.start) + 1
        start = aim.start - self._plan.first_period
        return [(start + _YEAR * year, (aim.value or Decimal(0)) * year) for year in range(1, years + 1)]

    def _plain_year(self, indicator: Indicator) -> Decimal:
        return _PLAIN_YEARS.get(indicator.unit, _PLAIN_YEAR)
