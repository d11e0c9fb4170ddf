"""A value of one year is held to what its target is held to."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Folder
from tests.plan.wrong_cells import TARGETS, VALUES
from warehouse.plan import check


def faults(folder: Folder) -> list[tuple[str, int, str, str]]:
    return [(fault.file, fault.line, fault.column, fault.code) for fault in check(folder.path)]


@pytest.fixture
def banded(folder: Folder) -> Folder:
    """The minimal plan, with a band that has other ends in some years."""
    folder.change(TARGETS, "T04-02", "repeat", "yearly")
    return folder


def test_a_band_may_have_other_ends_each_year(banded: Folder) -> None:
    banded.append(VALUES, "T04-02,2024,1.4,1.6")

    assert faults(banded) == []


def test_a_band_of_one_year_has_both_ends(banded: Folder) -> None:
    banded.append(VALUES, "T04-02,2024,1.4,")

    assert faults(banded) == [(VALUES, 3, "upper_value", "figure_missing")]


def test_a_band_of_one_year_is_not_reversed(banded: Folder) -> None:
    banded.append(VALUES, "T04-02,2024,1.4,1.35")

    assert faults(banded) == [(VALUES, 3, "upper_value", "band_reversed")]


def test_a_value_of_one_year_is_one_that_the_indicator_can_have(folder: Folder) -> None:
    folder.append(VALUES, "T01-01,2024,101,")

    assert faults(folder) == [(VALUES, 3, "target_value", "target_out_of_range")]


def test_a_tolerance_does_not_reach_zero_in_any_year(folder: Folder) -> None:
    folder.append(VALUES, "G02-01,2024,2,")

    assert faults(folder) == [(VALUES, 3, "target_value", "tolerance_reaches_zero")]


def test_what_has_no_figure_has_none_in_any_year(folder: Folder) -> None:
    folder.append(VALUES, "T05-02,2024,3,")

    assert faults(folder) == [(VALUES, 3, "target_value", "figure_unused")]
