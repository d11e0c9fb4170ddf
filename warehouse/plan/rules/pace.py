"""Rules of the pace line: which lines a target can have, and the profiles that are written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from warehouse.periods import Period
from warehouse.plan.folder import Plan, Row
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.rules.windows import window
from warehouse.plan.shapes import PACE_PROFILES, TARGETS

_COMPARISONS = frozenset({"growth", "multiple", "difference"})
_WHOLE = 100


@each(TARGETS)
def pace_impossible(target: Row, plan: Plan) -> Iterator[Finding]:
    """A straight line is of what builds up or starts from a base; a milestone has a profile or no line."""
    indicator, pace, comparator = plan.indicator_of(target), target.text("pace"), target.text("comparator")
    if comparator == "evidence" and pace not in {"none", ""}:
        yield "pace", f"evidence has no pace: {pace} cannot be, write none"
    elif comparator == "done" and pace not in {"none", "profile", ""}:
        yield "pace", f"a milestone has a profile or no pace line: {pace} cannot be"
    elif pace == "linear" and comparator in {"zero", "declines", "rises"}:
        yield "pace", f"{comparator} has no figure to move towards: linear cannot be"
    elif indicator and pace == "linear" and indicator.text("aggregation") in _COMPARISONS:
        compared = f"{indicator.text('indicator_code')} is a {indicator.text('aggregation')}"
        yield "pace", f"{compared}: it compares like with like and does not build up by months, so not linear"


@each(PACE_PROFILES)
def profile_out_of_range(point: Row, _plan: Plan) -> Iterator[Finding]:
    """What is expected is from 0 to 100 %."""
    expected = point.number("expected_pct")
    if expected is not None and not 0 <= expected <= _WHOLE:
        yield "expected_pct", f"{expected} is not from 0 to 100"


@each(PACE_PROFILES)
def profile_not_asked_for(point: Row, plan: Plan) -> Iterator[Finding]:
    """Only a target of pace profile has one."""
    target = plan.targets.get(point.text("target_code"))
    if target and target.text("pace") not in {"profile", ""}:
        yield "target_code", f"{point.text('target_code')} has the pace {target.text('pace')}, not profile"


@each(PACE_PROFILES)
def profile_outside_window(point: Row, plan: Plan) -> Iterator[Finding]:
    """A profile's months are in its target's window."""
    target, period = plan.targets.get(point.text("target_code")), point.period("period")
    months = window(target) if target else None
    if months and period and not months[0] <= period <= months[1]:
        yield "period", f"{period} is outside the window {months[0]} to {months[1]}"


@whole
def profile_missing(plan: Plan) -> Iterator[PlaceFinding]:
    """A target of pace profile has one; a month that it leaves out is where the last one was."""
    profiles = _profiles(plan)
    for code, target in plan.targets.items():
        if target.text("pace") == "profile" and code not in profiles and plan.is_whole(PACE_PROFILES):
            yield target, "pace", f"pace_profiles.csv has no month of {code}"


@whole
def profile_not_closed(plan: Plan) -> Iterator[PlaceFinding]:
    """A profile that has its window's last month (or a repeated year's) is at 100 % there."""
    for code, points in _profiles(plan).items():
        target = plan.targets.get(code)
        months = window(target) if target else None
        for period in sorted(points) if target and months else []:
            expected = points[period].number("expected_pct")
            if period == _last_month(period, target, plan) and expected is not None and expected < _WHOLE:
                reason = f"{expected} in the last month {period}: a window ends at 100"
                yield points[period], "expected_pct", reason


@whole
def profile_falls(plan: Plan) -> Iterator[PlaceFinding]:
    """What is expected never falls, but for the start of a year that repeats."""
    for code, points in _profiles(plan).items():
        target = plan.targets.get(code)
        for before, after in pairwise(sorted(points) if plan.years else []):
            first, second = points[before].number("expected_pct"), points[after].number("expected_pct")
            restarts = _last_month(before, target, plan) != _last_month(after, target, plan)
            if first is not None and second is not None and second < first and not restarts:
                yield points[after], "expected_pct", f"{second} is under the {first} of {before}"


def _last_month(period: Period, target: Row | None, plan: Plan) -> Period | None:
    """Return the last month of a target's window, or of the year of one that repeats, around a month."""
    if target is None or target.text("repeat") != "yearly":
        return target.period("window_end") if target else None
    return plan.years.last(plan.years.of(period)) if plan.years else None


def _profiles(plan: Plan) -> defaultdict[str, dict[Period, Row]]:
    profiles: defaultdict[str, dict[Period, Row]] = defaultdict(dict)
    for point in plan.of(PACE_PROFILES):
        period, code = point.period("period"), point.text("target_code")
        if period and code:
            profiles[code].setdefault(period, point)
    return profiles
