"""The pages as axe-core judges them: no serious fault, in light and in dark, in either language."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.reading import DESK, PHONE, opened
from warehouse.editions import Edition

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SERIOUS = ("serious", "critical")
FEW_CARDS = "() => [...document.querySelectorAll('.card')].slice(6).forEach((card) => card.remove())"


def faults(page: Page) -> list[str]:
    """Return the serious faults that axe finds, each with the first element that has it."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in SERIOUS]


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_the_report_has_no_serious_fault(
    browser: Browser, edition: Edition, size: dict[str, int], scheme: str
) -> None:
    page = opened(browser, edition.path / "report.html", size, color_scheme=scheme).page
    page.evaluate(FEW_CARDS)  # they are alike, and 250 of them take a minute

    assert faults(page) == []
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize("language", ["chinese", "english"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["report.html", "departments/HRSS.html", "../../index.html", "verify.html"])
def test_no_page_has_a_serious_fault_anywhere(
    browser: Browser, edition: Edition, name: str, size: dict[str, int], scheme: str, language: str
) -> None:
    page = opened(browser, (edition.path / name).resolve(), size, color_scheme=scheme).page
    page.locator(f"label[for={language}]").click()

    assert faults(page) == []
    page.context.close()
