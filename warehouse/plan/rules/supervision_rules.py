"""Rules of supervision: levels from 1 up, one name and light each, none reached sooner than the one below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import SUPERVISION_RULES

_RANGES = {"level": (1, 9), "months_in_row": (1, 99), "from_month": (1, 12)}


@each(SUPERVISION_RULES)
def supervision_number_out_of_range(rule: Row, _plan: Plan) -> Iterator[Finding]:
    """Levels are 1 to 9, months in a row 1 to 99, and the first month of a reporting year 1 to 12."""
    for column, (low, high) in _RANGES.items():
        number = rule.integer(column)
        if number is not None and not low <= number <= high:
            yield column, f"{number} is not between {low} and {high}"


@whole
def supervision_level_looks_different(plan: Plan) -> Iterator[PlaceFinding]:
    """A level has one name and one light, whatever status leads to it."""
    first: dict[int | None, Row] = {}
    for rule in plan.of(SUPERVISION_RULES):
        if rule.integer("level") is None:
            continue
        known = first.setdefault(rule.integer("level"), rule)
        for column in ("level_name_zh", "light"):
            if rule.is_filled(column) and rule.text(column) != known.text(column):
                reason = f"the level is {known.text(column)} in line {known.line}: a level looks the same"
                yield rule, column, reason


@whole
def supervision_level_reached_sooner(plan: Plan) -> Iterator[PlaceFinding]:
    """A status reaches a higher level after no fewer months than a lower one."""
    by_status: defaultdict[str, list[tuple[int, int, Row]]] = defaultdict(list)
    for rule in plan.of(SUPERVISION_RULES):
        level, months = rule.integer("level"), rule.integer("months_in_row")
        if level is not None and months is not None and rule.is_filled("status"):
            by_status[rule.text("status")].append((level, months, rule))
    for status, rules in by_status.items():
        ordered = sorted(rules, key=lambda one: one[0])
        for (low, sooner, _), (level, months, rule) in pairwise(ordered):
            if months < sooner:
                yield (
                    rule,
                    "months_in_row",
                    f"{status} reaches level {level} after {months} months and level {low} after {sooner}",
                )
