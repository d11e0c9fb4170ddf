"""Rules of the thresholds: for each pace from the mildest status to the gravest, the last without a bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import STATUS_RULES

_STATUSES = STATUS_RULES.column("status").words
_ORDERS = {"growing": _STATUSES, "level": _STATUSES[1:]}
"""The statuses of each pace: what shall hold all the time and does not hold is never on track."""


@each(STATUS_RULES)
def on_track_below_level(rule: Row, _plan: Plan) -> Iterator[Finding]:
    """What shall hold all the time and does not hold is never on track, however little it lacks."""
    if (rule.text("status"), rule.text("pace")) == ("on_track", "level"):
        yield "status", "on_track is no status of the pace level: what does not hold is behind"


@whole
def status_out_of_order(plan: Plan) -> Iterator[PlaceFinding]:
    """The statuses of a pace stand from the mildest to far_behind, and none is left out."""
    for pace, rules in _rules(plan).items():
        statuses = [rule.text("status") for rule in rules if rule.text("status") in _ORDERS[pace]]
        order = _ORDERS[pace]
        if plan.is_whole(STATUS_RULES) and tuple(dict.fromkeys(statuses)) != order:
            reason = f"the statuses of the pace {pace} are {', '.join(statuses)}: they are {', '.join(order)}"
            yield rules[0], "status", f"{reason}, in this order"


@whole
def status_bounds_not_increasing(plan: Plan) -> Iterator[PlaceFinding]:
    """Each status allows a wider lag than the one before it, the first none below 0."""
    for rules in _rules(plan).values():
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
    """The last status of a pace, and no other, has no bound."""
    for rules in _rules(plan).values() if plan.is_whole(STATUS_RULES) else ():
        for rule in rules:
            is_last = rule is rules[-1]
            if is_last and rule.is_filled("max_lag_pp"):
                yield rule, "max_lag_pp", "the last status takes every wider lag: leave its bound empty"
            if not is_last and rule.is_empty("max_lag_pp"):
                yield rule, "max_lag_pp", "only the last status may be without a bound"


def _rules(plan: Plan) -> Mapping[str, list[Row]]:
    """Return the thresholds of each pace, in the order of the file."""
    rules: defaultdict[str, list[Row]] = defaultdict(list)
    for rule in plan.of(STATUS_RULES):
        if pace := rule.text("pace"):
            rules[pace].append(rule)
    return rules
