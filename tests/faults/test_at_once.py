"""Promise 7: two commands at once, whichever they are, end well and leave what one after the other leaves."""

from __future__ import annotations

import pytest

from tests.faults.district import District, tried, words_of

pytestmark = pytest.mark.slow


def statuses_of(district: District, one: str, other: str) -> list[int]:
    """Start two commands at once; return the status that each ends with."""
    both = [district.start(*words_of(step)) for step in (one, other)]
    for process in both:
        process.join()
    return [process.exitcode for process in both]


@pytest.mark.parametrize(
    ("one", "other"),
    tried(
        [
            ("ingest", "ingest"),
            ("ingest", "build"),
            ("build", "check"),
            ("build", "build"),
            ("run", "run"),
        ],
        few=2,
    ),
)
def test_two_commands_at_once_end_well_and_leave_the_month_whole(
    district: District, one: str, other: str
) -> None:
    statuses = statuses_of(district, one, other)
    district.take_steps("ingest")

    assert statuses == [0, 0]
    assert district.checker.faults_of_intake() == district.checker.faults_for_readers() == []
    revisions = 2 if one == "run" else 1
    assert list(district.checker.published) == [f"2023-04/r{number + 1}" for number in range(revisions)]


def test_two_publications_at_once_end_well_and_make_one_edition(checked_district: District) -> None:
    statuses = statuses_of(checked_district, "publish", "publish")

    assert statuses == [0, 0]
    assert checked_district.checker.faults_of_intake() == checked_district.checker.faults_for_readers() == []
    assert list(checked_district.checker.published) == ["2023-04/r1", "2023-04/r2"]
