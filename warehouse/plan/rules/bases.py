"""Rules of base periods: what an indicator is measured from comes first, and has a figure."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.periods import Period
from warehouse.plan.derivation import chain, is_level, reported
from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.indicators import BASED
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.rules.windows import window
from warehouse.plan.shapes import INDICATORS
from warehouse.plan.years import Years

_YEAR = len("YYYY")


@each(INDICATORS)
def base_period_not_a_year(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """A multiple compares the year so far with the same months of a whole year."""
    base = indicator.text("base_period")
    if indicator.text("aggregation") == "multiple" and len(base) > _YEAR:
        yield "base_period", f"{base} is a month: a multiple is of a year, write {base[:_YEAR]}"


@each(INDICATORS)
def base_period_undue(indicator: Row, plan: Plan) -> Iterator[Finding]:
    """A month that is the base is one for which the figure is due, or it would never come."""
    base, years = indicator.text("base_period"), plan.years
    if len(base) <= _YEAR or years is None or indicator.text("aggregation") == "multiple":
        return
    for source in reported(indicator, plan):
        frequency = source.text("frequency")
        if frequency and not years.is_due(Period.parse(base), frequency):
            code = source.text("indicator_code")
            months = ", ".join(str(month) for month in years.due_months(frequency))
            yield (
                "base_period",
                f"no figure of {code} is due for {base}: {frequency} is for the months {months}",
            )


@whole
def base_period_after_window(plan: Plan) -> Iterator[PlaceFinding]:
    """A target is measured from a base that is known before its window ends."""
    faulty: set[str] = set()
    for target, indicator in plan.judged_targets():
        months = window(target)
        for row in _measured_from(target, indicator, plan):
            end, code = _end(row.text("base_period"), plan.years), row.text("indicator_code")
            if months and end and end >= months[1] and code not in faulty:
                faulty.add(code)
                reason = f"the base ends in {end}, not before {months[1]}, where the window of "
                yield row, "base_period", f"{reason}{target.text_as_written('target_code')} ends"


def _measured_from(target: Row, indicator: Row, plan: Plan) -> Iterator[Row]:
    """Yield the indicators whose base periods a target's figure or line starts from."""
    yield from (row for row in chain(indicator, plan) if row.text("aggregation") in BASED)
    if target.text("pace") == "linear" and is_level(indicator, plan):
        yield indicator


def _end(base: str, years: Years | None) -> Period | None:
    if not base or years is None:
        return None
    return years.last(int(base)) if len(base) == _YEAR else Period.parse(base)
