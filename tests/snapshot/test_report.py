"""The report says what the marts say, loads nothing, and is the same whenever it is made."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from markupsafe import escape

from tests.snapshot.pages import Page
from warehouse.editions import Edition
from warehouse.snapshot import report, wording
from warehouse.snapshot.month import Month
from warehouse.snapshot.report.contents import cards_of

# The columns of a figure that hold words.
WORDS = ["indicator_name", "note", "quote_zh", "lead_names", "unit", "indicator_code"]
MOST_BYTES = 1_500_000
STYLE = Path(report.__file__).parent.parent / "templates" / "style.css"


@pytest.fixture(scope="module")
def page(report_page: str) -> Page:
    return Page(report_page)


def counts(row: dict[str, Any]) -> list[str]:
    return [str(row[group.count_column]) for group in wording.GROUPS]


def running(row: dict[str, Any]) -> list[str]:
    return [str(row[group.running_column]) for group in wording.GROUPS if group.is_of_running]


def written(month: Month, folder: Path) -> str:
    """Write the report of another month than the edition's, and return it."""
    folder.mkdir(exist_ok=True)
    report.write(month, "2023-12/r1", report.Past(), folder)
    return (folder / "report.html").read_text(encoding="utf-8")


def changed(month: Month, folder: Path, **fields: Any) -> str:
    """Write the report of a month that says something else in every figure, and return it."""
    return written(replace(month, figures=[row | fields for row in month.figures]), folder)


@pytest.fixture(scope="module")
def genuine(month: Month, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of a month of real figures, in a district without targets of its own."""
    standings = [row | {"windows": 0} if row["scope"] == "district" else row for row in month.standings]
    other = replace(month, freshness=month.freshness | {"is_sample": False}, standings=standings)
    return written(other, tmp_path_factory.mktemp("genuine"))


def hostile(column: str) -> str:
    """Return what would be markup or script if a page took it for its own, and names its column."""
    return f'<script>alert("x")</script><img src=x onerror=alert(1)>\' onmouseover="x" {column}'


@pytest.fixture(scope="module")
def attacked(month: Month, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of a month with hostile text in every column of words, before what stands there."""
    figures = [
        row | {column: f"{hostile(column)} {row[column]}" for column in WORDS} for row in month.figures
    ]
    return written(replace(month, figures=figures), tmp_path_factory.mktemp("attacked"))


@pytest.mark.parametrize("scope", ["section", "lead"])
def test_each_part_of_the_district_is_counted(page: Page, month: Month, scope: str) -> None:
    rows = {row[0]: row[1:] for row in page.rows("standings", "standings")}

    for standing in month.standing(scope):
        if standing["windows"]:
            counted = [str(standing["windows"]), *counts(standing)]
            assert rows[standing["name"]][: len(counted)] == counted


def test_every_laggard_is_there_with_its_gap_and_what_it_would_take(page: Page, month: Month) -> None:
    laggards = [
        row
        for row in month.figures
        if row["in_force"] and row["comparator"] != "evidence" and row["status"] in ("behind", "far_behind")
    ]
    rows = {row[0]: row for row in page.rows("laggards", "lagging")}

    assert len(rows) == len(laggards) > 0
    for row in laggards:
        (cells,) = (
            cells for name, cells in rows.items() if f"{row['target_code']} · {row['window_start']}–" in name
        )
        asked = wording.requirement(row)
        assert cells[4] == wording.points(row["gap_pp"])
        assert wording.line_zh(row) in cells[5]
        assert asked is None or cells[6].startswith(asked.zh)


def test_whoever_is_late_or_incomplete_is_named(page: Page, month: Month) -> None:
    rows = {row[0]: row[2:8] for row in page.rows("compliance", "reporting")}
    names = ("expected", "received", "on_time", "late", "missing")

    for owed in (row for row in month.compliance if row["period"] == month.period):
        figures = [str(owed[f"figures_{name}"]) for name in names]
        assert rows[owed["organization_name"]] == [*figures, str(owed["rows_refused"])]


def test_every_indicator_has_a_card_with_its_figures_its_words_and_its_source(
    page: Page, month: Month
) -> None:
    sources = {(row["target_code"], row["window_start"]): row for row in month.sources}
    cards = {card["attributes"]["id"]: card for card in page.all("article")}

    assert set(cards) == {row["indicator_code"] for row in month.figures}
    for row in month.figures:
        text = cards[row["indicator_code"]]["text"]
        bound = row["expected_value"] if row["target_value"] is None else row["target_value"]
        assert wording.amount(row["actual_value"], row["unit"], bound, row["decimals"]).number_zh in text
        assert wording.percent(row["attainment_pct"]) in text
        assert row["status_zh"] in text
    for card in cards_of(month):
        text = cards[card.figure["indicator_code"]]["text"]
        assert card.figure["quote_zh"] in text
        assert card.figure["note"] in text
        source = sources.get((card.figure["target_code"], card.figure["window_start"]))
        assert source is None or source["newest_file_name"] in text


def test_every_chart_has_words_in_its_place(page: Page, month: Month) -> None:
    charts = page.all("figure")

    assert len(charts) == sum(card.chart is not None for card in cards_of(month)) > 0
    assert all(chart["attributes"]["role"] == "img" for chart in charts)
    assert all("走势" in (chart["attributes"]["aria-label"] or "") for chart in charts)


def test_every_table_says_what_it_is_and_every_head_what_it_heads(page: Page) -> None:
    tables = page.all("table")
    captions = [caption["within"][-1] for caption in page.all("caption") if caption["text"].strip()]

    assert all(any(table is captioned for captioned in captions) for table in tables)
    assert all("scope" in head["attributes"] for head in page.all("th"))


def test_sample_data_and_the_age_of_the_data_are_marked(page: Page, month: Month) -> None:
    (sample,) = page.all("p", class_="sample")
    (freshness,) = page.all("dl", class_="freshness")

    assert "样例数据" in sample["text"]
    assert month.freshness["known_through"].strftime("%Y-%m-%d %H:%M") in freshness["text"]
    assert str(month.freshness["next_deadline"]) in freshness["text"]
    assert f"{month.freshness['coverage_pct']}%" in freshness["text"]


def test_without_samples_there_is_no_sample_mark(genuine: str) -> None:
    assert "样例数据</span>" not in genuine


def test_no_page_refers_to_anything_outside_the_edition(edition: Edition) -> None:
    for path in [*edition.path.glob("*.html"), *(edition.path / "departments").iterdir()]:
        page = Page(path.read_text(encoding="utf-8"))
        references = [
            value
            for element in page.elements
            for name, value in element["attributes"].items()
            if name in ("src", "href", "srcset", "action", "data", "poster", "xlink:href")
        ]
        targets = {path.parent / urlsplit(reference).path for reference in references}
        assert all(target.resolve().is_relative_to(edition.path.resolve()) for target in targets)
        assert all(target.exists() for target in targets)
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/)", path.read_text(encoding="utf-8"))


def test_a_body_that_answers_for_nothing_has_no_page(edition: Edition) -> None:
    pages = {path.stem for path in (edition.path / "departments").iterdir()}

    assert "HRSS" in pages
    assert not pages & {"STATE_COUNCIL", "PROVINCIAL_GOVERNMENT", "HEPING_DISTRICT"}


def test_the_report_is_small_enough_to_be_sent(report_page: str) -> None:
    assert len(report_page.encode()) <= MOST_BYTES


def test_every_link_within_a_page_leads_somewhere(page: Page) -> None:
    anchors = {element["attributes"].get("id") for element in page.elements}
    links = [element["attributes"]["href"] or "" for element in page.all("a")]

    assert {link[1:] for link in links if link.startswith("#")} <= anchors


def test_what_comes_from_data_is_text_and_never_markup(attacked: str) -> None:
    assert "<script>alert" not in attacked
    assert "<img" not in attacked
    assert len(Page(attacked).all("script")) == 1


def test_what_comes_from_data_is_shown_as_it_is_written(attacked: str) -> None:
    assert [column for column in WORDS if escape(hostile(column)) not in attacked] == []


def test_the_same_month_gives_the_same_bytes(month: Month, edition: Edition, empty_folder: Path) -> None:
    facts = edition.manifest()
    proof = report.Proof(facts["marts_sha256"], facts["previous"])

    report.write(month, "2023-12/r1", report.Past(), empty_folder, proof)

    made = {str(path.relative_to(empty_folder)): path.read_bytes() for path in empty_folder.rglob("*.html")}
    assert made == {name: (edition.path / name).read_bytes() for name in made}
    assert len(made) > 30


def test_a_district_without_targets_of_its_own_says_so(genuine: str) -> None:
    assert Page(genuine).all("ul", class_="tiles") == []
    assert "没有分解到本级的目标" in genuine


def test_what_differs_from_its_line_never_looks_equal_to_it(month: Month, empty_folder: Path) -> None:
    content = changed(
        month,
        empty_folder,
        target_value=None,
        actual_value=Decimal("1.0126"),
        expected_value=Decimal("1.0072"),
    )

    for card in Page(content).all("article"):
        assert "1.013" in card["text"]
        assert "1.007" in card["text"]


def test_a_missing_figure_is_a_dash_and_never_zero(month: Month, empty_folder: Path) -> None:
    content = changed(month, empty_folder, actual_value=None, attainment_pct=None, gap_pp=None)

    for card in Page(content).all("article"):
        assert card["text"].count("—") >= 2


def test_each_department_has_its_page_with_its_targets_and_its_compliance(
    edition: Edition, month: Month
) -> None:
    page = Page((edition.path / "departments" / "HRSS.html").read_text(encoding="utf-8"))
    (standing,) = (row for row in month.standing("lead") if row["code"] == "HRSS")
    (tiles,) = page.all("ul", class_="tiles")
    owed = [row for row in month.compliance if row["organization_code"] == "HRSS"]

    assert [tile["text"] for tile in page.all("b", within=tiles)] == running(standing)
    assert [row[0] for row in page.rows("compliance", "reporting")] == [
        row["period"] for row in reversed(owed)
    ]
    led = {row["indicator_code"] for row in month.figures if "HRSS" in row["lead_codes"]}
    assert {card["attributes"]["id"] for card in page.all("article")} == led


def test_a_trend_ends_at_the_months_figure(month: Month) -> None:
    figures = {(row["target_code"], row["window_start"]): row["actual_value"] for row in month.figures}

    judged = [row for row in month.trends if row["is_judged"]]

    assert len(judged) == sum(row["judged_period"] is not None for row in month.figures)
    assert all(row["actual_value"] == figures[row["target_code"], row["window_start"]] for row in judged)


def several(rows: list[dict[str, Any]], copies: int) -> list[dict[str, Any]]:
    """Return rows about so many times the targets."""
    return [
        row | {name: f"{row[name]}-{copy}" for name in ("indicator_code", "target_code") if name in row}
        for copy in range(copies)
        for row in rows
    ]


def test_four_times_the_targets_are_four_times_the_work_and_no_more(month: Month, tmp_path: Path) -> None:
    few = {row["target_code"] for row in month.figures[:60]}
    parts = {
        name: [row for row in getattr(month, name) if row["target_code"] in few]
        for name in ("figures", "trends", "sources")
    }
    spent = []
    for copies in (1, 1, 4):
        more: dict[str, Any] = {name: several(rows, copies) for name, rows in parts.items()}
        began = time.process_time()
        written(replace(month, **more), tmp_path / str(len(spent)))
        spent.append(time.process_time() - began)

    assert spent[2] < 6 * spent[1]


def test_every_rule_for_a_language_asks_the_box_that_chooses_it_not_the_whole_page() -> None:
    """Asked of the whole page for each of its texts, they made Chromium print ten times as long."""
    asked = re.findall(r"(\S*?):(?:not\(:)?has\(", STYLE.read_text(encoding="utf-8"))

    assert set(asked) == {".language"}
