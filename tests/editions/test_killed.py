"""A publication that is killed leaves the old edition or the new one, and the next run completes it."""

from __future__ import annotations

import time
from typing import Any

import duckdb
import pytest

from tests.conftest import MONTH
from tests.editions.candidates import change_and_pass
from tests.processes import processes
from warehouse import editions
from warehouse.settings import Settings


def mark(settings: Settings, number: int) -> None:
    """Give the candidate a number, as if the gate had passed it so."""
    change_and_pass(settings, f"update marts.indicator_progress set note = '{number}'")


def marked(settings: Settings) -> int:
    """Return the number that a reader of `current` finds."""
    with duckdb.connect(str(settings.editions / "current" / "minsheng.duckdb"), read_only=True) as marts:
        ((number,),) = marts.execute("select distinct note from marts.indicator_progress").fetchall()
    return int(number)


def publishing(settings: Settings) -> Any:
    """Start a publication in a process of its own."""
    process = processes().Process(target=editions.publish, args=(settings, MONTH))
    process.start()
    return process


@pytest.mark.slow
@pytest.mark.parametrize("kills", [4, pytest.param(24, marks=pytest.mark.long)])
def test_a_publication_killed_at_any_instant_leaves_the_old_edition_or_the_new_one(
    small: Settings, kills: int
) -> None:
    publishing(small).join()  # the first one waits for the server
    mark(small, 0)
    began = time.monotonic()
    publishing(small).join()
    took, at_work = time.monotonic() - began, 0

    for number in range(1, kills + 1):
        mark(small, number)
        process = publishing(small)
        process.join(took * (number - 0.5) / kills)
        at_work += process.is_alive()
        process.kill()
        process.join()
        assert marked(small) in (number - 1, number)
        editions.publish(small, MONTH)
        assert marked(small) == number
        editions.verify(small)

    assert at_work >= kills // 3
