"""Rules of a target's comparator and judgement: what its indicator cannot be held to."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.completion import MILESTONES
from warehouse.plan.derivation import DERIVED, is_sum
from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import TARGET_REVISIONS, TARGETS

_UPWARD = frozenset({"at_least", "above", "rises"})
_DOWNWARD = frozenset({"at_most", "below", "zero", "declines"})
_STATEMENT = tuple(
    column.name
    for column in TARGETS.columns
    if column.name not in {"target_code", "note_zh", "superseded_by"}
)
"""What makes a target the same as another, whatever code and note it was given."""
_BOUNDS = {"value_min": 0, "value_max": 100}


@each(TARGETS)
def comparator_impossible(target: Row, plan: Plan) -> Iterator[Finding]:
    """Zero is of what is counted, a milestone is a reported progress in %, a change is of no change."""
    indicator, comparator = plan.indicator_of(target), target.text("comparator")
    if indicator is None:
        return
    code, unit = indicator.text("indicator_code"), indicator.text("unit")
    aggregation = indicator.text("aggregation")
    if comparator == "zero" and (unit == "%" or aggregation not in {"sum", "last", "total", ""}):
        yield "comparator", f"zero is of what is counted: {code} is a {aggregation} in {unit!r}"
    if comparator in MILESTONES and (unit not in {"%", ""} or aggregation not in {"last", ""}):
        yield (
            "comparator",
            f"{comparator} is a progress reported in % (last): {code} is a {aggregation} in {unit!r}",
        )
    if comparator in {"declines", "rises"} and aggregation in DERIVED - {"quotient", "total"}:
        yield (
            "comparator",
            f"{comparator} is a change against the year before: {code} is a {aggregation} already",
        )


@whole
def milestone_shared(plan: Plan) -> Iterator[PlaceFinding]:
    """An indicator of reported progress is judged by nothing else."""
    milestones = {
        code
        for target in plan.of(TARGETS)
        if target.text("comparator") in MILESTONES and (code := target.text("indicator_code"))
    }
    for target in plan.of(TARGETS):
        comparator, code = target.text("comparator"), target.text("indicator_code")
        if code in milestones and comparator and comparator not in MILESTONES:
            yield (
                target,
                "comparator",
                f"{code} is the progress of a milestone elsewhere: it cannot be {comparator}",
            )


@whole
def target_twice(plan: Plan) -> Iterator[PlaceFinding]:
    """No target is there twice under two codes, but for those that gave way to another."""
    revised = {revision.text("target_code") for revision in plan.of(TARGET_REVISIONS)}
    first: dict[tuple[str, ...], Row] = {}
    for target in plan.of(TARGETS):
        code = target.text("target_code")
        if not target.is_empty("superseded_by") or code in revised or not target.text("quote_zh"):
            continue
        statement = tuple(target.text_as_written(column) for column in _STATEMENT)
        known = first.setdefault(statement, target)
        if known.key != target.key:
            reason = f"{known.key[0]} in line {known.line} says the same in every column: keep one"
            yield target, "target_code", reason


@each(TARGETS)
def milestone_out_of_bounds(target: Row, plan: Plan) -> Iterator[Finding]:
    """Reported progress goes from 0 to 100."""
    indicator = plan.indicator_of(target)
    if indicator is None or target.text("comparator") not in MILESTONES:
        return
    for column, bound in _BOUNDS.items():
        value = indicator.number(column)
        if value != bound and (value is not None or indicator.is_empty(column)):
            code = indicator.text("indicator_code")
            yield (
                "indicator_code",
                f"progress goes from 0 to 100: the {column} of {code} is {value}, not {bound}",
            )


@each(TARGETS)
def comparator_against_favour(target: Row, plan: Plan) -> Iterator[Finding]:
    """A comparator looks the way that its indicator favours."""
    indicator, comparator = plan.indicator_of(target), target.text("comparator")
    if indicator is None:
        return
    favourable = indicator.text("favourable")
    if (comparator in _UPWARD and favourable == "down") or (comparator in _DOWNWARD and favourable == "up"):
        code = indicator.text("indicator_code")
        yield "comparator", f"{comparator} goes against {code}, which is favourable {favourable}"


@each(TARGETS)
def judged_impossible(target: Row, plan: Plan) -> Iterator[Finding]:
    """Met for good once reached is what stays reached; a milestone is not held throughout."""
    comparator, judged = target.text("comparator"), target.text("judged")
    indicator = plan.indicator_of(target)
    accumulates = indicator is not None and is_sum(indicator, plan)
    capped_total = comparator in {"at_most", "below"} and accumulates
    if judged == "as_reached" and (comparator in {"zero", "declines", "rises"} or capped_total):
        yield (
            "judged",
            f"{comparator} is never met for good before its window ends: judge it at_end or throughout",
        )
    if judged == "throughout" and comparator in MILESTONES:
        yield "judged", f"{comparator} is reached at its end: judge it as_reached or at_end"
