"""The bulletin as an inspection office reads it: its title, its counts, its ranks, its words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.snapshot.pages import Page
from warehouse.editions import Edition
from warehouse.snapshot import report, wording
from warehouse.snapshot.month import Month

CAPS_AND_COMPARISONS = {"at_most", "below", "zero", "declines", "rises"}
PLAN = "示例区三年行动方案"
ASCII_MINUS = re.compile(r"(?<![\w-])-\d")
WORDS_OF_THE_PAST = re.compile(
    "转好|转差|逾期后完成|不可恢复|缺报|退回行|追上要求|现速|达序时|不评价(?<!暂不评价)|方案未定|版次"
)


@pytest.fixture(scope="module")
def page(report_page: str) -> Page:
    return Page(report_page)


def page_of(month: Month, folder: Path) -> Page:
    """Return the report of another month than the edition's."""
    folder.mkdir(exist_ok=True)
    report.write(month, "2023-12/r1", report.Past(), folder)
    return Page((folder / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def another(month: Month, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The report of a month with a named plan, with words of proof, with ranks that are worth little."""
    scores = [
        score | {"lead_rank": 3, "ranked_organizations": 18, "judged_windows": 2, "is_rank_tied": True}
        | {"leads_few_windows": True}
        for score in month.scorecards
    ]  # fmt: skip
    changed = replace(
        month,
        freshness=month.freshness | {"plan_title": PLAN},
        figures=[row | {"remark": f"佐证 {row['target_code']}"} for row in month.figures],
        scorecards=scores,
        subdistricts=[],
    )
    return page_of(changed, tmp_path_factory.mktemp("another"))


def text_of(page: Page, section: str) -> str:
    (part,) = page.all("section", id=section)
    return " ".join(part["text"].split())


def test_the_title_names_the_plan_and_the_issue(another: Page) -> None:
    (masthead,) = another.all("header", class_="masthead")

    assert "".join(masthead["text"].split()) == f"关于《{PLAN}》推进情况的督查通报（2023年第12期）"


def test_the_headline_counts_what_the_plan_holds_and_what_runs(page: Page, month: Month) -> None:
    (district,) = month.standing("district")
    kinds = Counter(row["kind"] for row in month.commitments)
    text = text_of(page, "overview").replace(" ", "")

    assert f"总体目标{kinds['goal']}项、重点任务{kinds['task']}项、办实事{kinds['annex']}项" in text
    assert f"可量化目标{month.freshness['plan_targets']}项" in text
    assert (
        f"{month.freshness['plan_evidence']}项定性任务以佐证材料认定，已办结{district['evidence_done']}项"
        in text
    )
    assert f"涉及考核期{district['windows']}个，其中在考{district['running']}个" in text
    assert f"已期满考核期{district['closed']}个" in text


def test_the_kinds_are_counted_by_their_worst_window_as_the_marts_do(page: Page, month: Month) -> None:
    rows = {row[0]: row[1:] for row in page.rows("kinds", "overview")}

    for kind, name in (("goal", "总体目标"), ("task", "重点任务"), ("annex", "办实事")):
        found = [row for row in month.commitments if row["kind"] == kind]
        groups = Counter(wording.STATUSES[row["status"]].group.code for row in found if row["status"])
        unmeasured = len(found) - groups.total()
        expected = [len(found), *(groups[group.code] for group in wording.GROUPS), unmeasured]
        assert rows[name] == [str(count) for count in expected]


def test_every_commitment_is_there_with_its_lead_its_status_and_its_windows(page: Page, month: Month) -> None:
    rows = page.rows("commitments", "standings")
    standings = {row["code"]: row for row in month.standing("commitment")}
    shown = [
        row
        for row in month.commitments
        if standings[row["commitment_code"]]["windows"] or standings[row["commitment_code"]]["evidence_items"]
    ]

    assert len(rows) == len(shown) > 60
    for row, cells in zip(shown, rows, strict=True):
        standing = standings[row["commitment_code"]]
        assert cells[0].startswith(f"{row['commitment_code']} {row['title_zh']}")
        assert (row["lead_names"] or "方案未明确") in cells[0]
        assert (row["status_zh"] or "以佐证材料认定") in cells[1]
        assert cells[2:] == [
            str(standing["windows"]),
            *(str(standing[group.count_column]) for group in wording.GROUPS),
        ]


def test_the_worst_are_named_with_their_lead_their_months_and_their_gap(page: Page, month: Month) -> None:
    (worst,) = page.all("div", class_="worst")
    items = page.all("li", within=worst)
    by_name = {row["indicator_name"]: row for row in month.figures if row["in_force"]}

    assert f"需重点督办的{len(items)}项" in worst["text"]
    assert len(items) == 5
    for item in items:
        row = next(row for name, row in by_name.items() if name in item["text"])
        assert (row["lead_names"] or "方案未明确") in item["text"]
        assert re.search(r"连续滞后\d+个月|连续\d+个月未报", item["text"])


def test_a_rank_says_of_how_many_whether_it_is_tied_and_of_how_few(another: Page, month: Month) -> None:
    ranks = {row[0]: row[-1] for row in another.rows("standings", "standings")}

    for standing in month.standing("lead"):
        if standing["windows"]:
            assert ranks[standing["name"]] == "3 / 18（并列，仅2个考核期）"


def test_who_has_not_reported_all_has_no_rank(page: Page, month: Month) -> None:
    scores = {row["organization_name"]: row for row in month.scorecards}
    ranks = {row[0]: row[-1] for row in page.rows("standings", "standings") if row[0] in scores}

    assert ranks
    for name, rank in ranks.items():
        assert rank == wording.rank(scores[name])[0]


def test_what_the_subdistricts_report_is_shown_with_their_shares(page: Page, month: Month) -> None:
    rows = {row[0]: row[1:] for row in page.rows("areas", "standings")}
    areas = list(dict.fromkeys(row["area_code"] for row in month.subdistricts))

    assert len({row["indicator_code"] for row in month.subdistricts}) == len(rows) > 0
    for row in month.subdistricts:
        (cells,) = (cells for name, cells in rows.items() if name.startswith(row["indicator_name"]))
        cell = cells[1 + areas.index(row["area_code"])]
        assert cell.startswith(wording.figure(row["running_total"]))
        assert row["share_pct"] is None or cell.endswith(wording.percent(row["share_pct"]))


def test_without_shares_the_page_says_so_once(another: Page) -> None:
    text = text_of(another, "standings")

    assert text.count("没有分解到街道的目标") == 1
    assert another.rows("areas", "standings") == []


def test_the_words_of_reports_and_proofs_stand_on_the_cards(another: Page, month: Month) -> None:
    cards = {card["attributes"]["id"]: card["text"] for card in another.all("article")}
    proved = [row for row in month.figures if row["comparator"] == "evidence"]

    assert all("佐证 " in text for text in cards.values())
    assert proved
    for row in proved:
        assert f"佐证 {row['target_code']}" in cards[row["indicator_code"]]


def test_no_cap_and_no_comparison_is_asked_to_be_completed(page: Page, month: Month) -> None:
    cards = {card["attributes"]["id"]: card["text"] for card in page.all("article")}
    comparators: dict[str, set[str]] = defaultdict(set)
    for row in month.figures:
        comparators[row["indicator_code"]].add(row["comparator"])
    kept_down = [code for code, found in comparators.items() if found <= CAPS_AND_COMPARISONS]

    assert kept_down
    assert [code for code in kept_down if re.search("应完成|应达到", cards[code])] == []


def test_a_department_sees_its_own_reports_in_its_head(edition: Edition, month: Month) -> None:
    for owed in (row for row in month.compliance if row["period"] == month.period):
        path = edition.path / "departments" / f"{owed['organization_code']}.html"
        (freshness,) = Page(path.read_text(encoding="utf-8")).all("dl", class_="freshness")
        expected = f"本月应报数字{owed['figures_expected']}已收{owed['figures_received']}"
        assert ("".join(freshness["text"].split())).count(expected) == bool(owed["figures_expected"])


@pytest.mark.parametrize("name", ["report.html", "departments/HRSS.html", "../../index.html"])
def test_no_page_writes_a_minus_as_a_hyphen_or_uses_a_word_of_the_past(edition: Edition, name: str) -> None:
    page = Page((edition.path / name).read_text(encoding="utf-8"))
    cells = [one["text"] for tag in ("td", "dd", "li", "h1", "h2", "h3", "th") for one in page.all(tag)]
    texts = [text for text in cells if not re.search("口径", text)]

    assert [text for text in texts if ASCII_MINUS.search(text)] == []
    assert [text for text in texts if WORDS_OF_THE_PAST.search(text)] == []


def test_a_note_writes_its_amounts_as_the_page_does(month: Month) -> None:
    paced = [row for row in month.figures if row["status"] in ("behind", "far_behind")]

    assert paced
    for row in paced:
        actual = wording.amount(row["actual_value"], row["unit"], row["expected_value"], row["decimals"]).zh
        expected = wording.amount(row["expected_value"], row["unit"], row["actual_value"], row["decimals"]).zh
        assert actual in row["note"], row["note"]
        assert expected in row["note"], row["note"]
        assert re.search(f"{wording.line_zh(row)}|须高于|须低于", row["note"]), row["note"]


def test_a_closed_window_says_its_target_as_the_page_does(month: Month) -> None:
    def goal(row: dict[str, Any]) -> str:
        return wording.amount(row["target_value"], row["unit"], row["actual_value"], row["decimals"]).zh

    missed = [row for row in month.figures if row["status"] == "missed" and row["comparator"] == "at_least"]

    assert missed
    assert [row["note"] for row in missed if f"未达到目标{goal(row)}" not in row["note"]] == []
