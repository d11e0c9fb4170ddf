"""The sample figures are such as a district could report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from warehouse import home, ledger
from warehouse.periods import Period
from warehouse.samples import habits
from warehouse.samples.indicator import Indicator, Plan, plan_of
from warehouse.samples.path import Path
from warehouse.samples.series import Amounts, Series
from warehouse.settings import PROJECT, Settings

FIRST, LAST = Period(2023, 1), Period(2025, 12)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    settings = Settings(home=tmp_path_factory.mktemp("home"), plan=PROJECT / "seeds")
    home.initialise(settings)
    with ledger.reading(settings) as connection:
        return plan_of(connection)


@pytest.fixture(scope="module")
def series(plan: Plan) -> Series:
    return Series(plan)


def reported(plan: Plan, aggregation: str) -> list[Indicator]:
    found = [
        one for one in plan.indicators.values() if one.aggregation == aggregation and not one.first_inputs
    ]
    assert found
    return found


def over_the_plan(plan: Plan, series: Series, indicator: Indicator, first: Period = FIRST) -> list[Amounts]:
    months = [month for month in first.through(LAST) if plan.ends_a_report(indicator, month)]
    return [figure for month in months for figure in series.amounts(indicator, month).values()]


def total(figures: list[Amounts], part: str = "value") -> Decimal:
    return sum((getattr(figure, part) for figure in figures), Decimal(0))


def test_the_pieces_of_the_areas_are_whole_and_none_is_taken_back(plan: Plan, series: Series) -> None:
    for indicator in reported(plan, "sum"):
        values = [figure.value for figure in over_the_plan(plan, series, indicator)]
        assert all(value is not None and value >= 0 for value in values), indicator.indicator_code
        assert all(value == value.quantize(indicator.step) for value in values if value is not None)


def test_a_fixed_piece_of_work_ends_with_its_total(plan: Plan, series: Series) -> None:
    works = [
        one
        for one in reported(plan, "sum")
        if one.aims and all(aim.after_window == "counts" and aim.value is not None for aim in one.aims)
    ]
    asked = {one.indicator_code: max(aim.value for aim in one.aims if aim.value is not None) for one in works}

    done = {one.indicator_code: total(over_the_plan(plan, series, one)) for one in works}

    assert "RUR-006" in done
    assert {code for code in done if done[code] > asked[code]} == set()
    assert any(done[code] == asked[code] for code in done)


def test_a_sound_departments_running_total_reaches_its_target_in_time(plan: Plan, series: Series) -> None:
    for indicator in reported(plan, "sum"):
        for aim in indicator.aims:
            if aim.comparator == "at_least" and not aim.yearly and habits.is_sound(indicator):
                months = [one for one in aim.start.through(aim.end) if plan.ends_a_report(indicator, one)]
                figures = [one for month in months for one in series.amounts(indicator, month).values()]
                assert total(figures) >= (aim.value or 0), indicator.indicator_code


def test_good_days_and_all_days_are_those_of_the_calendar(plan: Plan, series: Series) -> None:
    year = over_the_plan(plan, series, plan.indicators["ENV-001"], Period(2025, 1))

    assert total(year, "denominator") == 365
    assert 300 < total(year, "numerator") < 365


def test_a_budget_of_days_is_kept_by_who_keeps_pace(plan: Plan, series: Series) -> None:
    days = plan.indicators["ENV-002"]

    found = total(over_the_plan(plan, series, days, Period(2025, 1)))

    assert (found <= 2) == habits.is_sound(days)


def test_a_share_that_is_to_grow_never_reaches_all(plan: Plan, series: Series) -> None:
    growing = [
        one for one in reported(plan, "ratio_last")
        if one.is_share and any(aim.comparator == "rises" for aim in one.aims) and habits.is_sound(one)
    ]  # fmt: skip
    assert growing

    for indicator in growing:
        figures = over_the_plan(plan, series, indicator)
        rates = [100 * (one.numerator or 0) / (one.denominator or 1) for one in figures]
        assert rates[0] < rates[-1] < 100, indicator.indicator_code


def test_what_grows_by_a_rate_has_that_rate_in_every_month(plan: Plan, series: Series) -> None:
    money = plan.indicators["GOV-007"]
    march = {year: total([*series.amounts(money, Period(year, 3)).values()]) for year in (2023, 2024, 2025)}

    assert round(march[2024] / march[2023], 6) == round(march[2025] / march[2024], 6) > 1


def test_no_sample_leaves_the_bounds_of_its_indicator(plan: Plan, series: Series) -> None:
    values = [
        (one, figure.value)
        for aggregation in ("sum", "last")
        for one in reported(plan, aggregation)
        for figure in over_the_plan(plan, series, one)
        if figure.value is not None
    ]
    below = [(one, value) for one, value in values if one.value_min is not None and value < one.value_min]
    above = [(one, value) for one, value in values if one.value_max is not None and value > one.value_max]

    assert values
    assert below + above == []


def test_what_stands_on_a_difference_of_inputs_is_met_by_who_keeps_pace(plan: Plan, series: Series) -> None:
    life, nation = plan.indicators["HLT-002"], plan.indicators["HLT-003"]
    ours, theirs = (total([*series.amounts(one, Period(2025, 12)).values()]) for one in (life, nation))

    assert (ours > theirs) == habits.is_sound(nation)


@pytest.mark.parametrize(
    ("months", "goes_on", "value"),
    [(6, True, 5), (18, True, 20), (36, True, 50), (36, False, 30), (-6, False, 0), (-6, True, -5)],
)
def test_a_path_goes_through_its_points_and_on_or_stands(months: int, goes_on: bool, value: int) -> None:
    path = Path(tuple((Decimal(m), Decimal(v)) for m, v in ((0, 0), (12, 10), (24, 30))), goes_on)

    assert path.at(Decimal(months)) == value


def test_a_path_at_double_speed_is_at_its_end_in_half_the_time() -> None:
    path = Path(((Decimal(0), Decimal(0)), (Decimal(12), Decimal(10))), goes_on=False)

    assert path.at_speed(Decimal(2)).at(Decimal(6)) == 10
