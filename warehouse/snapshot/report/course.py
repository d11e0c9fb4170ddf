"""How the counts of a month came about: each of them over twelve months, as a small line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from warehouse.periods import Period
from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.report.charts import drawn
from warehouse.snapshot.wording import GROUPS, NO_FIGURE

MONTHS = 12
_WIDTH, _HEIGHT, _ROOM = 112, 26, 3


@dataclass(frozen=True)
class Course:
    """The running windows of one group of statuses, month by month, the oldest first."""

    months: list[str]
    """YYYY-MM, the month of the report last."""
    counts: list[int | None]
    """None where the month has no edition."""
    line: Markup
    """The counts as inline SVG, in the colour of its surroundings, from zero up."""

    @property
    def words(self) -> str:
        """What the line shows, for those who do not see it."""
        counts = ", ".join(NO_FIGURE if count is None else str(count) for count in self.counts)
        return f"{self.months[0]}–{self.months[-1]}: {counts}"


def courses_of(month: Month, earlier: Mapping[str, Row]) -> dict[str, Course]:
    """Return the course of each group that running windows can be in, by its code; empty without a past.

    `earlier` are the district's rows of `Month.standings` in the editions of earlier months, by YYYY-MM.
    """
    last = Period.parse(month.period)
    months = [str(one) for one in (last + (1 - MONTHS)).through(last)]
    known = {name: row for name, row in earlier.items() if name in months}
    if not known:
        return {}
    known[month.period] = month.standing("district")[0]
    found = {}
    for group in GROUPS:
        if group.is_of_running:
            counts = [known[name][group.running_column] if name in known else None for name in months]
            found[group.code] = Course(months, counts, _line(counts))
    return found


def _line(counts: list[int | None]) -> Markup:
    points = [{"place": place, "count": count} for place, count in enumerate(counts)]
    ends = [point for point in points if point["count"] is not None][-1:]
    drawing = drawn(json.dumps(_specification(points, ends, max(count or 0 for count in counts))))
    return Markup(drawing)  # noqa: S704 - drawn by Vega from numbers


def _specification(points: list[dict[str, Any]], ends: list[dict[str, Any]], most: int) -> dict[str, Any]:
    placed = {"x": {"scale": "x", "field": "place"}, "y": {"scale": "y", "field": "count"}}
    colour = {"value": "currentColor"}
    line = {"defined": {"signal": "isValid(datum.count)"}, "stroke": colour, "strokeWidth": {"value": 1.6}}
    line |= {"strokeCap": {"value": "round"}}
    dot = {"fill": colour, "size": {"value": 18}}
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "autosize": "none",
        "padding": _ROOM,
        "data": [{"name": "points", "values": points}, {"name": "ends", "values": ends}],
        "scales": [
            {"name": "x", "domain": [0, MONTHS - 1], "range": "width"},
            {"name": "y", "domain": [0, max(most, 1)], "range": "height"},
        ],
        "marks": [_mark("line", "points", placed | line), _mark("symbol", "ends", placed | dot)],
    }


def _mark(kind: str, data: str, look: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "aria": False, "from": {"data": data}, "encode": {"enter": look}}
