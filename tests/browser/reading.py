"""A page of an edition as somebody reads it in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# The busiest of machines still shows a page within this.
expect.set_options(timeout=60_000)


@dataclass
class Reader:
    """Someone who opened a page, and what their browser asked for and complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def opened(browser: Browser, path: Path, size: dict[str, int], address: str = "", **options: Any) -> Reader:
    """Open a page of the edition in a window of that size; `address` is what follows the file's name."""
    context = browser.new_context(locale="zh-CN", viewport=size, **options)  # type: ignore[arg-type]
    reader = Reader(context.new_page())
    reader.page.set_default_timeout(120_000)
    reader.page.on("console", lambda said: reader.complaints.append(said.text))
    reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
    reader.page.on("request", lambda request: reader.requests.append(request.url))
    reader.page.goto(path.as_uri() + address)
    return reader


def visible_cards(page: Page) -> list[str]:
    """Return the codes of the indicators whose cards are shown."""
    cards = page.locator(".card:visible")
    return [str(card) for card in cards.evaluate_all("cards => cards.map(card => card.id)")]
