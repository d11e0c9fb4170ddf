"""Debian's Chromium, for the tests that look at pages as people do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.services.programs import required

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    chromium = required(CHROMIUM if CHROMIUM.exists() else None, "chromium")
    words = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=words)
