"""A window's trend as inline SVG, rendered by Vega at build time; the page needs no script to show it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

from warehouse.snapshot.month import Row

Point = dict[str, Any]
"""One row of a mark's data: its month's place, its height, its words."""
Look = dict[str, Any]
"""Where a mark's channels come from: a value, a field, a scale."""
Mark = dict[str, Any]

_WIDTH, _HEIGHT = 420, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 14, 10, 22
_INK, _LINE, _PALE, _RED = "#1f2a37", "#7a828e", "#dfe3e8", "#9b1c1c"
_FEW_POINTS = 4
_FEW_LEVELS = 3
_MILLION = 1_000_000
_FRACTIONS = re.compile(r"(\d\.\d)\d+(?=[^<>]*>)")
"""A place on the drawing finer than a tenth of a pixel; not a figure that is written on it."""
_LEFT_OUT = re.compile(
    r' xmlns(:xlink)?="[^"]*"| version="1.1"| class="[^"]*"| role="[^"]*"| aria-[a-z]+="[^"]*"'
    r'| font-[a-z]+="[^"]*"| fill="#4b5563"|<path class="(?:back|fore)ground"[^>]*/>'
)
_PIXEL = 0.5
"""Where a thin level line lies to be drawn as one row of pixels, not as two pale ones."""


def trend_chart(progress: Row, trend: list[Row]) -> str | None:
    """Say to Vega how the figure ran against its pace line, to the target and the forecast; None without one.

    `progress` is one row of `Month.figures`, `trend` its rows of `Month.trends`. Charts that look alike
    are the same text.
    """
    if all(row["actual_value"] is None for row in trend):
        return None
    return json.dumps(_specification(progress, trend))


def drawn(chart: str) -> str:
    """Draw a chart as SVG: the same bytes on any machine, since its fonts decide nothing.

    What the page's style says, and more than a tenth of a pixel, is left out: that is half of the bytes.
    """
    import vl_convert

    drawing: str = _FRACTIONS.sub(r"\1", vl_convert.vega_to_svg(chart))
    return _LEFT_OUT.sub("", drawing)


def _specification(progress: Row, trend: list[Row]) -> dict[str, Any]:
    """Levels and months are marks: Vega's axes would take longer than all the rest."""
    judged = next(place for place, row in enumerate(trend) if row["is_judged"])
    points = _points_of_marks(progress, trend, judged)
    heights = [height for marked in points.values() for point in marked for height in _heights(point)]
    domain = _domain(heights)
    data = points | {"levels": _levels(*domain), "months": _months(trend, judged)}
    return {
        "width": _WIDTH - _LEFT - _RIGHT,
        "height": _HEIGHT - _TOP - _BOTTOM,
        "autosize": "none",
        "padding": {"left": _LEFT, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        "data": [{"name": name, "values": values} for name, values in data.items()],
        "scales": [
            {"name": "x", "type": "linear", "domain": [0, max(len(trend) - 1, 1)], "range": "width"},
            {"name": "y", "type": "linear", "domain": domain, "range": "height", "zero": False},
        ],
        "marks": [
            _rule("levels", {"stroke": {"value": _PALE}}),
            _base_line(),
            _words("levels", {"x": {"value": -8}, "y": _on("y", "value", 3), "align": {"value": "right"}}),
            _words("months", {"x": _on("x", "place"), "y": _below(15), "align": {"field": "align"}}),
            _line("line", "expected", {"stroke": {"value": _LINE}, "strokeDash": {"value": [4, 3]}}),
            _rule("target", {"stroke": {"value": _RED}}),
            _line("ahead", "value", {"stroke": {"value": _INK}, "strokeDash": {"value": [1, 3]}}),
            _line("reported", "actual", {"stroke": {"value": _INK}, "strokeWidth": {"value": 2.2}}),
            _dots("lone", "expected", {"fill": {"value": "#ffffff"}, "stroke": {"value": _LINE}}),
            _dots("dots", "actual", {"fill": {"value": _INK}, "stroke": {"value": "#ffffff"}}),
        ],
    }


def _points_of_marks(progress: Row, trend: list[Row], judged: int) -> dict[str, list[Point]]:
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


def _heights(point: Point) -> list[float]:
    return [point[name] for name in ("actual", "expected", "value") if point.get(name) is not None]


def _points(trend: list[Row], kind: str) -> list[Point]:
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


def _levels(low: float, high: float) -> list[Point]:
    """Choose some three heights that are easy to read, in steps of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / _FEW_LEVELS
    power = floor(log10(rough))
    step = Decimal(_round_step(rough / 10**power)).scaleb(power)
    first, last = ceil(Decimal(str(low)) / step), floor(Decimal(str(high)) / step)
    return [{"value": float(step * count), "text": _named(step * count)} for count in range(first, last + 1)]


def _round_step(step: float) -> int:
    """Return 1, 2, 5 or 10, whichever is nearest as a ratio to a step from 1 to 10."""
    return next((nice for nice, limit in ((1, 2), (2, 10), (5, 50)) if step * step < limit), 10)


def _named(level: Decimal) -> str:
    """Write a height; millions do not fit beside the drawing: 万 and 亿, as the district writes them."""
    units = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")) if abs(level) >= _MILLION else ()
    unit, word = next(((unit, word) for unit, word in units if abs(level) >= unit), (Decimal(1), ""))
    return f"{(level / unit).normalize():,f}{word}".replace("-", "−")


def _months(trend: list[Row], judged: int) -> list[Point]:
    """Name the first month, the last, and the one judged where it has room between them."""
    end = len(trend) - 1
    near = max(ceil(end / 5), 1)
    places = sorted({0, end} | ({judged} if near <= judged <= end - near else set()))
    return [{"place": place, "text": trend[place]["month"], "align": _side(place, end)} for place in places]


def _side(place: int, end: int) -> str:
    if place == 0:
        return "left"
    return "center" if place < end else "right"


def _on(scale: str, field: str, offset: float = 0) -> Look:
    return {"scale": scale, "field": field, "offset": offset}


def _below(pixels: float) -> Look:
    return {"signal": "height", "offset": pixels}


def _words(data: str, look: Look) -> Mark:
    font = {"font": {"value": "sans-serif"}, "fontSize": {"value": 11}, "fill": {"value": "#4b5563"}}
    return _mark("text", data, {"text": {"field": "text"}} | font | look)


def _base_line() -> Mark:
    """Draw the line that the months stand below."""
    ends = {"x2": {"signal": "width"}, "y": _below(_PIXEL)}
    return {"type": "rule", "aria": False, "encode": {"enter": ends | {"stroke": {"value": _LINE}}}}


def _line(data: str, field: str, look: Look) -> Mark:
    return _mark("line", data, _placed(field) | {"strokeWidth": {"value": 1.4}} | look)


def _rule(data: str, look: Look) -> Mark:
    across = {"x": {"value": 0}, "x2": {"signal": "width"}, "y": _on("y", "value", _PIXEL)}
    return _mark("rule", data, across | look)


def _dots(data: str, field: str, look: Look) -> Mark:
    return _mark("symbol", data, _placed(field) | {"size": {"value": 42}} | look)


def _placed(field: str) -> Look:
    return {"x": _on("x", "place"), "y": _on("y", field)}


def _mark(kind: str, data: str, look: Look) -> Mark:
    return {"type": kind, "aria": False, "from": {"data": data}, "encode": {"enter": look}}
