"""Whether a window will be met at its recent pace, may be, or will not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from warehouse.snapshot.wording import OUTLOOKS, outlook


def window(**differs: Any) -> dict[str, Any]:
    """Return a running window of 100 persons whose forecast misses them."""
    return {
        "status": "behind",
        "is_closed": False,
        "comparator": "at_least",
        "target_value": Decimal(100),
        "upper_value": None,
        "tolerance": None,
        "baseline_value": None,
        "way_gone_pct": None,
        "forecast_value": Decimal(50),
        "forecast_meets_target": False,
    } | differs


def code_of(row: dict[str, Any]) -> str | None:
    found = outlook(row)
    return found.code if found else None


def test_a_forecast_that_meets_the_target_will_make_it() -> None:
    assert code_of(window(forecast_value=Decimal(100), forecast_meets_target=True)) == "will"


@pytest.mark.parametrize(("forecast", "said"), [("90", "may"), ("89.99", "will_not"), ("0", "will_not")])
def test_a_forecast_that_lacks_a_tenth_of_the_target_may_make_it(forecast: str, said: str) -> None:
    assert code_of(window(forecast_value=Decimal(forecast))) == said


@pytest.mark.parametrize(("forecast", "said"), [("92.2", "may"), ("92.1", "will_not")])
def test_the_way_of_a_level_begins_at_its_base(forecast: str, said: str) -> None:
    level = window(
        target_value=Decimal(93), baseline_value=Decimal(85), way_gone_pct=Decimal(40),
        forecast_value=Decimal(forecast),
    )  # fmt: skip

    assert code_of(level) == said


@pytest.mark.parametrize(("forecast", "said"), [("110", "may"), ("111", "will_not")])
def test_a_cap_may_hold_where_it_would_be_passed_by_a_tenth(forecast: str, said: str) -> None:
    assert code_of(window(comparator="at_most", forecast_value=Decimal(forecast))) == said


@pytest.mark.parametrize(
    "band",
    [
        {"comparator": "between", "upper_value": Decimal(120), "forecast_value": Decimal(125)},
        {"comparator": "about", "tolerance": Decimal(20), "forecast_value": Decimal(125)},
    ],
    ids=["between", "about"],
)
def test_a_band_is_measured_from_its_nearest_bound(band: dict[str, Any]) -> None:
    assert code_of(window(**band)) == "may"


def test_what_is_lost_will_not_make_it_however_near_it_is() -> None:
    assert code_of(window(status="lost", forecast_value=Decimal("99.9"))) == "will_not"


def test_a_comparison_that_does_not_hold_will_not_make_it() -> None:
    assert code_of(window(comparator="declines", target_value=None)) == "will_not"


def test_without_a_forecast_or_after_its_end_a_window_has_no_sign() -> None:
    assert code_of(window(forecast_value=None, forecast_meets_target=None)) is None
    assert code_of(window(is_closed=True)) is None


def test_each_outlook_has_a_sign_of_its_own() -> None:
    assert len({one.sign for one in OUTLOOKS.values()}) == len(OUTLOOKS)
