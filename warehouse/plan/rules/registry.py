"""The register of rules. A rule is a small function; its name is the code of the faults that it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from warehouse.plan.columns import Table
from warehouse.plan.faults import Fault
from warehouse.plan.folder import Plan, Row

Finding = tuple[str, str]
"""The column at fault, and the reason."""
PlaceFinding = tuple[Row, str, str]
"""The row and the column at fault, and the reason."""
RowRule = Callable[[Row, Plan], Iterator[Finding]]
PlanRule = Callable[[Plan], Iterator[PlaceFinding]]

RULES: dict[str, Callable[[Plan], Iterator[Fault]]] = {}
"""Every rule by the code of its faults."""


def each(table: Table) -> Callable[[RowRule], RowRule]:
    """Register a rule that is asked of every row of a table."""

    def register(rule: RowRule) -> RowRule:
        def faults(plan: Plan) -> Iterator[Fault]:
            for row in plan.of(table):
                for column, reason in rule(row, plan):
                    yield row.fault(column, rule.__name__, reason)

        RULES[rule.__name__] = faults
        return rule

    return register


def whole(rule: PlanRule) -> PlanRule:
    """Register a rule that looks at the whole plan at once."""

    def faults(plan: Plan) -> Iterator[Fault]:
        for row, column, reason in rule(plan):
            yield row.fault(column, rule.__name__, reason)

    RULES[rule.__name__] = faults
    return rule
