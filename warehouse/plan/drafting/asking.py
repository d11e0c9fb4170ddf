"""What a figure's words ask: the comparator, and whether it is a change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from warehouse.plan.drafting.exclusions import Context
from warehouse.plan.drafting.figures import PERCENT, Figure
from warehouse.plan.drafting.language import Language

GROWTH, DECLINE, POINTS = "growth", "decline", "points"


@dataclass(frozen=True)
class Asked:
    """What is asked of a figure."""

    comparator: str
    value: Decimal
    upper: Decimal | None
    unit: str
    change: str
    is_stated: bool
    """Whether words name the comparator."""


def asked_of(figure: Figure, context: Context, language: Language) -> Asked:
    """Return what the words around a figure ask of it."""
    change = _change(figure, context, language)
    value, upper, unit = figure.value, figure.upper, figure.unit
    if unit == language.value("values", "times_word") and change == GROWTH:
        value, change = value + 1, ""
    comparator = _comparator(context, language)
    if upper is not None:
        return Asked("between", value, upper, unit, change, is_stated=True)
    is_cap = language.pattern("comparators", "caps").search(context.before)
    if is_cap and change != DECLINE and comparator in ("", "at_least") and not _says_more(context, language):
        return Asked("at_most", value, None, unit, change, is_stated=False)
    return Asked(comparator or "at_least", value, None, unit, change, is_stated=bool(comparator))


def _comparator(context: Context, language: Language) -> str:
    for rule in language.rules("comparators", "after"):
        if rule.pattern.match(context.after):
            is_capped = rule.facts["comparator"] == "at_least" and _before(context, language) == "at_most"
            return "at_most" if is_capped else str(rule.facts["comparator"])
    return _before(context, language)


def _before(context: Context, language: Language) -> str:
    for rule in language.rules("comparators", "before"):
        if rule.pattern.search(context.before):
            return str(rule.facts["comparator"])
    return ""


def _says_more(context: Context, language: Language) -> bool:
    return any(
        rule.facts["comparator"] == "at_least" and rule.pattern.match(context.after)
        for rule in language.rules("comparators", "after")
    )


def _change(figure: Figure, context: Context, language: Language) -> str:
    """Return which change a figure is: by how many points, percent or times."""
    is_share = figure.unit in (PERCENT, language.value("values", "times_word"))
    is_points = figure.unit == language.value("values", "percent_point_unit")
    if not (is_share or is_points):
        return ""
    if language.pattern("changes", "decline").search(context.before):
        return DECLINE
    if is_points:
        return POINTS
    return GROWTH if language.pattern("changes", "growth").search(context.before) else ""
