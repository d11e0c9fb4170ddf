"""Plots as SVG, drawn by Vega; the machine's fonts are not asked, so the same figures give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_WIDTH, _RIGHT = 760, 24
_INK, _PALE = "#1f2a37", "#dfe3e8"
_COLOURS = ("#1f4e79", "#b45309", "#4d7c0f", "#7e22ce", "#9b1c1c")
_FONT = {"labelFont": "sans-serif", "titleFont": "sans-serif", "labelFontSize": 11, "titleFontSize": 11}
_LOG = {"type": "log", "nice": True}
_LINEAR = {"type": "linear", "zero": True, "nice": True}


@dataclass(frozen=True)
class Span:
    """A ratio with its spread, and the ratio that was agreed, if one was."""

    name: str
    median: float
    low: float
    high: float
    limit: float | None


@dataclass(frozen=True)
class Line:
    """One line of a plot: its points as (x, y)."""

    name: str
    points: Sequence[tuple[float, float]]


def spans(rows: list[Span], title: str) -> str:
    """Draw each ratio as a dot on its spread, along a logarithmic axis, with a bar where the limit lies."""
    values = [
        {"name": row.name, "median": row.median, "low": row.low, "high": row.high, "limit": row.limit}
        for row in rows
    ]
    limited = [value for value in values if value["limit"] is not None]
    ends = [end for row in rows for end in (row.low, row.high, row.limit or row.median)]
    place = {"scale": "y", "field": "name", "band": 0.5}
    return _drawn(
        _frame(height=26 * len(rows), left=190)
        | {
            "data": [{"name": "rows", "values": values}, {"name": "limited", "values": limited}],
            "scales": [
                {"name": "x", "range": "width", "domain": [min(1, *ends), max(ends)], **_LOG},
                {"name": "y", "type": "band", "range": "height", "domain": [row.name for row in rows]},
            ],
            "axes": [
                _axis("bottom", "x", title=title, tickCount=5, format=",~f"),
                _axis("left", "y", grid=False, ticks=False, domain=False),
            ],
            "marks": [
                _mark("rule", "rows", {"x": _x("low"), "x2": _x("high"), "y": place}, _stroke(_INK, 2)),
                _mark(
                    "symbol", "rows", {"x": _x("median"), "y": place}, {"size": _is(60), "fill": _is(_INK)}
                ),
                _mark(
                    "symbol",
                    "limited",
                    {"x": _x("limit"), "y": place},
                    {"shape": _is("stroke"), "angle": _is(90), "size": _is(260)} | _stroke(_COLOURS[4], 3),
                ),
            ],
        }
    )


def lines(drawn: list[Line], x_title: str, y_title: str, *, logarithmic: bool) -> str:
    """Draw lines with their points, and their names above."""
    scale = _LOG if logarithmic else _LINEAR
    xs, ys = ([point[axis] for line in drawn for point in line.points] for axis in (0, 1))
    floor = (min(xs), min(ys)) if logarithmic else (0, 0)
    marks = [mark for place in range(len(drawn)) for mark in _line_marks(place)]
    return _drawn(
        _frame(height=240, left=64, top=36)
        | {
            "data": [
                {"name": f"line{place}", "values": [{"x": x, "y": y} for x, y in line.points]}
                for place, line in enumerate(drawn)
            ],
            "scales": [
                {"name": "x", "range": "width", "domain": [floor[0], max(xs)], **scale},
                {"name": "y", "range": "height", "domain": [floor[1], max(ys)], **scale},
                {
                    "name": "colour",
                    "type": "ordinal",
                    "domain": [line.name for line in drawn],
                    "range": list(_COLOURS),
                },
            ],
            "axes": [
                _axis("bottom", "x", title=x_title, tickCount=5, format=",~f"),
                _axis("left", "y", title=y_title, tickCount=5, format=",~f"),
            ],
            "legends": [
                {
                    "stroke": "colour",
                    "symbolType": "stroke",
                    "symbolStrokeWidth": 3,
                    "direction": "horizontal",
                }
                | {"orient": "none", "legendX": 0, "legendY": -26, "labelLimit": 400, "columnPadding": 24}
                | {"labelFont": "sans-serif", "labelFontSize": 11}
            ],
            "marks": marks,
        }
    )


def _line_marks(place: int) -> list[dict[str, Any]]:
    colour, at = _COLOURS[place], {"x": _x("x"), "y": {"scale": "y", "field": "y"}}
    return [
        _mark("line", f"line{place}", at, _stroke(colour, 2)),
        _mark("symbol", f"line{place}", at, {"size": _is(40), "fill": _is(colour)}),
    ]


def _frame(*, height: int, left: int, top: int = 14) -> dict[str, Any]:
    return {
        "width": _WIDTH - left - _RIGHT,
        "height": height,
        "autosize": "none",
        "background": "white",
        "padding": {"left": left, "right": _RIGHT, "top": top, "bottom": 44},
    }


def _axis(orient: str, scale: str, **more: Any) -> dict[str, Any]:
    looks = {"grid": True, "gridColor": _PALE, "domainColor": _PALE, "tickColor": _PALE, "labelOverlap": True}
    return {"orient": orient, "scale": scale, **looks, **_FONT, **more}


def _mark(kind: str, data: str, place: dict[str, Any], look: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "from": {"data": data}, "encode": {"enter": place | look}}


def _x(field: str) -> dict[str, str]:
    return {"scale": "x", "field": field}


def _is(value: float | str) -> dict[str, float | str]:
    return {"value": value}


def _stroke(colour: str, width: float) -> dict[str, Any]:
    return {"stroke": _is(colour), "strokeWidth": _is(width)}


def _drawn(specification: dict[str, Any]) -> str:
    import vl_convert

    drawing: str = vl_convert.vega_to_svg(specification)
    return f"{drawing}\n"
