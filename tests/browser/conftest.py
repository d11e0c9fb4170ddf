"""Debian's Chromium, for the tests that look at pages as people do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.services.chromium import chromium
from warehouse import editions
from warehouse.editions import Edition
from warehouse.settings import Settings


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def edition(published: Settings) -> Edition:
    """The edition of December 2023, made of samples."""
    return editions.find(published, "current")
