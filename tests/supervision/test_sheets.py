"""The sheets that a department finds in its outbox."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.supervision.conftest import ITEM
from warehouse import supervision
from warehouse.published import Edition
from warehouse.settings import Settings
from warehouse.supervision.sheets import SAMPLE

pytestmark = pytest.mark.slow


def test_an_open_item_is_put_to_the_department_on_a_page_and_in_a_document(
    office: tuple[Settings, Edition],
) -> None:
    settings, edition = office

    page, document = supervision.write_sheets(settings, edition)

    assert [path.relative_to(settings.outbox).as_posix() for path in (page, document)] == [
        "LABOUR/督办单_2024-05.html",
        "LABOUR/督办单_2024-05.docx",
    ]
    html = page.read_text(encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(document.read_bytes())) as container:
        words = container.read("word/document.xml").decode()
    for text in ("督办〔2024〕5-01号", "红色督办", ITEM, "自2024年2月起连续4个月", "示例责任人", SAMPLE):
        assert text in html
        assert text in words
    assert "&lt;b&gt;场地" in html


def test_the_same_edition_gives_the_same_bytes(office: tuple[Settings, Edition]) -> None:
    first = [path.read_bytes() for path in supervision.write_sheets(*office)]

    assert [path.read_bytes() for path in supervision.write_sheets(*office)] == first


def test_sheets_of_the_month_that_no_item_asks_for_any_more_are_taken_away(
    office: tuple[Settings, Edition],
) -> None:
    settings, edition = office
    stale = settings.outbox / "HEALTH" / "督办单_2024-05.html"
    other = settings.outbox / "HEALTH" / "督办单_2024-04.html"
    stale.parent.mkdir()
    for path in (stale, other):
        path.write_text("示例", encoding="utf-8")

    supervision.write_sheets(settings, edition)

    assert (stale.exists(), other.exists()) == (False, True)
