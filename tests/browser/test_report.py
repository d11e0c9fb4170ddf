"""The report in a real browser: at a desk and on a phone, filtered, printed, and without any script."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.reading import DESK, PHONE, Reader, opened
from tests.services.chromium import CHROMIUM
from warehouse.editions import Edition
from warehouse.snapshot import report

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZES = [
    pytest.param(DESK, id="desk"),
    pytest.param(PHONE, id="phone"),
    pytest.param({"width": 360, "height": 640}, id="small phone", marks=pytest.mark.long),
    pytest.param({"width": 820, "height": 1180}, id="tablet", marks=pytest.mark.long),
    pytest.param({"width": 1920, "height": 1080}, id="wide", marks=pytest.mark.long),
]
A4 = (595, 842)

CONTRASTS = """() => {
  const channel = (part) => {
    const c = part / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  };
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const speaks = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const words = [...document.querySelectorAll("main *")].filter((one) => !one.closest("svg") && speaks(one));
  return words.map((element) => {
    const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
    return [(pair[0] + 0.05) / (pair[1] + 0.05), element.className, element.textContent.slice(0, 20)];
  }).filter(([ratio]) => ratio < 4.5);
}"""

# Two texts overprint where their lines share more than the edges of their letters.
OVERPRINTS = """() => {
  const walker = document.createTreeWalker(document.querySelector("#overview"), NodeFilter.SHOW_TEXT);
  const lines = [];
  for (let node; (node = walker.nextNode());) {
    if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) lines.push([node.data.trim(), box, node]);
  }
  const share = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
  return lines.flatMap(([text, box, node], place) => lines.slice(place + 1)
    .filter(([, other, another]) => node !== another && share(box, other)).map(([other]) => [text, other]));
}"""


@pytest.fixture(scope="module")
def at_desk(browser: Browser, edition: Edition) -> Iterator[Reader]:
    reader = opened(browser, edition.path / "report.html", DESK)
    yield reader
    reader.page.context.close()


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return the width and height of each page of a PDF, in points."""
    boxes = re.findall(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf, re.DOTALL)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["report.html", "brief.html", "departments/HRSS.html", "../../index.html"])
def test_a_page_fits_its_window_asks_for_nothing_and_complains_of_nothing(
    browser: Browser, edition: Edition, size: dict[str, int], name: str
) -> None:
    path = (edition.path / name).resolve()

    reader = opened(browser, path, size)

    expect(reader.page.locator("h1")).to_be_visible()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert reader.requests == [path.as_uri()]
    assert reader.complaints == []
    reader.page.context.close()


@pytest.mark.parametrize("name", ["report.html", "departments/HRSS.html"])
def test_on_a_phone_the_english_page_is_chosen_by_a_tap_and_fits(
    browser: Browser, edition: Edition, name: str
) -> None:
    page = opened(browser, edition.path / name, PHONE).page

    page.locator("label[for=english]").click()

    expect(page.locator("h2 .en").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.context.close()


def test_on_a_phone_every_figure_of_what_lags_is_in_view_and_says_what_it_is(
    browser: Browser, edition: Edition
) -> None:
    page = opened(browser, edition.path / "report.html", PHONE).page
    cells = page.locator("#lagging .laggards td")

    edges = cells.evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().right)")
    label = page.locator("#lagging .laggards td.strong").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )

    assert 0 < max(edges) <= PHONE["width"]
    assert label == '"与序时进度差距（百分点）"'
    page.context.close()


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_words_stand_out_from_what_is_behind_them(at_desk: Reader, scheme: Literal["dark", "light"]) -> None:
    at_desk.page.emulate_media(color_scheme=scheme)

    assert at_desk.page.evaluate(CONTRASTS) == []


def test_a_dark_screen_gets_a_dark_page_and_paper_stays_white(at_desk: Reader) -> None:
    page = at_desk.page
    paper = "() => getComputedStyle(document.body).backgroundColor"

    page.emulate_media(color_scheme="dark")
    on_screen = page.evaluate(paper)
    page.emulate_media(media="print", color_scheme="dark")
    printed = page.evaluate(paper)

    assert (on_screen, printed) == ("rgb(20, 24, 31)", "rgb(255, 255, 255)")
    page.emulate_media(media="screen", color_scheme="light")


def test_the_five_that_matter_stand_on_the_first_screen(at_desk: Reader) -> None:
    items = at_desk.page.locator(".worst li")

    bottom = items.last.evaluate("item => item.getBoundingClientRect().bottom + scrollY")

    assert items.count() == 5
    assert bottom <= DESK["height"]


@pytest.mark.parametrize("language", ["chinese", "english"])
@pytest.mark.parametrize("size", SIZES)
def test_no_words_of_the_first_chapter_overprint_others(
    browser: Browser, edition: Edition, size: dict[str, int], language: str
) -> None:
    page = opened(browser, edition.path / "report.html", size).page

    page.locator(f"label[for={language}]").click()

    assert page.evaluate(OVERPRINTS) == []
    page.context.close()


def test_twelve_screens_at_a_desk_come_before_the_cards(at_desk: Reader) -> None:
    above = at_desk.page.locator(".cards").evaluate("cards => cards.getBoundingClientRect().top + scrollY")

    assert above / DESK["height"] <= 12


def test_what_is_folded_is_open_on_paper(at_desk: Reader) -> None:
    page = at_desk.page
    table = page.locator("#standings details table").first
    expect(table).to_be_hidden()

    page.emulate_media(media="print")

    expect(table).to_be_visible()
    page.emulate_media(media="screen")


def test_a_table_is_sorted_by_the_head_that_is_pressed(at_desk: Reader) -> None:
    table = at_desk.page.locator("#standings table.standings:not(.commitments)").first

    table.locator("thead th").nth(1).press("Enter")

    windows = [int(text) for text in table.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert windows == sorted(windows)
    expect(table.locator("thead th").nth(1)).to_have_attribute("aria-sort", "ascending")


def test_a_page_read_after_the_next_deadline_says_that_it_is_old(at_desk: Reader) -> None:
    expect(at_desk.page.locator(".stale")).to_be_visible()


def test_without_scripts_it_is_read_whole_and_in_either_language(browser: Browser, edition: Edition) -> None:
    page = opened(browser, edition.path / "report.html", DESK, java_script_enabled=False).page

    expect(page.locator(".toolbar")).to_be_hidden()
    expect(page.locator("h2 .zh").first).to_be_visible()
    page.locator("label[for=english]").click()

    expect(page.locator("h2 .en").first).to_be_visible()
    expect(page.locator("h2 .zh").first).to_be_hidden()
    assert page.locator(".card:visible").count() == page.locator(".card").count() > 100
    page.context.close()


def test_on_paper_there_are_no_controls_and_no_card_is_wider_than_it(at_desk: Reader) -> None:
    page = at_desk.page

    page.emulate_media(media="print")

    expect(page.locator(".toolbar")).to_be_hidden()
    expect(page.locator(".language")).to_be_hidden()
    assert (
        page.locator("thead").first.evaluate("head => getComputedStyle(head).display") == "table-header-group"
    )
    page.emulate_media(media="screen")


@pytest.fixture(scope="module")
def printed(browser: Browser, edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """A page of the edition as PDF, and the same page printed once more from another folder."""
    folder = tmp_path_factory.mktemp("printed")
    page = edition.path / "departments" / "TAX.html"
    assert 'href="../' in page.read_text(encoding="utf-8")
    found = []
    for source in (page, shutil.copyfile(page, folder / page.name)):
        pdf = folder / f"{len(found)}.pdf"
        assert report.print_pdf(source, pdf, str(CHROMIUM), "2023-12") is None
        found.append(pdf.read_bytes())
    return found


def test_a_page_printed_twice_is_the_same_pdf_on_a4(printed: list[bytes]) -> None:
    first, second = printed

    assert set(pages_of(first)) == {A4}
    assert first == second


def test_the_brief_is_one_page_of_a4(edition: Edition, tmp_path: Path) -> None:
    pdf = tmp_path / "brief.pdf"

    assert report.print_pdf(edition.path / "brief.html", pdf, str(CHROMIUM), "2023-12") is None

    assert pages_of(pdf.read_bytes()) == [A4]


def test_a_pdf_has_tags_and_bookmarks(printed: list[bytes]) -> None:
    assert [name for name in (b"/StructTreeRoot", b"/Outlines") if name not in printed[0]] == []


def test_a_pdf_does_not_tell_where_it_was_printed(printed: list[bytes]) -> None:
    assert [pdf for pdf in printed if b"file:" in pdf] == []
