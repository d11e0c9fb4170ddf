"""The aims of drafting on the shipped plan, against its own registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan.drafting.score import REGISTRY, Score, score
from warehouse.plan import examine
from warehouse.plan.drafting import draft


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Score:
    folder: Path = tmp_path_factory.mktemp("score") / "draft"
    draft(next(REGISTRY.glob("*.txt")), folder, examine(REGISTRY).plan)
    return score(folder)


def test_numeric_statements_are_found(scored: Score) -> None:
    assert scored.recall >= 0.95, scored.missed


def test_what_is_drafted_is_in_the_registry(scored: Score) -> None:
    assert scored.precision >= 0.9, scored.invented


def test_comparator_unit_and_window_are_right(scored: Score) -> None:
    assert min(scored.comparator, scored.unit, scored.window) >= 0.9


def test_every_organization_has_its_role_and_no_other_has_one(scored: Score) -> None:
    assert (scored.answering, scored.answering_precision) == (1, 1)
