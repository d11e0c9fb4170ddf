"""Why a window stands as it does, in English: a sentence for each status, and no Chinese in any."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from warehouse.snapshot.month import Month
from warehouse.snapshot.wording import STATUSES, note_en

CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def row(status: str, **differs: Any) -> dict[str, Any]:
    """Return a row of a target of at least 93 %, of which 91 % are there."""
    given = {
        "status": status,
        "comparator": "at_least",
        "aggregation": "ratio_last",
        "unit": "%",
        "decimals": 2,
        "target_value": Decimal(93),
        "upper_value": None,
        "tolerance": None,
        "actual_value": Decimal(91),
        "expected_value": Decimal(92),
        "gap_value": Decimal(-1),
        "reported_through": "2025-03",
        "judged_period": "2025-03",
        "period": "2025-03",
    }
    return given | differs


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (row("behind"), "91% by 2025-03, expected 92%: 1 pp below"),
        (row("on_track", gap_value=Decimal(2)), "91% by 2025-03, expected 92%: 2 pp above"),
        (row("on_track", gap_value=Decimal(0)), "91% by 2025-03, expected 92%: level with it"),
        (row("achieved"), "91% by 2025-03: the target is met"),
        (
            row("exceeded", actual_value=Decimal(95)),
            "95% by 2025-03, above the target (at least 93%) by 2 pp",
        ),
        (row("missed"), "91% by 2025-03; the term is over, and the target (at least 93%) was not met"),
        (row("missed", actual_value=None), "the term is over, and the target (at least 93%) was not met"),
        (row("not_reported", reported_through="2025-01"), "not reported by 2025-03; 91% by 2025-01"),
        (row("not_reported"), "not fully reported by 2025-03; 91% by 2025-03"),
        (row("not_reported", actual_value=None, reported_through=None), "not reported by 2025-03"),
        (row("no_baseline", actual_value=None), "the figure that it is held against is missing"),
        (row("in_progress", comparator="evidence"), "91% by 2025-03; recognised by evidence"),
        (row("not_started"), "nothing is due yet"),
    ],
    ids=str,
)  # fmt: skip
def test_it_says_what_came_and_what_it_is_held_against(given: dict[str, Any], words: str) -> None:
    assert note_en(given) == words


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_sentence(status: str) -> None:
    assert note_en(row(status, actual_value=Decimal(95)))


def test_no_note_of_a_published_month_is_left_in_chinese(month: Month) -> None:
    notes = [note_en(figure) for figure in month.figures]

    assert [note for note in notes if CHINESE.search(note)] == []
