"""Rules of a target's window, area and repetition."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.periods import Period
from warehouse.plan.derivation import reported
from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, each
from warehouse.plan.shapes import TARGETS
from warehouse.plan.years import MONTHS


def window(target: Row) -> tuple[Period, Period] | None:
    """Return the first and the last month of a target's window, where both can be read and are in order."""
    start, end = target.period("window_start"), target.period("window_end")
    return (start, end) if start and end and start <= end else None


@each(TARGETS)
def window_reversed(target: Row, _plan: Plan) -> Iterator[Finding]:
    """A window does not end before it begins."""
    start, end = target.period("window_start"), target.period("window_end")
    if start and end and end < start:
        yield "window_end", f"the window ends in {end}, before it begins in {start}"


@each(TARGETS)
def repeat_of_part_years(target: Row, plan: Plan) -> Iterator[Finding]:
    """What repeats yearly has a window of whole reporting years."""
    months, years = window(target), plan.years
    if target.text("repeat") != "yearly" or months is None or years is None:
        return
    if years.place(months[0]) != 1:
        reason = f"a year begins in month {years.starts}, and a yearly target's window with it"
        yield "window_start", f"{reason}, not in {months[0]}"
    if years.place(months[1]) != MONTHS:
        (last,) = years.due_months("annual")
        reason = f"a year ends with month {last}, and a yearly target's window with it"
        yield "window_end", f"{reason}, not in {months[1]}"


@each(TARGETS)
def year_comparison_over_years(target: Row, _plan: Plan) -> Iterator[Finding]:
    """What declines or rises is set against the year before, so a window of several years repeats yearly."""
    months = window(target)
    comparator = target.text("comparator")
    if comparator not in {"declines", "rises"} or months is None or target.text("repeat") != "none":
        return
    if months[1] - months[0] >= MONTHS:
        yield "repeat", f"{comparator} compares one year with the one before: repeat it yearly"


@each(TARGETS)
def window_ends_undue(target: Row, plan: Plan) -> Iterator[Finding]:
    """A window ends in a month for which the indicator is due, or its last figure would never come."""
    indicator, end, years = plan.indicator_of(target), target.period("window_end"), plan.years
    frequency = indicator.text("frequency") if indicator else ""
    if end and years and frequency and not years.is_due(end, frequency):
        months = ", ".join(str(month) for month in years.due_months(frequency))
        yield (
            "window_end",
            f"no figure is due for {end}: a {frequency} indicator has one for the months {months}",
        )


@each(TARGETS)
def area_not_reported(target: Row, plan: Plan) -> Iterator[Finding]:
    """A target of a subdistrict is judged by figures that are reported by subdistrict."""
    area, indicator = plan.areas.get(target.text("area_code")), plan.indicator_of(target)
    if area is None or indicator is None or area.text("level") in {"district", ""}:
        return
    if area.text("level") == "community":
        yield "area_code", f"{area.text('area_code')} is a community, and nothing is reported by community"
    elif any(source.text("reporting_level") == "district" for source in reported(indicator, plan)):
        code = indicator.text("indicator_code")
        yield "area_code", f"{area.text('area_code')} is a subdistrict, and {code} is reported by district"
