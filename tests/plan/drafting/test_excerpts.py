"""What a draft takes as targets in made-up excerpts of many styles, and what it leaves."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from warehouse.plan.drafting.reading import read

EXCERPTS = yaml.safe_load((Path(__file__).parent / "excerpts.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("excerpt", EXCERPTS, ids=lambda excerpt: excerpt["style"])
def test_each_statement_is_found_and_nothing_else(excerpt: dict[str, Any]) -> None:
    draft = read(excerpt["text"])

    found = Counter(
        (one.value, one.unit, one.comparator, str(one.window.end))
        for commitment in draft.commitments
        for one in commitment.readings.statements
        if one.value is not None
    )
    expected = Counter((Decimal(str(value)), *others) for value, *others in excerpt["targets"])
    assert found == expected


def test_every_statement_quotes_the_text() -> None:
    for excerpt in EXCERPTS:
        for commitment in read(excerpt["text"]).commitments:
            for one in commitment.readings.statements:
                assert commitment.passage.start <= one.start < one.end <= commitment.passage.end
