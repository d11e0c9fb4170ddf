"""What a sample department would report: each indicator on its course to its target, some fast, some slow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from warehouse.periods import Period
from warehouse.samples.chance import around, draw
from warehouse.samples.indicator import Aim, Indicator, Use

FIRST_YEAR = 2022
_SPEEDS = tuple(Decimal(speed) / 100 for speed in (115, 106, 103, 101, 100, 100, 92, 80, 55))
_PLAIN_LEVEL = Decimal(1000)
_PLAIN_LEVELS = {"人": Decimal(200_000)}
_PLAIN_MONTH = Decimal(10)
_YEARLY_STEPS = {"declines": Decimal("0.95"), "rises": Decimal("1.05")}
_YEARLY_EVENTS = {"declines": (36, -6), "rises": (36, 6)}


@dataclass(frozen=True)
class Amounts:
    """The figures of one row: a value, or the two parts of a ratio."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def speed(indicator: Indicator) -> Decimal:
    """Return how fast the sample department moves towards its targets; 1 is just on pace."""
    return _SPEEDS[draw(len(_SPEEDS), "speed", indicator.indicator_code)]


def amounts(indicator: Indicator, period: Period) -> list[tuple[str, Amounts]]:
    """Return what is reported for a month, for each of the indicator's areas."""
    if indicator.aggregation in ("ratio", "ratio_last"):
        return [(area, _parts(indicator, period, area)) for area in indicator.area_codes]
    district = _flow(indicator, period) if indicator.aggregation == "sum" else _level(indicator, period)
    return [(area, Amounts(value=share)) for area, share in _shares(indicator, district)]


def opening(indicator: Indicator, last: Period) -> list[tuple[str, Amounts]]:
    """Return the running totals of the year up to and with `last`, for each of the indicator's areas."""
    totals: dict[str, list[Decimal]] = {area: [] for area in indicator.area_codes}
    for period in Period(last.year, 1).through(last):
        for area, figure in amounts(indicator, period):
            totals[area].append(figure.value or Decimal(0))
    return [(area, Amounts(value=sum(parts, Decimal(0)))) for area, parts in totals.items()]


def _flow(indicator: Indicator, period: Period) -> Decimal:
    aim = _aim(indicator.aims, period)
    if aim is None:
        monthly = _input_flow(indicator, period)
    elif aim.comparator == "zero":
        return Decimal(0)
    elif aim.comparator in _YEARLY_EVENTS:
        first, step = _YEARLY_EVENTS[aim.comparator]
        monthly = Decimal(first + step * (period.year - FIRST_YEAR)) / 12
    else:
        monthly = _remaining(indicator, aim) * speed(indicator)
    return monthly * indicator.months_a_report * around(12, indicator.indicator_code, period)


def _remaining(indicator: Indicator, aim: Aim) -> Decimal:
    """Return the monthly amount of the aim's window that no narrower window inside it accounts for."""
    inside = [other for other in indicator.aims if other.end < aim.end and other.start >= aim.start]
    slice_value = max((other.value or Decimal(0) for other in inside), default=Decimal(0))
    slice_months = max((other.months for other in inside), default=0)
    asked = _PLAIN_MONTH * aim.months if aim.value is None else aim.value
    rest = max(asked - slice_value, Decimal(0))
    return rest / max(aim.months - slice_months, 1)


def _level(indicator: Indicator, period: Period) -> Decimal:
    aim = _aim(indicator.aims, period)
    if aim is not None and aim.comparator in _YEARLY_STEPS:
        return _PLAIN_LEVEL * _YEARLY_STEPS[aim.comparator] ** (period.year - FIRST_YEAR)
    if aim is not None and aim.comparator in ("done", "evidence"):
        progress = min(100 * _elapsed(aim, period) * speed(indicator), Decimal(100))
        return progress if aim.comparator == "done" else 50 * (progress // 50)
    if aim is None or aim.value is None:
        return _input_level(indicator, period)
    return _towards(aim, period, speed(indicator))


def _towards(aim: Aim, period: Period, pace: Decimal) -> Decimal:
    """Return a level on its way from where it stood before the window to what the target asks at its end."""
    target = aim.value or Decimal(100)
    worse = Decimal("1.12") if aim.comparator in ("at_most", "below") else Decimal("0.85")
    begin = target * worse
    end = target * (2 - pace) if aim.comparator in ("at_most", "below") else target * pace
    return begin + (end - begin) * _elapsed(aim, period)


def _elapsed(aim: Aim, period: Period) -> Decimal:
    """Return the share of the window that is over at the end of the month, from 0 to 1."""
    return min(Decimal(max(period - aim.start + 1, 0)) / aim.months, Decimal(1))


def _parts(indicator: Indicator, period: Period, area: str) -> Amounts:
    aim = _aim(indicator.aims, period)
    if aim is None or aim.value is None:
        rate = Decimal(80) + period.year - FIRST_YEAR
    else:
        rate = _towards(aim, period, speed(indicator))
        if aim.comparator == "at_least" and aim.value == indicator.value_max:
            rate = min(aim.value, aim.value * max(speed(indicator), Decimal("0.96")))
    denominator = Decimal(40 + draw(160, "denominator", indicator.indicator_code, area))
    numerator = (denominator * rate / indicator.scale).quantize(Decimal(1), ROUND_HALF_UP)
    if indicator.scale == 100 and indicator.value_max == 100:  # noqa: PLR2004
        numerator = min(numerator, denominator)
    return Amounts(numerator=max(numerator, Decimal(0)), denominator=denominator)


def _input_flow(indicator: Indicator, period: Period) -> Decimal:
    return _input_level(indicator, period) / 12


def _input_level(indicator: Indicator, period: Period) -> Decimal:
    """Return the level of an indicator that only derived ones ask for."""
    years = period.year - FIRST_YEAR
    for use in indicator.uses:
        asked = next((aim.value for aim in use.aims if aim.value is not None), None)
        if use.aggregation in ("growth", "difference"):
            return _PLAIN_LEVEL * (1 + (asked or Decimal(5)) * speed(indicator) / 100) ** years
        if use.aggregation in ("multiple", "increment") and asked is not None:
            return _grown(use, asked * speed(indicator), years)
        if use.aggregation == "quotient" and asked is not None:
            return asked * speed(indicator) * _plain_level(use.partner_unit) / use.scale
    return _plain_level(indicator.unit)


def _plain_level(unit: str | None) -> Decimal:
    return _PLAIN_LEVELS.get(unit or "", _PLAIN_LEVEL)


def _grown(use: Use, asked: Decimal, years: int) -> Decimal:
    if use.aggregation == "multiple":
        return _PLAIN_LEVEL * (1 + (asked - 1) * years / 3)
    return _PLAIN_LEVEL * 6 + asked * years / 2


def _aim(aims: tuple[Aim, ...], period: Period) -> Aim | None:
    """Return the narrowest target window that the month lies in, else the first one."""
    covering = sorted((aim for aim in aims if aim.covers(period)), key=lambda aim: aim.months)
    return next(iter(covering or aims), None)


def _shares(indicator: Indicator, district: Decimal) -> list[tuple[str, Decimal]]:
    """Split the district's figure over the areas so that the rounded shares add up to it, rounded."""
    weights = [1 + draw(5, "weight", area) for area in indicator.area_codes]
    step = Decimal(1).scaleb(-indicator.decimals)
    bounds = [district * sum(weights[:place]) / sum(weights) for place in range(len(weights) + 1)]
    marks = [bound.quantize(step, ROUND_HALF_UP) for bound in bounds]
    return [
        (area, _bounded(indicator, marks[place + 1] - marks[place]))
        for place, area in enumerate(indicator.area_codes)
    ]


def _bounded(indicator: Indicator, value: Decimal) -> Decimal:
    if indicator.value_min is not None:
        value = max(value, indicator.value_min)
    if indicator.value_max is not None:
        value = min(value, indicator.value_max)
    return value
