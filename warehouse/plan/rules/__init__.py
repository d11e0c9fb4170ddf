"""The rules of a plan, one module a family; importing it registers them all."""

from warehouse.plan.rules import (
    anchors,
    areas,
    bases,
    calendar,
    commitments,
    derivation,
    indicators,
    organizations,
    pace,
    references,
    settings,
    status_rules,
    successors,
    targets,
    values,
    windows,
)
from warehouse.plan.rules.registry import RULES

__all__ = [
    "RULES",
    "anchors",
    "areas",
    "bases",
    "calendar",
    "commitments",
    "derivation",
    "indicators",
    "organizations",
    "pace",
    "references",
    "settings",
    "status_rules",
    "successors",
    "targets",
    "values",
    "windows",
]
