"""Rules of the thresholds: from the mildest status to the gravest, the last without a bound."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.folder import Plan
from warehouse.plan.rules.registry import PlaceFinding, whole
from warehouse.plan.shapes import STATUS_RULES

_ORDER = STATUS_RULES.column("status").words


@whole
def status_out_of_order(plan: Plan) -> Iterator[PlaceFinding]:
    """The statuses stand from on_track to far_behind, and none is left out."""
    rules = plan.of(STATUS_RULES)
    statuses = [rule.text("status") for rule in rules]
    if rules and plan.is_whole(STATUS_RULES) and tuple(dict.fromkeys(statuses)) != _ORDER:
        yield (
            rules[0],
            "status",
            f"the statuses are {', '.join(statuses)}: they are {', '.join(_ORDER)}, in this order",
        )


@whole
def status_bounds_not_increasing(plan: Plan) -> Iterator[PlaceFinding]:
    """Each status allows a wider lag than the one before it, the first none below 0."""
    rules = plan.of(STATUS_RULES)
    before = None
    for rule in rules:
        bound = rule.number("max_lag_pp")
        if bound is not None and bound < 0:
            yield rule, "max_lag_pp", f"{bound} is below 0: a lag is counted from 0 up"
        if bound is not None and before is not None and bound <= before:
            yield rule, "max_lag_pp", f"{bound} is not above the {before} of the status before"
        before = bound if bound is not None else before


@whole
def status_open_end(plan: Plan) -> Iterator[PlaceFinding]:
    """The last status, and no other, has no bound."""
    rules = plan.of(STATUS_RULES) if plan.is_whole(STATUS_RULES) else []
    for rule in rules:
        is_last = rule is rules[-1]
        if is_last and rule.is_filled("max_lag_pp"):
            yield rule, "max_lag_pp", "the last status takes every wider lag: leave its bound empty"
        if not is_last and rule.is_empty("max_lag_pp"):
            yield rule, "max_lag_pp", "only the last status may be without a bound"
