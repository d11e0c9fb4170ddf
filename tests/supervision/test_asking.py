"""The template asks for words exactly where an item is open."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from warehouse import templates
from warehouse.intake.headings import NAMES_ZH
from warehouse.periods import Period
from warehouse.published import Edition
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

WORDS = [NAMES_ZH[name] for name in ("reason", "measure", "promised_on", "responsible", "contact")]


def opened(settings: Settings, path: Path, period: Period) -> dict[str, list[str]]:
    """The headings under which each indicator's cells for words may be filled in."""
    sheet = openpyxl.load_workbook(templates.write(settings, "LABOUR", period, path).path)["填报"]
    headings, *rows = sheet.iter_rows(min_row=5)
    columns = {cell.value: cell.column - 1 for cell in headings}
    return {
        row[1].value: [name for name in WORDS if not row[columns[name]].protection.locked] for row in rows
    }


def test_words_are_asked_for_only_where_an_item_is_open(
    office: tuple[Settings, Edition], tmp_path: Path
) -> None:
    settings, _ = office

    assert opened(settings, tmp_path / "june.xlsx", Period(2024, 6)) == {"JOBS": WORDS, "BEDS": []}


def test_a_month_before_every_edition_asks_for_none(office: tuple[Settings, Edition], tmp_path: Path) -> None:
    settings, _ = office

    assert opened(settings, tmp_path / "april.xlsx", Period(2024, 4)) == {"JOBS": [], "BEDS": []}
