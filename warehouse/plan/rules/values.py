"""Rules of a target's figures, also of single years: which its comparator needs, and which can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.indicators import SIGNED
from warehouse.plan.rules.registry import PlaceFinding, whole
from warehouse.plan.rules.windows import window
from warehouse.plan.shapes import AREAS, TARGET_VALUES, TARGETS
from warehouse.plan.years import MONTHS

VALUED = frozenset({"at_least", "at_most", "above", "below", "between", "about"})
_NEEDS = {"target_value": VALUED, "upper_value": frozenset({"between"}), "tolerance": frozenset({"about"})}


@whole
def figure_missing(plan: Plan) -> Iterator[PlaceFinding]:
    """A comparator has the figures that it compares with."""
    for row, target in _statements(plan):
        comparator = target.text("comparator")
        for column, comparators in _NEEDS.items():
            if comparator in comparators and row.is_empty(column):
                yield row, column, f"{comparator} needs a {column}"


@whole
def figure_unused(plan: Plan) -> Iterator[PlaceFinding]:
    """No figure stands where the comparator has no use for it."""
    for row, target in _statements(plan):
        comparator = target.text("comparator")
        for column, comparators in _NEEDS.items():
            if comparator and comparator not in comparators and row.is_filled(column):
                text = row.text_as_written(column)
                yield row, column, f"{text} has no use: {comparator} has no {column}"


@whole
def band_reversed(plan: Plan) -> Iterator[PlaceFinding]:
    """A band is wider than nothing: its upper value is above the lower, its tolerance above 0."""
    for row, target in _statements(plan):
        low, high, tolerance = (row.number(name) for name in ("target_value", "upper_value", "tolerance"))
        comparator = target.text("comparator")
        if comparator == "between" and low is not None and high is not None and high <= low:
            yield row, "upper_value", f"the upper value {high} is not above the target value {low}"
        if comparator == "about" and tolerance is not None and tolerance <= 0:
            yield row, "tolerance", f"the tolerance {tolerance} is not above 0"


@whole
def tolerance_reaches_zero(plan: Plan) -> Iterator[PlaceFinding]:
    """A tolerance is less than its target value: what cannot be negative could not fall short of it."""
    for row, target in _statements(plan):
        indicator = plan.indicator_of(target)
        value, tolerance = row.number("target_value"), target.number("tolerance")
        if indicator is None or target.text("comparator") != "about" or value is None or tolerance is None:
            continue
        low = indicator.number("value_min")
        can_be_negative = indicator.text("aggregation") in SIGNED or (low is not None and low < 0)
        if 0 < value <= tolerance and not can_be_negative:
            column = "tolerance" if row is target else "target_value"
            reason = f"the tolerance {tolerance} is not under the target value {value}"
            yield row, column, f"{reason}: even 0 would be within it"


@whole
def target_out_of_range(plan: Plan) -> Iterator[PlaceFinding]:
    """A target lies within what its indicator can be; for what adds up, within what the months can bring."""
    for row, target in _statements(plan):
        indicator = plan.indicator_of(target)
        if indicator is None:
            continue
        low, high = indicator.number("value_min"), _most(target, indicator, plan)
        for column in ("target_value", "upper_value"):
            value = row.number(column)
            if value is not None and low is not None and value < low:
                yield row, column, f"{value} is under {low}, the least that the indicator can be"
            if value is not None and high is not None and value > high:
                yield row, column, f"{value} is over {high}, the most that the indicator can be"


def _statements(plan: Plan) -> Iterator[tuple[Row, Row]]:
    """Yield every row that has a target's figures, of all its window or of one year, with the target."""
    yield from ((target, target) for target in plan.of(TARGETS))
    for row in plan.of(TARGET_VALUES):
        if target := plan.targets.get(row.text("target_code")):
            yield row, target


def _most(target: Row, indicator: Row, plan: Plan) -> Decimal | None:
    """Return the largest figure of a window: for a sum, the largest of a month from each area, all months."""
    high, months = indicator.number("value_max"), window(target)
    if indicator.text("aggregation") != "sum" or high is None or months is None:
        return None if indicator.text("aggregation") == "sum" else high
    count = MONTHS if target.text("repeat") == "yearly" else months[1] - months[0] + 1
    areas = 1
    if indicator.text("reporting_level") == "subdistrict":
        areas = sum(area.text("level") == "subdistrict" for area in plan.of(AREAS))
    return high * count * areas if areas and plan.is_whole(AREAS) else None
