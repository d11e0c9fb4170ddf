"""The report's counts, filters and links: each count leads to what it counts, and no filter breaks a link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reading import DESK, opened, visible_cards
from warehouse.editions import Edition

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTHING = "?text=nothing+is+called+this"


@pytest.fixture(scope="module")
def open_page(browser: Browser, edition: Edition) -> Iterator[Page]:
    reader = opened(browser, edition.path / "report.html", DESK)
    yield reader.page
    assert reader.complaints == []
    reader.page.context.close()


@pytest.fixture
def page(open_page: Page, edition: Edition) -> Page:
    """The report as it is opened, with no filter set."""
    open_page.goto("about:blank")
    open_page.goto((edition.path / "report.html").as_uri())
    return open_page


def at(page: Page, edition: Edition, address: str) -> None:
    """Open the report anew by an address that somebody passed on."""
    page.goto("about:blank")
    page.goto((edition.path / "report.html").as_uri() + address)


def counted(page: Page) -> str:
    return page.locator(".toolbar .counted").inner_text()


@pytest.mark.parametrize("counts", [".tiles", ".closed"])
def test_each_count_of_the_first_screen_shows_the_cards_of_its_windows(page: Page, counts: str) -> None:
    for count in page.locator(f"{counts} a").all():
        count.click()

        assert counted(page) == count.locator("b").inner_text()
        expect(page.locator("#indicators h2")).to_be_in_viewport()


def test_a_part_of_a_bar_leads_where_its_count_leads(page: Page) -> None:
    page.locator(".tiles + .bar .not_judged").click()

    assert counted(page) == page.locator(".tiles .not_judged b").inner_text()


def test_the_counts_of_a_department_and_of_a_section_lead_to_their_windows(page: Page) -> None:
    for by in ("lead", "section"):
        count = page.locator(f"table[data-by={by}] td a").first

        count.click()

        assert counted(page) == count.inner_text()
        assert page.locator(f".toolbar select[name={by}]").input_value()


def test_the_filters_show_the_cards_that_fit_and_count_their_windows(page: Page) -> None:
    everything = len(visible_cards(page))

    page.select_option("select[name=group]", "overdue")
    page.select_option("select[name=lead]", "HRSS")

    fitting = page.locator(".window[data-group=overdue][data-lead~=HRSS]")
    cards = page.locator(".card", has=fitting)
    assert 0 < len(visible_cards(page)) == cards.count() < everything
    assert counted(page) == str(fitting.count())


def test_the_filters_stand_in_the_address_and_are_read_from_it(page: Page, edition: Edition) -> None:
    page.select_option("select[name=group]", "done")
    page.select_option("select[name=order]", "gap")
    address, shown = page.url.partition("?")[2], visible_cards(page)

    at(page, edition, f"?{address}")

    assert address == "group=done&order=gap"
    assert visible_cards(page) == shown


def test_going_back_takes_a_filter_back(page: Page) -> None:
    everything = len(visible_cards(page))
    page.locator(".tiles a").first.click()

    page.go_back()

    assert len(visible_cards(page)) == everything


def test_an_address_with_an_unknown_filter_shows_everything(page: Page, edition: Edition) -> None:
    everything = len(visible_cards(page))

    at(page, edition, "?group=no-such-group&colour=red")

    assert len(visible_cards(page)) == everything


def test_a_link_to_a_hidden_card_clears_the_filter(page: Page, edition: Edition) -> None:
    at(page, edition, NOTHING)
    link = page.locator(".worst a").first

    link.click()

    expect(page.locator(link.get_attribute("href") or "")).to_be_in_viewport()
    assert "?" not in page.url


def test_an_address_of_a_card_that_its_filter_hides_shows_the_card(page: Page, edition: Edition) -> None:
    at(page, edition, f"{NOTHING}#EMP-001")

    expect(page.locator("#EMP-001")).to_be_in_viewport()


def test_an_empty_result_says_so_and_offers_to_show_everything(page: Page, edition: Edition) -> None:
    everything = len(visible_cards(page))
    at(page, edition, NOTHING)
    expect(page.locator(".nothing")).to_contain_text("没有符合条件的指标")

    page.locator(".nothing button").click()

    assert len(visible_cards(page)) == everything
    expect(page.locator(".nothing")).to_be_hidden()


def test_the_contents_stay_in_view_above_the_cards(page: Page) -> None:
    page.locator(".card").nth(40).scroll_into_view_if_needed()

    expect(page.locator("nav.contents")).to_be_in_viewport()


def test_the_search_finds_a_card_by_its_name_and_by_its_code(page: Page) -> None:
    for words in ("城镇新增就业人数", "EMP-001", "new urban jobs"):
        page.fill("input[name=text]", words)
        assert "EMP-001" in visible_cards(page)
        assert len(visible_cards(page)) < 20
    page.fill("input[name=text]", "")


def test_the_cards_can_stand_in_order_of_their_gap(page: Page) -> None:
    page.select_option("select[name=order]", "gap")

    gaps = [
        gap for gap in page.locator(".card").evaluate_all("all => all.map(one => one.dataset.gap)") if gap
    ]
    assert [float(gap) for gap in gaps] == sorted(float(gap) for gap in gaps)
    page.select_option("select[name=order]", "")
