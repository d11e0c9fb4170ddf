"""Rules of who reports an indicator: one organization, or others for each area and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from warehouse.plan.derivation import DERIVED
from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import INDICATOR_REPORTERS, INDICATORS

_SILENT_KINDS = frozenset({"outside", "group"})


@each(INDICATORS)
def reporter_missing(indicator: Row, _plan: Plan) -> Iterator[Finding]:
    """Somebody reports every indicator that is not derived."""
    aggregation = indicator.text("aggregation")
    if aggregation and aggregation not in DERIVED and indicator.is_empty("organization_code"):
        yield "organization_code", f"{aggregation} is reported: name the organization that reports it"


@whole
def reporter_of_derived(plan: Plan) -> Iterator[PlaceFinding]:
    """Nobody reports a derived indicator."""
    for row, indicator in _reporters(plan):
        code, aggregation = row.text_as_written("organization_code"), indicator.text("aggregation")
        if aggregation in DERIVED and code:
            yield row, "organization_code", f"{aggregation} is derived: {code} cannot report it"


@whole
def reporter_without_inbox(plan: Plan) -> Iterator[PlaceFinding]:
    """Who reports is a body of the district, not one outside it and not a group of bodies."""
    for row, _ in _reporters(plan):
        organization = plan.organizations.get(row.text("organization_code"))
        if organization and organization.text("kind") in _SILENT_KINDS:
            code, kind = organization.text("organization_code"), organization.text("kind")
            yield row, "organization_code", f"{code} is of kind {kind}, which submits nothing"


@each(INDICATOR_REPORTERS)
def reporter_area_of_another_level(reporter: Row, plan: Plan) -> Iterator[Finding]:
    """An area has a reporter of its own where its level is the one that the indicator is reported by."""
    indicator = plan.indicators.get(reporter.text("indicator_code"))
    area = plan.areas.get(reporter.text("area_code"))
    wanted = indicator.text("reporting_level") if indicator else ""
    level = area.text("level") if area else ""
    if indicator and wanted and level and wanted != level:
        code = indicator.text("indicator_code")
        yield "area_code", f"{reporter.text('area_code')} is a {level}, and {code} is reported by {wanted}"


@each(INDICATOR_REPORTERS)
def reporter_span_reversed(reporter: Row, _plan: Plan) -> Iterator[Finding]:
    """A reporter's time does not end before it begins; where its end is empty it goes on."""
    first, last = reporter.period("from_period"), reporter.period("to_period")
    if first and last and last < first:
        yield "to_period", f"the time ends in {last}, before it begins in {first}"


@whole
def reporters_overlap(plan: Plan) -> Iterator[PlaceFinding]:
    """One organization at a time reports an indicator of an area."""
    reporters: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in plan.of(INDICATOR_REPORTERS):
        if row.has_key:
            reporters[row.text("indicator_code"), row.text("area_code")].append(row)
    for rows in reporters.values():
        for earlier, later in pairwise(sorted(rows, key=_first_month)):
            last, first = earlier.period("to_period"), later.period("from_period")
            if first and (earlier.is_empty("to_period") or (last and last >= first)):
                until = f"until {last}" if last else "without an end"
                yield later, "from_period", f"the reporter of line {earlier.line} is there {until} already"


def _first_month(reporter: Row) -> str:
    return reporter.text_as_written("from_period")


def _reporters(plan: Plan) -> Iterator[tuple[Row, Row]]:
    """Yield each row that names an organization as reporter, with the indicator that it is of."""
    yield from ((indicator, indicator) for indicator in plan.of(INDICATORS))
    for reporter in plan.of(INDICATOR_REPORTERS):
        if indicator := plan.indicators.get(reporter.text("indicator_code")):
            yield reporter, indicator
