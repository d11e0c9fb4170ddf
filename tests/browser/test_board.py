"""民生看板 as a person of the data team sees it: a real Airflow, a real browser, in Chinese."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, StorageState, expect

from deployment.embedded import Airflow, running
from deployment.embedded.configuration import password
from deployment.keys import USER
from deployment.watching import wait_for
from tests.services.chromium import sign_in
from warehouse import home, intake, ledger, notifications, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = [pytest.mark.airflow, pytest.mark.browser, pytest.mark.slow]

MONTH = Period(2023, 12)
# The first page that a busy machine serves takes a while.
expect.set_options(timeout=60_000)
BOARD = f"plugin/board/minsheng/?last={MONTH}"
ADDITION = "报告期,指标编码,地区编码,数值\n2023-12,SOC-001,,712\n"
CORRECTIONS = "报告期,指标编码,地区编码,数值\n2023-12,SAF-001,,0\n2023-12,AIR-001,,<b>many</b>\n"


@dataclass
class Office:
    """A person at a browser, signed in, and what the browser complained of."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def open_board(self) -> FrameLocator:
        self.page.goto(f"{self.url}/{BOARD}")
        board = self.page.frame_locator("iframe")
        expect(board.get_by_role("heading", name="民生看板")).to_be_visible()
        return board


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, new_home: Callable[[Path], Path]) -> Settings:
    """A home in which most have reported, a row was refused, a file waits, and something is wrong."""
    made = Settings(
        home=new_home(tmp_path_factory.mktemp("home")),
        plan=PROJECT / "tests" / "plans" / "minimal",
        stable_seconds=0,
    )
    home.initialise(made)
    samples.write(made, MONTH)
    intake.take_in(made)
    (made.inbox / "ENVIRONMENT" / "corrections.csv").write_text(CORRECTIONS)
    intake.take_in(made)
    (made.inbox / "CIVIC" / "addition.csv").write_text(ADDITION)
    notifications.report_incident(made, "a cause", "磁盘将满", "还剩 2 GB", "docs/runbook.md")
    return made


@pytest.fixture(scope="module")
def airflow(settings: Settings) -> Iterator[Airflow]:
    """Airflow on that home, with the month published and the file that waited taken in."""
    with running(settings) as living:
        wait_for(living, living.api.trigger("publish_monthly", str(MONTH)))
        wait_for(living, living.api.trigger("ingest_submissions"))
        yield living


@pytest.fixture(scope="module")
def signed_in(airflow: Airflow, settings: Settings, browser: Browser) -> StorageState:
    """What a browser keeps of someone who has signed in."""
    context = browser.new_context(locale="zh-CN")
    sign_in(context.new_page(), airflow.url, USER, password(settings))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def office(airflow: Airflow, signed_in: StorageState, browser: Browser) -> Iterator[Office]:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 1440, "height": 900}, storage_state=signed_in
    )
    page = context.new_page()
    someone = Office(page, airflow.url)
    page.on("console", lambda said: someone.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: someone.complaints.append(str(error)))
    yield someone
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "receipts/any",
        "editions/2023-12/r1/report.html",
        "handbook/runbook.md",
        "icon.svg",
        "docs",
        "openapi.json",
    ],
)
def test_nobody_reads_any_of_it_without_signing_in(airflow: Airflow, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{airflow.url}/minsheng/{path}", timeout=30)

    assert refused.value.code in {401, 404}
    assert refused.value.code == 401 or path in {"docs", "openapi.json"}


def test_it_is_found_in_airflows_own_navigation_in_chinese(office: Office) -> None:
    office.page.goto(office.url)
    office.page.get_by_role("link", name="民生看板").click()

    expect(office.page.frame_locator("iframe").get_by_role("heading", name="民生看板")).to_be_visible()
    expect(office.page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert office.complaints == []


def test_it_shows_each_month_of_each_department_by_sign_and_word(office: Office) -> None:
    board = office.open_board()

    environment = board.locator("tbody tr", has=board.get_by_role("rowheader", name="生态环境"))
    expect(environment.locator("td").last).to_contain_text("◑ 迟报")
    expect(environment.locator("td").last).to_contain_text("↩ 退回记录 1 条")
    expect(board.locator("thead")).to_contain_text("已发布 r1")
    expect(board.locator("body")).to_contain_text("样例数据")
    assert office.complaints == []


def test_a_cell_leads_to_the_receipt_and_back(office: Office) -> None:
    board = office.open_board()
    environment = board.locator("tbody tr", has=board.get_by_role("rowheader", name="生态环境"))

    environment.locator("td").last.get_by_role("link").click()

    expect(board.get_by_role("heading", name="回执：corrections.csv")).to_be_visible()
    expect(board.locator("header")).to_contain_text(
        re.compile(r"示例市生态环境局示例区分局\s*收到于 20\d\d年\d+月\d+日 \d\d:\d\d")
    )
    expect(board.locator("body")).to_contain_text("<b>many</b>")
    board.get_by_role("link", name="返回看板").click()
    expect(board.get_by_role("heading", name="民生看板")).to_be_visible()


def test_a_receipt_leads_to_the_run_that_took_it_in(office: Office) -> None:
    board = office.open_board()
    civic = board.locator("tbody tr", has=board.get_by_role("rowheader", name="民政"))

    civic.locator("td").last.get_by_role("link").click()
    expect(board.get_by_role("heading", name="回执：addition.csv")).to_be_visible()
    board.get_by_role("link", name="收件的运行").click()

    office.page.wait_for_url(re.compile(r"/dags/ingest_submissions/runs/"))


def test_a_month_leads_to_its_report_which_cannot_reach_airflow(office: Office) -> None:
    board = office.open_board()

    with office.page.expect_response(re.compile(r"/editions/2023-12/r1/report\.html$")) as answered:
        board.get_by_role("link", name="已发布 r1").click()

    assert answered.value.status == 200
    assert answered.value.headers["content-security-policy"].startswith("sandbox")
    expect(board.get_by_role("heading", level=1)).to_contain_text("督查通报")
    assert office.complaints == []


def test_a_month_leads_to_the_run_that_made_it(office: Office) -> None:
    board = office.open_board()

    board.get_by_role("link", name="运行成功").click()

    office.page.wait_for_url(re.compile(r"/dags/publish_monthly/runs/"))


def test_what_is_wrong_stands_above_with_what_to_do(office: Office) -> None:
    board = office.open_board()

    board.get_by_text("未了结的告警").click()

    expect(board.get_by_text("磁盘将满")).to_be_visible()
    board.get_by_role("link", name="docs/runbook.md", exact=True).click()
    expect(board.get_by_role("heading", name="Runbook", exact=True)).to_be_visible()


def test_a_dag_leads_to_its_chapter_of_the_runbook(office: Office) -> None:
    office.page.goto(f"{office.url}/dags/ingest_submissions")
    office.page.get_by_role("button", name="Dag 文档").click()

    chapter = office.page.get_by_role("link", name="Intake failed").evaluate("link => link.href")
    office.page.goto(chapter)

    expect(office.page.locator(":target")).to_have_text("Intake failed")


def test_while_the_ledger_is_written_it_shows_what_it_knew_and_does_not_wait(
    office: Office, settings: Settings
) -> None:
    office.open_board()
    with ledger.writing(settings):
        board = office.open_board()

        expect(board.get_by_role("status")).to_contain_text("台账正在写入")
        expect(board.locator("thead")).to_contain_text("已发布 r1")


def test_while_the_ledger_is_written_a_month_never_shown_before_asks_for_patience(
    office: Office, settings: Settings
) -> None:
    with ledger.writing(settings):
        office.page.goto(f"{office.url}/plugin/board/minsheng/?last=2023-11")
        status = office.page.frame_locator("iframe").get_by_role("status")
        expect(status).to_contain_text("五秒后自动重试")

    expect(office.page.frame_locator("iframe").locator("table")).to_be_visible()


def test_it_is_usable_by_keyboard_and_names_what_it_shows(office: Office, tmp_path: Path) -> None:
    board = office.open_board()
    picture = tmp_path / "board.png"
    office.page.screenshot(path=picture)

    expect(board.get_by_role("region", name="各单位逐月报送情况")).to_be_visible()
    assert board.locator("th:not([scope])").count() == 0
    board.locator("tbody a").first.focus()
    expect(board.locator("tbody a").first).to_be_focused()
    assert picture.stat().st_size > 20_000
