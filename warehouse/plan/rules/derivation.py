"""Rules of derived indicators: their inputs, and the chains that these make."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.folder import Plan, Row
from warehouse.plan.graphs import cycles, depths
from warehouse.plan.rules.indicators import DERIVED, TWO_INPUTS
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import INDICATORS

_DEEPEST = 4
_POINTS = "百分点"


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
    """What is reported has no inputs, and only a quotient and a difference have two."""
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
def derived_unit(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """Growth is in %; a difference or an increment is in its input's unit, or in points where that is %."""
    aggregation, unit = indicator.text("aggregation"), indicator.text("unit")
    if aggregation == "growth" and unit not in {"%", ""}:
        yield "unit", f"{unit!r} is not the unit of a growth, which is %"
    if aggregation not in {"difference", "increment"} or not unit:
        return
    for column, source in _sources(indicator, plan):
        if source.text("unit") and unit not in _difference_units(source.text("unit")):
            yield "unit", f"{unit!r} is not the unit of a difference of {column}, in {source.text('unit')!r}"


def _difference_units(unit: str) -> set[str]:
    return {_POINTS} if unit in {"%", _POINTS} else {unit}


def chain(indicator: Row, plan: Plan) -> list[Row]:
    """Return an indicator and all that it is derived from, each once."""
    found = [indicator]
    for row in found:  # it grows meanwhile
        for _, source in _sources(row, plan):
            if source not in found:
                found.append(source)
    return found


def _sources(indicator: Row, plan: Plan) -> Iterator[tuple[str, Row]]:
    """Yield the inputs of a derived indicator that are known, by their columns."""
    if indicator.text("aggregation") in DERIVED:
        for column in ("input_a", "input_b"):
            if source := plan.indicators.get(indicator.text(column)):
                yield column, source


def _inputs(plan: Plan) -> dict[str, list[str]]:
    return {
        code: [name for column in ("input_a", "input_b") if (name := row.text(column))]
        for code, row in plan.indicators.items()
    }


@whole
def derivation_cycle(plan: Plan) -> Iterator[PlaceFinding]:
    """No indicator is derived from itself."""
    for path in cycles(_inputs(plan)):
        row = plan.indicators[path[0]]
        column = "input_a" if row.text("input_a") == path[1] else "input_b"
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
