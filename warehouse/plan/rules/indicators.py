"""Rules of one indicator by itself: what its aggregation needs, and what it cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import AREAS, INDICATORS, TARGETS

RATIOS = frozenset({"ratio", "ratio_last"})
DERIVED = frozenset({"growth", "multiple", "increment", "quotient", "difference"})
TWO_INPUTS = frozenset({"quotient", "difference"})
BASED = frozenset({"multiple", "increment"})
SIGNED = frozenset({"growth", "increment", "difference"})
"""What is below zero where something has fallen."""
SCALED = RATIOS | {"quotient"}
_MOST_DECIMALS = 6
_PARTS = ("numerator_name_zh", "denominator_name_zh")
_PERCENT = 100
_SILENT_KINDS = frozenset({"outside", "group"})


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
def reporter_missing(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """Somebody reports every indicator that is not derived."""
    aggregation = indicator.text("aggregation")
    if aggregation and aggregation not in DERIVED and indicator.is_empty("organization_code"):
        yield "organization_code", f"{aggregation} is reported: name the organization that reports it"


@each(INDICATORS)
def reporter_of_derived(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """Nobody reports a derived indicator."""
    code = indicator.text_as_written("organization_code")
    if indicator.text("aggregation") in DERIVED and code:
        yield "organization_code", f"{indicator.text('aggregation')} is derived: {code} cannot report it"


@each(INDICATORS)
def reporter_without_inbox(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """Who reports is a body of the district, not one outside it and not a group of bodies."""
    organization = plan.organizations.get(indicator.text("organization_code"))
    if organization and organization.text("kind") in _SILENT_KINDS:
        code = organization.text("organization_code")
        yield "organization_code", f"{code} is of kind {organization.text('kind')}, which submits nothing"


@each(INDICATORS)
def base_period_missing(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A multiple and an increment are measured from a base period."""
    if indicator.text("aggregation") in BASED and indicator.is_empty("base_period"):
        yield "base_period", f"{indicator.text('aggregation')} needs a base_period"


@each(INDICATORS)
def base_period_unused(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """Growth is measured against a year earlier, and what accumulates in the window from nothing."""
    aggregation = indicator.text("aggregation")
    if aggregation in {"growth", "sum", "mean", "ratio"} and indicator.is_filled("base_period"):
        yield "base_period", f"{aggregation} has no base period: leave it empty"


@each(INDICATORS)
def mean_by_subdistrict(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A mean is reported by the district only: means of areas cannot be added up."""
    if indicator.text("aggregation") == "mean" and indicator.text("reporting_level") == "subdistrict":
        yield "reporting_level", "a mean cannot be put together from subdistricts: report it by district"


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


@whole
def indicator_without_use(plan: Plan) -> Iterator[PlaceFinding]:
    """Every indicator is judged by a target or is an input of another: nobody reports for nothing."""
    if not plan.of(TARGETS) or not plan.is_whole(TARGETS) or not plan.is_whole(INDICATORS):
        return
    used = {target.text_as_written("indicator_code") for target in plan.of(TARGETS)}
    for indicator in plan.of(INDICATORS):
        used |= {indicator.text_as_written("input_a"), indicator.text_as_written("input_b")}
    for indicator in plan.of(INDICATORS):
        code = indicator.text("indicator_code")
        if code not in used:
            yield indicator, "indicator_code", f"no target and no other indicator uses {code}"
