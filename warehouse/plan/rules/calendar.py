"""Rules of the calendar of reporting: days off, working days moved to a weekend, and extensions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from warehouse.periods import Period
from warehouse.plan.folder import Plan, Row
from warehouse.plan.kinds import INTEGER, PERIOD
from warehouse.plan.rules.registry import Finding, each
from warehouse.plan.shapes import EXTENSIONS, HOLIDAYS

_SATURDAY = 6


@each(HOLIDAYS)
def workday_on_a_weekday(row: Row, _plan: Plan) -> Iterator[Finding]:
    """Only a Saturday or a Sunday has to be made a working day."""
    day = row.day("day")
    if day and row.text("kind") == "workday" and day.isoweekday() < _SATURDAY:
        yield "kind", f"{day} is a working day anyhow: list only weekends that are worked (调休上班)"


@each(EXTENSIONS)
def extension_too_short(extension: Row, plan: Plan) -> Iterator[Finding]:
    """An extension is later than the day that it extends."""
    period, deadline = extension.period("period"), extension.day("deadline")
    ordinary = _ordinary(period, plan) if period else None
    if deadline and ordinary and deadline <= ordinary:
        yield "deadline", f"{deadline} is not after {ordinary}, when {period} is due without an extension"


@each(EXTENSIONS)
def extension_of_nothing(extension: Row, plan: Plan) -> Iterator[Finding]:
    """What is extended is a month that is reported."""
    period, first = extension.period("period"), PERIOD.parse(plan.setting("reporting_starts"))
    if period and isinstance(first, Period) and period < first:
        yield "period", f"{period} is before {first}, the first month that is reported"


def _ordinary(period: Period, plan: Plan) -> date | None:
    number = INTEGER.parse(plan.setting("deadline_day"))
    try:
        return (period + 1).day(number) if isinstance(number, int) else None
    except ValueError:
        return None
