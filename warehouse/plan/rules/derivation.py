"""Rules of derived indicators: their inputs, and the chains that these make."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.derivation import (
    DERIVED,
    TWO_INPUTS,
    input_codes,
    inputs,
    is_level,
    is_sum,
    is_understood,
    reported,
)
from warehouse.plan.folder import Plan, Row
from warehouse.plan.graphs import cycles, depths
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import INDICATORS

_DEEPEST = 4
_POINTS = "百分点"
_FREQUENCIES = INDICATORS.column("frequency").words


@each(INDICATORS)
def input_missing(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A derived indicator has the inputs that it is computed from."""
    aggregation = indicator.text("aggregation")
    needed = ("input_a", "input_b") if aggregation in TWO_INPUTS else ("input_a",)
    for column in needed:
        if aggregation in DERIVED and indicator.is_empty(column):
            yield column, f"{aggregation} needs an indicator as {column}"


@each(INDICATORS)
def input_unused(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """What is reported has no inputs, and only a quotient and a difference have an input_b."""
    aggregation = indicator.text("aggregation")
    unused = (
        ()
        if aggregation in TWO_INPUTS
        else ("input_b",)
        if aggregation in DERIVED
        else ("input_a", "input_b")
    )
    for column in unused:
        if aggregation and indicator.is_filled(column):
            yield column, f"{indicator.text_as_written(column)} has no use: {aggregation} has no {column}"


@each(INDICATORS)
def input_several(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A total adds up several indicators, each once; everything else is computed from one of a column."""
    aggregation, codes = indicator.text("aggregation"), indicator.codes("input_a")
    if aggregation == "total" and len(codes) == 1:
        yield "input_a", f"a total is of several indicators: name more than {codes[0]}, joined by ;"
    elif aggregation == "total" and len(set(codes)) < len(codes):
        yield "input_a", "an indicator stands there twice, and would be added twice"
    elif aggregation not in {"total", ""} and len(codes) > 1:
        yield "input_a", f"{aggregation} is computed from one indicator, not from {len(codes)}"


@each(INDICATORS)
def total_of_unlike(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """A total is of indicators that all add up over months, or all tell how things stand."""
    if indicator.text("aggregation") != "total" or not is_understood(indicator, plan):
        return
    sources = [source for _, source in inputs(indicator, plan)]
    if any(sums := [is_sum(source, plan) for source in sources]) and not all(sums):
        yield "input_a", "some of them add up over months and some do not: a total is of one sort"
    elif not any(sums) and not is_level(indicator, plan):
        codes = ", ".join(source.text("indicator_code") for source in sources if not is_level(source, plan))
        yield "input_a", f"{codes}: only what adds up over months (sum) or is a level can be added up"


@each(INDICATORS)
def frequency_of_inputs(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """A derived indicator has a figure as seldom as the one of its inputs that is reported most seldom."""
    frequency = indicator.text("frequency")
    if indicator.text("aggregation") not in DERIVED or not is_understood(indicator, plan):
        return
    of_inputs = {source.text("frequency") for source in reported(indicator, plan)}
    if not frequency or not of_inputs or "" in of_inputs:
        return
    coarsest = max(of_inputs, key=_FREQUENCIES.index)
    if frequency != coarsest:
        yield "frequency", f"its inputs have a figure {coarsest}, so it has none {frequency}"


@each(INDICATORS)
def derived_unit(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """Growth is in %, a total in its inputs' unit; a difference or an increment too, or in points of %."""
    aggregation, unit = indicator.text("aggregation"), indicator.text("unit")
    if aggregation == "growth" and unit not in {"%", ""}:
        yield "unit", f"{unit!r} is not the unit of a growth, which is %"
    if aggregation not in {"difference", "increment", "total"} or not unit:
        return
    for column, source in inputs(indicator, plan):
        of_input = source.text("unit")
        if of_input and unit != _derived_unit(aggregation, of_input):
            yield "unit", f"{unit!r} is not the unit of a {aggregation} of {column}, in {of_input!r}"


def _derived_unit(aggregation: str, unit: str) -> str:
    return _POINTS if unit == "%" and aggregation != "total" else unit


def _inputs(plan: Plan) -> dict[str, list[str]]:
    return {code: input_codes(row) for code, row in plan.indicators.items()}


@whole
def derivation_cycle(plan: Plan) -> Iterator[PlaceFinding]:
    """No indicator is derived from itself."""
    for path in cycles(_inputs(plan)):
        row = plan.indicators[path[0]]
        column = "input_a" if path[1] in row.codes("input_a") else "input_b"
        yield row, column, f"the indicators are derived from each other: {' → '.join(path)}"


@whole
def derivation_too_deep(plan: Plan) -> Iterator[PlaceFinding]:
    """A chain of derivations has at most four steps."""
    for code, depth in depths(_inputs(plan)).items():
        if depth > _DEEPEST and code in plan.indicators:
            yield (
                plan.indicators[code],
                "input_a",
                f"{code} is {depth} derivations deep: {_DEEPEST} are the most",
            )
