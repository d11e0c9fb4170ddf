"""Rules of plan.csv: the keys of a plan, and what each may hold."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.clock import TIMEZONE
from warehouse.periods import Period
from warehouse.plan.folder import Plan, Row
from warehouse.plan.kinds import CODE, DATE, INTEGER, PERIOD, Kind
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import AREAS, SETTINGS, TARGETS

_NEEDED = ("plan_code", "title_zh", "issued_on", "area_code", "reporting_starts", "deadline_day", "timezone")
KEYS = (*_NEEDED, "year_starts", "attainment_decimals")
_KINDS: dict[str, Kind] = {
    "plan_code": CODE,
    "issued_on": DATE,
    "reporting_starts": PERIOD,
    "deadline_day": INTEGER,
    "year_starts": INTEGER,
    "attainment_decimals": INTEGER,
}
_RANGES = {"deadline_day": (1, 28), "year_starts": (1, 12), "attainment_decimals": (0, 2)}
"""The smallest and the largest of the whole numbers; every month has a 28th."""


@each(SETTINGS)
def unknown_setting(setting: Row, _plan: Plan) -> Iterator[Finding]:
    """Every key is one that a plan has."""
    if setting.text("key") and setting.text("key") not in KEYS:
        yield "key", f"{setting.text('key')!r} is no key of a plan, which are: {', '.join(KEYS)}"


@whole
def missing_setting(plan: Plan) -> Iterator[PlaceFinding]:
    """No key that every plan needs is missing."""
    rows = plan.of(SETTINGS)
    for key in _NEEDED:
        if rows and plan.is_whole(SETTINGS) and key not in plan.settings:
            yield rows[-1], "key", f"the key {key} is missing"


@each(SETTINGS)
def malformed_setting(setting: Row, _plan: Plan) -> Iterator[Finding]:
    """A value has the form that its key asks for."""
    kind = _KINDS.get(setting.text("key"))
    value = setting.text("value")
    if kind and value and kind.parse(value) is None:
        yield "value", f"{value!r} is malformed: write {kind.form}"


@each(SETTINGS)
def setting_out_of_range(setting: Row, _plan: Plan) -> Iterator[Finding]:
    """A deadline is a day that every month has, a year starts in a month, rates have two decimals at most."""
    key, number = setting.text("key"), INTEGER.parse(setting.text("value"))
    if key in _RANGES and isinstance(number, int):
        least, most = _RANGES[key]
        if not least <= number <= most:
            yield "value", f"{key} is a whole number from {least} to {most}, not {number}"


@each(SETTINGS)
def unsupported_timezone(setting: Row, _plan: Plan) -> Iterator[Finding]:
    """The plan's time is the one that the ledger keeps."""
    value = setting.text("value")
    if setting.text("key") == "timezone" and value and value != TIMEZONE:
        yield "value", f"{value!r} is not supported: the ledger keeps the time of {TIMEZONE}"


@each(SETTINGS)
def unknown_plan_area(setting: Row, plan: Plan) -> Iterator[Finding]:
    """The plan's area is the one that all others lie in."""
    value = setting.text("value")
    if setting.text("key") != "area_code" or not value or not plan.areas:
        return
    area = plan.areas.get(value)
    if area is None:
        if plan.is_whole(AREAS):
            yield "value", f"{value} is not in areas.csv"
    elif area.text("level") not in {"district", ""}:
        yield "value", f"{value} is a {area.text('level')}: a plan is of a district"


@each(SETTINGS)
def reporting_after_all_windows(setting: Row, plan: Plan) -> Iterator[Finding]:
    """Reporting starts while something is still to be judged."""
    first = _reporting_starts(setting)
    ends = [target.period("window_end") for target in plan.of(TARGETS)]
    known = [end for end in ends if end]
    if first and known and len(known) == len(ends) and plan.is_whole(TARGETS) and first > max(known):
        yield (
            "value",
            f"nothing would be judged: reporting starts in {first}, the last window ends in {max(known)}",
        )


def _reporting_starts(setting: Row) -> Period | None:
    if setting.text("key") != "reporting_starts":
        return None
    first = PERIOD.parse(setting.text("value"))
    return first if isinstance(first, Period) else None
