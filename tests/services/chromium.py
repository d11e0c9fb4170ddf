"""Debian's Chromium, for the tests that look at pages as people do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.services.programs import required

CHROMIUM = Path("/usr/bin/chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium for the block."""
    program = required(CHROMIUM if CHROMIUM.exists() else None, "chromium")
    words = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=words)


def sign_in(page: Page, url: str, user: str, password: str) -> None:
    """Sign in to Airflow by its own form."""
    page.goto(url)
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda found: "/auth/login" not in found)
