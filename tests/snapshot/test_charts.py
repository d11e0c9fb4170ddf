"""The drawing of a trend: what stands beside it, read from the SVG itself."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from warehouse.snapshot.month import Row
from warehouse.snapshot.report.charts import drawn, trend_chart


def _progress(target: str) -> Row:
    return {"target_value": Decimal(target), "actual_value": None, "forecast_value": None}


def _trend(actual: list[str], judged: int = -1) -> list[Row]:
    places = range(len(actual))
    return [
        {
            "month": f"2025-{place + 1:02d}",
            "is_judged": place == places[judged],
            "actual_value": Decimal(actual[place]),
            "expected_value": None,
        }
        for place in places
    ]


def _words(chart: str | None) -> list[str]:
    assert chart is not None
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawn(chart))


def _levels(chart: str | None) -> list[str]:
    return [word for word in _words(chart) if "-0" not in word]


@pytest.mark.parametrize(
    ("target", "levels"),
    [
        ("0.012", ["0", "0.005", "0.01"]),
        ("0.06", ["0", "0.02", "0.04", "0.06"]),
        ("100", ["0", "50", "100"]),
        ("7000", ["0", "2,000", "4,000", "6,000"]),
        ("3000000", ["0", "100万", "200万", "300万"]),
        ("1800000000", ["0", "5亿", "10亿", "15亿"]),
    ],
)
def test_levels_are_round_and_named_exactly_at_every_size(target: str, levels: list[str]) -> None:
    chart = trend_chart(_progress(target), _trend(["0", "0"]))

    assert _levels(chart) == levels


def test_a_figure_that_never_moves_still_has_levels_around_it() -> None:
    chart = trend_chart(_progress("100"), _trend(["100", "100"]))

    assert "100" in _levels(chart)


def test_the_judged_month_is_named_where_it_has_room() -> None:
    in_the_middle = trend_chart(_progress("1"), _trend(["0"] * 9, judged=4))
    beside_the_end = trend_chart(_progress("1"), _trend(["0"] * 9, judged=7))

    assert [word for word in _words(in_the_middle) if "-0" in word] == ["2025-01", "2025-05", "2025-09"]
    assert [word for word in _words(beside_the_end) if "-0" in word] == ["2025-01", "2025-09"]


def test_a_target_without_any_figure_has_no_drawing() -> None:
    silent = [row | {"actual_value": None} for row in _trend(["0", "0"])]

    assert trend_chart(_progress("1"), silent) is None
