"""The first screen: how the month stands, who must act, and where each count leads."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.snapshot.pages import Page
from warehouse.snapshot import wording
from warehouse.snapshot.month import Month
from warehouse.snapshot.report import severity
from warehouse.snapshot.report.verdict import verdict_of


@pytest.fixture(scope="module")
def page(report_page: str) -> Page:
    return Page(report_page)


def running(row: dict[str, Any]) -> list[str]:
    return [str(row[group.running_column]) for group in wording.GROUPS if group.is_of_running]


def test_the_verdict_counts_each_running_window_once(month: Month) -> None:
    (district,) = month.standing("district")

    verdict = verdict_of(district)

    parts = (verdict.in_order, verdict.to_supervise, verdict.silent, verdict.not_judged)
    assert sum(parts) == verdict.running == district["running"]
    assert verdict.in_order == district["done_running"] + district["on_pace_running"]


def test_the_glance_counts_what_runs_and_tells_in_one_line_what_has_closed(page: Page, month: Month) -> None:
    (district,) = month.standing("district")
    (tiles,) = page.all("ul", class_="tiles")
    (closed,) = page.all("p", class_="closed")

    assert [tile["text"] for tile in page.all("b", within=tiles)] == running(district)
    assert [count["text"] for count in page.all("b", within=closed) if count["text"]] == [
        str(district["closed"]),
        *(str(district[group.closed_column]) for group in wording.GROUPS if group.is_of_closed),
    ]


def test_each_tile_leads_to_the_cards_that_it_counts(page: Page, month: Month) -> None:
    (district,) = month.standing("district")
    (tiles,) = page.all("ul", class_="tiles")
    windows = [one["attributes"] for one in page.elements if "data-state" in one["attributes"]]

    for tile in page.all("a", within=tiles):
        link = urlsplit(tile["attributes"]["href"] or "")
        asked = {name: values[0] for name, values in parse_qs(link.query).items()}
        counted = [one for one in windows if all(one.get(f"data-{name}") == asked[name] for name in asked)]
        assert link.fragment == "indicators"
        assert len(counted) == district[f"{asked['group']}_running"]


def test_each_of_the_most_severe_says_who_leads_since_when_and_where_it_is_heading(
    page: Page, month: Month
) -> None:
    worst = severity.worst(severity.concerns(month.figures))
    (listed,) = page.all("div", class_="worst")

    items = page.all("li", within=listed)

    assert len(items) == len(worst) > 0
    for item, row in zip(items, worst, strict=True):
        heading = wording.outlook(row)
        assert (row["lead_names"] or "方案未明确") in item["text"]
        assert wording.streak(row)[0] in item["text"]
        assert heading is None or heading.zh in item["text"]


def test_what_has_closed_is_folded(page: Page) -> None:
    folds = page.all("details")

    heads = [page.all("summary", within=fold)[0]["text"] for fold in folds]
    assert any(head.startswith("已期满：逾期未完成和逾期未报") for head in heads)
    assert all("open" not in fold["attributes"] for fold in folds)
