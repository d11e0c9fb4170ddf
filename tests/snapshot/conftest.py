"""The published month as its pages tell it, beside its marts."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse import editions
from warehouse.editions import Edition
from warehouse.published import MARTS_FILE
from warehouse.settings import Settings
from warehouse.snapshot.month import Month, month_of


@pytest.fixture(scope="session")
def edition(published: Settings) -> Edition:
    """The edition of December 2023, made of samples."""
    return editions.find(published, "current")


@pytest.fixture(scope="session")
def month(edition: Edition) -> Month:
    """The results that its pages were made from."""
    return month_of(edition.path / MARTS_FILE)


@pytest.fixture(scope="session")
def report_page(edition: Edition) -> str:
    """The report of the month."""
    return (edition.path / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """A folder to write pages into."""
    folder = tmp_path / "pages"
    folder.mkdir()
    return folder
