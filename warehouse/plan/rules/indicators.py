"""Rules of one indicator by itself: what its aggregation needs, and what it cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.completion import greatest_lag
from warehouse.plan.derivation import DERIVED, is_sum, is_understood
from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import AREAS, INDICATORS

RATIOS = frozenset({"ratio", "ratio_last"})
BASED = frozenset({"multiple", "increment"})
SIGNED = frozenset({"growth", "increment", "difference"})
"""What is below zero where something has fallen."""
SCALED = RATIOS | {"quotient"}
_MOST_DECIMALS = 6
_PARTS = ("numerator_name_zh", "denominator_name_zh")
_PERCENT = 100
_SHARES = frozenset({"%", "‰"})
_RUNNING = frozenset({"sum", "ratio", "last", "ratio_last", "mean"})
_LATEST = 24


@each(INDICATORS)
def ratio_without_parts(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A ratio names its numerator, its denominator and its scale; a quotient its scale."""
    aggregation = indicator.text("aggregation")
    needed = (*_PARTS, "scale") if aggregation in RATIOS else ("scale",) if aggregation in SCALED else ()
    for column in needed:
        if indicator.is_empty(column):
            yield column, f"{aggregation} needs a {column}"


@each(INDICATORS)
def parts_without_ratio(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """What is not a ratio has no numerator, denominator or scale."""
    aggregation = indicator.text("aggregation")
    unused = (_PARTS if aggregation not in RATIOS else ()) + (("scale",) if aggregation not in SCALED else ())
    for column in unused:
        if aggregation and indicator.is_filled(column):
            yield column, f"{indicator.text_as_written(column)!r} has no use: {aggregation} has no {column}"


@each(INDICATORS)
def scale_not_of_unit(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A scale is above 0, and 100 where the unit is %."""
    scale, unit = indicator.number("scale"), indicator.text("unit")
    if scale is None or indicator.text("aggregation") not in SCALED:
        return
    if scale <= 0:
        yield "scale", f"{scale} is not above 0"
    elif unit and (unit == "%") != (scale == _PERCENT):
        yield "scale", f"the scale is {scale} and the unit {unit!r}: 100 goes with %, and % with 100"


@each(INDICATORS)
def base_period_missing(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A multiple and an increment are measured from a base period."""
    if indicator.text("aggregation") in BASED and indicator.is_empty("base_period"):
        yield "base_period", f"{indicator.text('aggregation')} needs a base_period"


@each(INDICATORS)
def base_period_unused(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """Growth is measured against a year earlier, and what accumulates in the window from nothing."""
    aggregation = indicator.text("aggregation")
    accumulates = aggregation == "total" and is_sum(indicator, plan)
    is_unused = accumulates or aggregation in {"growth", "sum", "mean", "ratio"}
    if is_unused and indicator.is_filled("base_period"):
        yield "base_period", f"{aggregation} has no base period: leave it empty"


@each(INDICATORS)
def rate_by_subdistrict(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A mean and a plain share are reported by the district only: those of areas cannot be added up."""
    aggregation, unit = indicator.text("aggregation"), indicator.text("unit")
    if indicator.text("reporting_level") != "subdistrict":
        return
    if aggregation == "mean":
        yield "reporting_level", "a mean cannot be put together from subdistricts: report it by district"
    elif aggregation == "last" and unit in _SHARES:
        reason = f"figures in {unit} of subdistricts cannot be added up: report it by district"
        yield "reporting_level", f"{reason}, or as ratio_last by numerator and denominator"


@each(INDICATORS)
def running_total_of_derived(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """Only what is reported can be reported year to date."""
    aggregation = indicator.text("aggregation")
    if indicator.text("reported_as") == "year_to_date" and aggregation and aggregation not in _RUNNING:
        yield "reported_as", f"{aggregation} is derived and nobody reports it: leave reported_as empty"


@each(INDICATORS)
def lag_out_of_range(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """A figure is due within two years; a derived one when the last of those that it rests on is."""
    lag = indicator.integer("lag_months")
    if lag is not None and lag > _LATEST:
        yield "lag_months", f"{lag} months are more than the {_LATEST} that a figure may be late by"
    elif lag is not None and indicator.text("aggregation") in DERIVED and is_understood(indicator, plan):
        greatest = greatest_lag(indicator, plan)
        if lag != greatest:
            yield "lag_months", f"{lag} is not the greatest lag of its inputs, {greatest}: leave it empty"


@each(INDICATORS)
def level_without_areas(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """What is reported by subdistrict is of a plan that has subdistricts."""
    if indicator.text("reporting_level") != "subdistrict" or not plan.is_whole(AREAS):
        return
    levels = {area.text("level") for area in plan.of(AREAS)}
    if levels and not levels & {"subdistrict", ""}:
        yield (
            "reporting_level",
            "areas.csv has no subdistrict to report it: name them there, or write district",
        )


@each(INDICATORS)
def bounds_reversed(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """The smallest possible value is not above the largest."""
    low, high = indicator.number("value_min"), indicator.number("value_max")
    if low is not None and high is not None and low > high:
        yield "value_max", f"the largest value {high} is under the smallest, {low}"


@each(INDICATORS)
def too_many_decimals(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """Figures are kept to six decimals."""
    decimals = indicator.integer("decimals")
    if decimals is not None and decimals > _MOST_DECIMALS:
        yield "decimals", f"{decimals} decimals are more than the {_MOST_DECIMALS} that figures are kept to"


@whole
def indicator_name_twice(plan: Plan) -> Iterator[PlaceFinding]:
    """No two indicators have the same name: a submission may name them by it."""
    first: dict[str, Row] = {}
    for indicator in plan.of(INDICATORS):
        name = indicator.text("name_zh")
        known = first.setdefault(name, indicator)
        if name and known is not indicator:
            yield indicator, "name_zh", f"{name} is the name of {known.text('indicator_code')} already"
