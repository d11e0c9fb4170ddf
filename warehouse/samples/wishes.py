"""What targets ask of the indicators that derived ones are made of, and how far a department goes along."""

from __future__ import annotations

from decimal import Decimal

from warehouse.samples.habits import is_sound
from warehouse.samples.indicator import Aim, Indicator, Plan

_PLAIN_GROWTH = 5
_TO_SPARE = 2


def compares_with_the_past(plan: Plan, indicator: Indicator) -> bool:
    """Tell whether some target needs the months of the year before, not just an opening balance."""
    directions = {aim.comparator for aim in indicator.aims} & {"declines", "rises"}
    return bool(directions) or indicator.indicator_code in plan.uses


def direction(plan: Plan, code: str) -> int:
    """Return 1 where targets ask an input to grow faster than others, -1 where slower, else 0."""
    asked = 0
    for derived, is_second in plan.uses.get(code, []):
        wish = sum(aim.direction for aim in derived.aims) + direction(plan, derived.indicator_code)
        asked += -wish if is_second else wish
    return (asked > 0) - (asked < 0)


def yearly_growth(plan: Plan, indicator: Indicator) -> Decimal:
    """Return by how many percent its figure grows from year to year; negative where it falls."""
    asked = _growth_asked(plan, indicator)
    if asked is not None:
        return asked + _TO_SPARE if is_sound(indicator) else max(asked - _TO_SPARE, Decimal(0))
    own = sum(aim.direction for aim in indicator.aims if aim.value is None)
    if own:
        return Decimal((_PLAIN_GROWTH if own > 0 else -_PLAIN_GROWTH) if is_sound(indicator) else 0)
    return Decimal(_PLAIN_GROWTH + direction(plan, indicator.indicator_code))


def _growth_asked(plan: Plan, indicator: Indicator) -> Decimal | None:
    asked = [
        aim.value
        for derived, _ in plan.uses.get(indicator.indicator_code, [])
        if derived.aggregation == "growth"
        for aim in derived.aims
        if aim.value is not None
    ]
    return max(asked, default=None)


def multiple_asked(plan: Plan, indicator: Indicator) -> tuple[Decimal, int] | None:
    """Return how many times the base year's figure a target asks for, and in which reporting year."""
    asked = [
        (aim.value, plan.year_of(aim.end))
        for derived, _ in plan.uses.get(indicator.indicator_code, [])
        if derived.aggregation == "multiple"
        for aim in derived.aims
        if aim.value is not None
    ]
    return max(asked, default=None)


def quotient_of(plan: Plan, indicator: Indicator) -> Indicator | None:
    """Return the quotient with a target of its own that the indicator is the numerator of."""
    return _asking(plan, indicator, "quotient", as_second=False)


def difference_from(plan: Plan, indicator: Indicator) -> Indicator | None:
    """Return the difference with a target of its own that the indicator is taken away in."""
    return _asking(plan, indicator, "difference", as_second=True)


def shares_of_totals(plan: Plan, indicator: Indicator) -> tuple[Aim, ...]:
    """Return the targets of the totals that the indicator is part of, each cut down to its share."""
    return tuple(
        aim.times(1 / Decimal(len(derived.first_inputs)))
        for derived, _ in plan.uses.get(indicator.indicator_code, [])
        if derived.aggregation == "total"
        for aim in derived.aims
        if aim.value is not None
    )


def _asking(plan: Plan, indicator: Indicator, aggregation: str, *, as_second: bool) -> Indicator | None:
    found = (
        derived
        for derived, is_second in plan.uses.get(indicator.indicator_code, [])
        if derived.aggregation == aggregation
        and is_second == as_second
        and any(aim.value is not None for aim in derived.aims)
    )
    return next(found, None)
