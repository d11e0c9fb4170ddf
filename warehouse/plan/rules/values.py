"""Rules of a target's figures: which of them its comparator needs, and whether they can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.indicators import SIGNED
from warehouse.plan.rules.registry import Finding, each
from warehouse.plan.rules.windows import window
from warehouse.plan.shapes import AREAS, TARGETS

VALUED = frozenset({"at_least", "at_most", "above", "below", "between", "about"})
_NEEDS = {"target_value": VALUED, "upper_value": frozenset({"between"}), "tolerance": frozenset({"about"})}
_YEAR = 12


@each(TARGETS)
def figure_missing(target: Row, _plan: Plan) -> Iterator[Finding]:
    """A comparator has the figures that it compares with."""
    comparator = target.text("comparator")
    for column, comparators in _NEEDS.items():
        if comparator in comparators and target.is_empty(column):
            yield column, f"{comparator} needs a {column}"


@each(TARGETS)
def figure_unused(target: Row, _plan: Plan) -> Iterator[Finding]:
    """No figure stands where the comparator has no use for it."""
    comparator = target.text("comparator")
    for column, comparators in _NEEDS.items():
        if comparator and comparator not in comparators and target.is_filled(column):
            yield column, f"{target.text_as_written(column)} has no use: {comparator} has no {column}"


@each(TARGETS)
def band_reversed(target: Row, _plan: Plan) -> Iterator[Finding]:
    """A band is wider than nothing: its upper value is above the lower, its tolerance above 0."""
    low, high, tolerance = (target.number(name) for name in ("target_value", "upper_value", "tolerance"))
    comparator = target.text("comparator")
    if comparator == "between" and low is not None and high is not None and high <= low:
        yield "upper_value", f"the upper value {high} is not above the target value {low}"
    if comparator == "about" and tolerance is not None and tolerance <= 0:
        yield "tolerance", f"the tolerance {tolerance} is not above 0"


@each(TARGETS)
def tolerance_reaches_zero(target: Row, plan: Plan) -> Iterator[Finding]:
    """A tolerance is less than its target value: what cannot be negative could not fall short of it."""
    indicator, value, tolerance = (
        plan.indicator_of(target),
        target.number("target_value"),
        target.number("tolerance"),
    )
    if indicator is None or target.text("comparator") != "about" or value is None or tolerance is None:
        return
    low = indicator.number("value_min")
    can_be_negative = indicator.text("aggregation") in SIGNED or (low is not None and low < 0)
    if 0 < value <= tolerance and not can_be_negative:
        yield (
            "tolerance",
            f"the tolerance {tolerance} is not under the target value {value}: even 0 would be within it",
        )


@each(TARGETS)
def target_out_of_range(target: Row, plan: Plan) -> Iterator[Finding]:
    """A target lies within what its indicator can be; for what adds up, within what the months can bring."""
    indicator = plan.indicator_of(target)
    if indicator is None:
        return
    low, high = indicator.number("value_min"), _most(target, indicator, plan)
    for column in ("target_value", "upper_value"):
        value = target.number(column)
        if value is not None and low is not None and value < low:
            yield column, f"{value} is under {low}, the least that the indicator can be"
        if value is not None and high is not None and value > high:
            yield column, f"{value} is over {high}, the most that the indicator can be"


def _most(target: Row, indicator: Row, plan: Plan) -> Decimal | None:
    """Return the largest figure of a window: for a sum, the largest of a month from each area, all months."""
    high, months = indicator.number("value_max"), window(target)
    if indicator.text("aggregation") != "sum" or high is None or months is None:
        return None if indicator.text("aggregation") == "sum" else high
    count = _YEAR if target.text("repeat") == "yearly" else months[1] - months[0] + 1
    areas = 1
    if indicator.text("reporting_level") == "subdistrict":
        areas = sum(area.text("level") == "subdistrict" for area in plan.of(AREAS))
    return high * count * areas if areas and plan.is_whole(AREAS) else None
