"""What the sample departments are like: most keep pace, some lag, a few leave something out altogether."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from warehouse.samples.chance import draw
from warehouse.samples.indicator import Indicator, Plan

_SPEEDS = tuple(
    Decimal(speed) / 100
    for speed in (
        *(103, 104, 105, 106, 108, 112) * 3,
        *(93, 88, 80, 68, 50),
    )
)
_NEVER_REPORTED = 2


def speed(indicator: Indicator) -> Decimal:
    """Return how fast the sample department moves towards its targets; 1 is just on pace."""
    return _SPEEDS[draw(len(_SPEEDS), "speed", indicator.indicator_code)]


def is_sound(indicator: Indicator) -> bool:
    """Tell whether the sample department keeps pace."""
    return speed(indicator) >= 1


def never_reported(plan: Plan) -> set[str]:
    """Return a few indicators, asked for in a part of the plan alone, of which no figure ever comes."""
    last = max((aim.end for one in plan.indicators.values() for aim in one.aims), default=None)
    return _chosen(
        plan,
        "never reported",
        _NEVER_REPORTED,
        lambda one: bool(one.aims) and all(aim.value is not None and aim.end != last for aim in one.aims),
    )


def without_base(plan: Plan) -> set[str]:
    """Return one indicator whose figure at the base period does not come."""
    return _chosen(
        plan,
        "without base",
        1,
        lambda one: one.base_period is not None and any(aim.pace == "linear" for aim in one.aims),
    )


def not_applicable(plan: Plan) -> set[str]:
    """Return one indicator for which its outside source publishes nothing about the district."""
    return _chosen(plan, "not applicable", 1, lambda one: one.source_zh is not None and bool(one.aims))


def _chosen(plan: Plan, role: str, number: int, suits: Callable[[Indicator], bool]) -> set[str]:
    """Choose among the reported indicators that nothing else is derived from."""
    suited = [
        one.indicator_code
        for one in plan.indicators.values()
        if not one.first_inputs and one.indicator_code not in plan.uses and suits(one)
    ]
    return set(sorted(suited, key=lambda code: draw(1 << 30, role, code))[:number])
