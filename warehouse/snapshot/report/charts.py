"""A window's trend as inline SVG, rendered by Vega at build time; the page needs no script to show it."""

from __future__ import annotations

import json
from math import ceil
from typing import Any

from warehouse.snapshot.month import Row

_WIDTH, _HEIGHT = 420, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 14, 10, 22
_INK, _LINE, _PALE = "#1f2a37", "#7a828e", "#dfe3e8"
_FEW_POINTS = 4
_AXIS = {
    "aria": False,
    "labelFont": "sans-serif",
    "labelFontSize": 11,
    "labelColor": "#4b5563",
    "ticks": False,
}
# Millions do not fit beside the drawing: they are written in 万 and 亿, as the district does.
_HEIGHT_LABEL = (
    "abs(datum.value) < 1e6 ? format(datum.value, ',~f') : "
    "abs(datum.value) < 1e8 ? format(datum.value / 1e4, ',~f') + '万' : "
    "format(datum.value / 1e8, ',~f') + '亿'"
)


def trend_chart(progress: Row, trend: list[Row]) -> str | None:
    """Draw how the figure ran against its pace line, to the target and the forecast; None where it has none.

    `progress` is one row of `Month.figures`, `trend` its rows of `Month.trends`. The same rows give the same
    bytes on any machine: nothing is measured by the fonts that it has.
    """
    if all(row["actual_value"] is None for row in trend):
        return None
    import vl_convert

    drawing: str = vl_convert.vega_to_svg(_specification(progress, trend))
    return drawing.replace(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"',
        "<svg",
    )


def _specification(progress: Row, trend: list[Row]) -> dict[str, Any]:
    judged = next(place for place, row in enumerate(trend) if row["is_judged"])
    data = _data(progress, trend, judged)
    heights = [
        one[name]
        for values in data.values()
        for one in values
        for name in ("actual", "expected", "value")
        if one.get(name) is not None
    ]
    return {
        "width": _WIDTH - _LEFT - _RIGHT,
        "height": _HEIGHT - _TOP - _BOTTOM,
        "autosize": "none",
        "padding": {"left": _LEFT, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        "data": [{"name": name, "values": values} for name, values in data.items()],
        "scales": [
            {"name": "x", "type": "linear", "domain": [0, max(len(trend) - 1, 1)], "range": "width"},
            {"name": "y", "type": "linear", "domain": _domain(heights), "range": "height", "zero": False},
        ],
        "axes": _axes(trend, judged),
        "marks": [
            _line("line", "expected", {"stroke": {"value": _LINE}, "strokeDash": {"value": [4, 3]}}),
            _rule("target"),
            _line("ahead", "value", {"stroke": {"value": _INK}, "strokeDash": {"value": [1, 3]}}),
            _line("reported", "actual", {"stroke": {"value": _INK}, "strokeWidth": {"value": 2.2}}),
            _dots("lone", "expected", {"fill": {"value": "#ffffff"}, "stroke": {"value": _LINE}}),
            _dots("dots", "actual", {"fill": {"value": _INK}, "stroke": {"value": "#ffffff"}}),
        ],
    }


def _data(progress: Row, trend: list[Row], judged: int) -> dict[str, list[dict[str, Any]]]:
    """Return what is drawn, by the name of its mark; `place` counts the window's months from 0."""
    reported = _points(trend, "actual")
    line = _points(trend, "expected")
    target, actual = _number(progress["target_value"]), _number(progress["actual_value"])
    forecast, end = _number(progress["forecast_value"]), len(trend) - 1
    has_way_ahead = forecast is not None and actual is not None and judged < end
    return {
        "reported": reported,
        "line": line,
        "ahead": [{"place": judged, "value": actual}, {"place": end, "value": forecast}] * has_way_ahead,
        "target": [] if target is None else [{"value": target}],
        "dots": reported if len(reported) <= _FEW_POINTS else reported[-1:],
        "lone": line if len(line) == 1 else [],
    }


def _points(trend: list[Row], kind: str) -> list[dict[str, Any]]:
    return [
        {"place": place, kind: _number(row[f"{kind}_value"])}
        for place, row in enumerate(trend)
        if row[f"{kind}_value"] is not None
    ]


def _number(value: Any) -> float | None:
    """Return where a figure lies on the drawing; what is written beside it stays a Decimal."""
    return None if value is None else float(value)


def _domain(heights: list[float]) -> list[float]:
    """Span the figures, from zero where they leave no more than half of the height empty."""
    low, high = min(heights), max(heights)
    if 0 <= low <= high / 2:
        low = 0
    room = (high - low) or abs(high) or 1
    return [low if low == 0 else low - room * 0.1, high + room * 0.06]


def _axes(trend: list[Row], judged: int) -> list[dict[str, Any]]:
    months = {
        "orient": "bottom",
        "scale": "x",
        "labelPadding": 6,
        "labelOverlap": False,
        "domainColor": _LINE,
    }
    heights = {"orient": "left", "scale": "y", "tickCount": 3, "domain": False, "grid": True}
    return [
        _AXIS | months | _month_labels(trend, judged),
        _AXIS
        | heights
        | {"gridColor": _PALE, "labelPadding": 8}
        | _labels({"text": {"signal": _HEIGHT_LABEL}}),
    ]


def _month_labels(trend: list[Row], judged: int) -> dict[str, Any]:
    """Name the first month, the last, and the one judged where it has room between them."""
    end = len(trend) - 1
    near = max(ceil(end / 5), 1)
    places = sorted({0, end} | ({judged} if near <= judged <= end - near else set()))
    names = json.dumps({place: trend[place]["month"] for place in places})
    side = f"!datum.value ? 'left' : datum.value < {end} ? 'center' : 'right'"
    look = {"text": {"signal": f"({names})[datum.value]"}, "align": {"signal": side}}
    return {"values": places} | _labels(look)


def _labels(look: dict[str, Any]) -> dict[str, Any]:
    return {"encode": {"labels": {"update": look}}}


def _line(data: str, field: str, look: dict[str, Any]) -> dict[str, Any]:
    placed = {"x": {"scale": "x", "field": "place"}, "y": {"scale": "y", "field": field}}
    return {
        "type": "line",
        "aria": False,
        "from": {"data": data},
        "encode": {"enter": placed | {"strokeWidth": {"value": 1.4}} | look},
    }


def _rule(data: str) -> dict[str, Any]:
    return {
        "type": "rule",
        "aria": False,
        "from": {"data": data},
        "encode": {
            "enter": {
                "x": {"value": 0},
                "x2": {"signal": "width"},
                "y": {"scale": "y", "field": "value"},
                "stroke": {"value": "#9b1c1c"},
                "strokeWidth": {"value": 1},
            }
        },
    }


def _dots(data: str, field: str, look: dict[str, Any]) -> dict[str, Any]:
    placed = {"x": {"scale": "x", "field": "place"}, "y": {"scale": "y", "field": field}}
    return {
        "type": "symbol",
        "aria": False,
        "from": {"data": data},
        "encode": {"enter": placed | {"size": {"value": 42}} | look},
    }
