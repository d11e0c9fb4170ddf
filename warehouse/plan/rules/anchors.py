"""Rules of anchors: the one-year target through which a longer one's line bends."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.derivation import is_level
from warehouse.plan.folder import Plan, Row
from warehouse.plan.graphs import cycles
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.rules.windows import window
from warehouse.plan.shapes import TARGETS


def _anchor(target: Row, plan: Plan) -> Row | None:
    return plan.targets.get(target.text("anchor_target_code"))


@each(TARGETS)
def anchor_without_line(target: Row, _plan: Plan) -> Iterator[Finding]:
    """Only a straight line of one window bends through an anchor."""
    if not target.is_filled("anchor_target_code"):
        return
    if target.text("pace") not in {"linear", ""}:
        yield "anchor_target_code", f"the pace {target.text('pace')} has no line to bend: only linear has"
    if target.text("repeat") == "yearly":
        yield "anchor_target_code", "a target that repeats yearly has no slice of its window to bend through"


@each(TARGETS)
def anchor_of_another_figure(target: Row, plan: Plan) -> Iterator[Finding]:
    """An anchor is of the same indicator and area, and has a figure."""
    anchor = _anchor(target, plan)
    if anchor is None:
        return
    code = anchor.text("target_code")
    for column in ("indicator_code", "area_code"):
        if anchor.text(column) and target.text(column) and anchor.text(column) != target.text(column):
            yield (
                "anchor_target_code",
                f"{code} is of {anchor.text(column)}, this target of {target.text(column)}",
            )
    if anchor.is_empty("target_value"):
        yield "anchor_target_code", f"{code} has no target_value to bend through"


@each(TARGETS)
def anchor_that_repeats(target: Row, plan: Plan) -> Iterator[Finding]:
    """An anchor is one slice of its target's window, not one of every year."""
    anchor = _anchor(target, plan)
    if anchor is not None and anchor.text("repeat") == "yearly":
        yield "anchor_target_code", f"{anchor.text('target_code')} repeats yearly: an anchor is of one window"


@each(TARGETS)
def anchor_beyond_target(target: Row, plan: Plan) -> Iterator[Finding]:
    """A line bends on its way to its target, so an anchor's figure is not beyond that of the target."""
    anchor, indicator = _anchor(target, plan), plan.indicator_of(target)
    bend, goal = anchor.number("target_value") if anchor else None, target.number("target_value")
    if anchor is None or indicator is None or bend is None or goal is None:
        return
    comes_down = target.text("comparator") in {"at_most", "below"} and is_level(indicator, plan)
    if (bend < goal) if comes_down else (bend > goal):
        side = "below" if comes_down else "above"
        yield (
            "anchor_target_code",
            f"{anchor.text('target_code')} has {bend}, {side} the {goal} that this target is to reach",
        )


@each(TARGETS)
def anchor_outside_window(target: Row, plan: Plan) -> Iterator[Finding]:
    """An anchor's window begins with its target's and ends before it."""
    anchor = _anchor(target, plan)
    inner, outer = window(anchor) if anchor else None, window(target)
    if anchor is None or inner is None or outer is None or anchor is target:
        return
    code = anchor.text("target_code")
    if inner[1] >= outer[1]:
        yield "anchor_target_code", f"{code} ends in {inner[1]}, not before this target's end, {outer[1]}"
    elif inner[0] != outer[0]:
        yield (
            "anchor_target_code",
            f"{code} begins in {inner[0]}, this target in {outer[0]}: both begin together",
        )


@each(TARGETS)
def anchor_superseded(target: Row, plan: Plan) -> Iterator[Finding]:
    """An anchor is a target in force."""
    anchor = _anchor(target, plan)
    if anchor is not None and anchor.is_filled("superseded_by") and target.is_empty("superseded_by"):
        successor = anchor.text_as_written("superseded_by")
        yield (
            "anchor_target_code",
            f"{anchor.text('target_code')} is superseded by {successor}: anchor in that",
        )


@whole
def anchor_cycle(plan: Plan) -> Iterator[PlaceFinding]:
    """No target is anchored, in the end, in itself."""
    anchors = {code: [name] for code, row in plan.targets.items() if (name := row.text("anchor_target_code"))}
    for path in cycles(anchors):
        yield plan.targets[path[0]], "anchor_target_code", f"anchors close on themselves: {' → '.join(path)}"
