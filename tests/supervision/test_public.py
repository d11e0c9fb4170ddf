"""The public variant shows the items, and names no person."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.supervision.conftest import ITEM
from warehouse.published import MARTS_FILE, Edition
from warehouse.settings import Settings
from warehouse.snapshot.disclosure import write_public_marts

pytestmark = pytest.mark.slow


def test_a_public_item_has_its_level_and_neither_persons_nor_free_words(
    office: tuple[Settings, Edition], tmp_path: Path
) -> None:
    _, edition = office

    write_public_marts(edition.path / MARTS_FILE, tmp_path / "public.duckdb", [], floor=10)

    with duckdb.connect(str(tmp_path / "public.duckdb"), read_only=True) as public:
        shown = public.execute(
            "select item_code, level, responsible, contact, leader, reason, measure, decision_note, "
            "verified_by from marts.supervision_items"
        ).fetchall()
    assert shown == [(ITEM, 3, *[None] * 7)]
