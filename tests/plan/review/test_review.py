"""The review page: open points first, each sentence beside what was made of it, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, minsheng
from tests.plan.conftest import Folder, folder
from warehouse.plan.drafting import draft
from warehouse.plan.review import review

__all__ = ["folder", "minsheng"]

PLAN = """\
青禾县2024年工作方案
1.2023年，已建成公园3个。今年新建公园12个，种树若干单元36。（责任单位：县<b>住建局</b>）
青禾县人民政府
2024年2月5日
"""


@pytest.fixture
def page(tmp_path: Path) -> str:
    (tmp_path / "text.txt").write_text(PLAN, encoding="utf-8")
    draft(tmp_path / "text.txt", tmp_path / "plan", None)
    return Path(review(tmp_path / "plan").path).read_text(encoding="utf-8")


def row_with(page: str, words: str) -> str:
    rows = re.findall(r'<div class="row".*?</div>\n</div>', page, re.DOTALL)
    return unescape(next(row for row in rows if words in row))


def test_a_sentence_stands_beside_its_target_and_what_is_open_about_it(page: str) -> None:
    row = row_with(page, "今年新建公园12个")

    assert "≥ 12 个; 2024-01 to 2024-12" in row
    assert "待确认" in row


def test_a_figure_that_is_no_target_stands_there_with_its_reason(page: str) -> None:
    assert "3个：过去的结果" in row_with(page, "已建成公园3个")


def test_what_is_open_comes_before_the_text(page: str) -> None:
    top, _, text = page.partition("全文")

    assert "单位不明" in top
    assert 'href="#s' in top
    assert "已建成公园3个" in text
    assert "已建成公园3个" not in top


def test_the_page_asks_for_nothing_from_elsewhere_and_shows_text_as_text(page: str) -> None:
    assert re.findall(r"(?:src|href)\s*=\s*[\"'](?!#)", page) == []
    assert "default-src 'none'" in page
    assert "<b>住建局</b>" not in page


def test_a_plan_with_faults_is_shown_with_them(folder: Folder) -> None:
    folder.change("targets.csv", "T01-01", "quote_zh", "not in the text")
    folder.change("targets.csv", "T01-01", "comparator", "more")

    written = review(folder.path)

    assert written.faults == 2
    assert "&#39;more&#39; is no comparator" in Path(written.path).read_text(encoding="utf-8")


def test_the_command_names_the_page(folder: Folder, tmp_path: Path, minsheng: Callable[..., Ended]) -> None:
    ended = minsheng("plan", "review", folder.path, home=tmp_path / "home")

    assert ended.status == 0
    assert ended.stdout == f"{folder.path / 'review.html'}: 0 faults, 0 undecided, 0 to confirm (待确认)\n"
