from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from warehouse import home, ledger, samples
from warehouse.periods import Period
from warehouse.samples import series
from warehouse.samples.indicator import Indicator, reported_indicators
from warehouse.samples.write import MARK
from warehouse.settings import PROJECT, Settings

THROUGH = Period(2024, 1)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home with the real plan, in whose inboxes lie the samples of some months."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), plan=PROJECT / "seeds")
    home.initialise(settings)
    samples.write(settings, THROUGH)
    return settings


@pytest.fixture(scope="module")
def indicators(settings: Settings) -> list[Indicator]:
    with ledger.reading(settings) as connection:
        return reported_indicators(connection)


def sample_files(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.inbox.rglob("*") if path.is_file()}


def test_the_same_samples_come_out_every_time(settings: Settings, tmp_path: Path) -> None:
    elsewhere = Settings(home=tmp_path, plan=settings.plan)
    home.initialise(elsewhere)

    samples.write(elsewhere, THROUGH)

    assert sample_files(elsewhere) == sample_files(settings)


def test_what_is_there_already_is_not_written_again(settings: Settings) -> None:
    again = samples.write(settings, THROUGH)

    assert again.written == 0
    assert again.known == len(sample_files(settings))


def test_every_reporting_department_has_samples_in_both_formats_between_them(
    settings: Settings, indicators: list[Indicator]
) -> None:
    senders = {path.parent.name for path in settings.inbox.rglob("*") if path.is_file()}
    assert senders == {indicator.organization_code for indicator in indicators}
    assert {Path(name).suffix for name in sample_files(settings)} == {".csv", ".xlsx"}


def test_every_file_says_in_its_name_that_it_is_a_sample(settings: Settings) -> None:
    names = sample_files(settings)

    assert names
    assert [name for name in names if not name.startswith("样例_")] == []
    assert MARK == "样例数据"


def test_the_shares_of_the_areas_add_up_to_the_district(indicators: list[Indicator]) -> None:
    shared = [one for one in indicators if one.aggregation == "sum" and len(one.area_codes) > 1]
    assert shared

    for indicator in shared:
        figures = [figure.value for _, figure in series.amounts(indicator, Period(2024, 5))]
        step = Decimal(1).scaleb(-indicator.decimals)
        assert all(figure is not None and figure == figure.quantize(step) for figure in figures)


def test_no_sample_leaves_the_bounds_of_its_indicator(indicators: list[Indicator]) -> None:
    values = [
        (indicator, figure.value)
        for indicator in indicators
        for _, figure in series.amounts(indicator, Period(2024, 5))
        if figure.value is not None
    ]
    with_minimum = [
        (one.indicator_code, value, one.value_min) for one, value in values if one.value_min is not None
    ]
    with_maximum = [
        (one.indicator_code, value, one.value_max) for one, value in values if one.value_max is not None
    ]

    assert with_minimum
    assert with_maximum
    assert {case for case in with_minimum if case[1] < case[2]} == set()
    assert {case for case in with_maximum if case[1] > case[2]} == set()
