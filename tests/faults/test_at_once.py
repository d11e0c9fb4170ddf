"""Promise 7: two commands at once, whichever they are, end well and leave what one after the other leaves."""

from __future__ import annotations

import pytest

from tests.faults.district import District, tried, words_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("one", "other"),
    tried(
        [
            ("ingest", "ingest"),
            ("ingest", "build"),
            ("publish", "publish"),
            ("build", "check"),
            ("build", "build"),
            ("run", "run"),
        ],
        few=3,
    ),
)
def test_two_commands_at_once_end_well_and_leave_the_month_whole(
    district: District, one: str, other: str
) -> None:
    if one == "publish":
        district.take_steps("ingest", "build", "check")

    both = [district.start(*words_of(step)) for step in (one, other)]
    for process in both:
        process.join()
    statuses = [process.exitcode for process in both]
    district.take_steps("ingest")

    assert statuses == [0, 0]
    assert district.checker.faults_of_intake() == district.checker.faults_for_readers() == []
    revisions = 2 if one in ("publish", "run") else 1
    assert list(district.checker.published) == [f"2023-04/r{number + 1}" for number in range(revisions)]
