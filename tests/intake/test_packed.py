"""The container of a receipt: what the standard library reads out of it is what was put in."""

from __future__ import annotations

import io
import zipfile

import pytest

from warehouse.intake.receipts.packed import container, part


@pytest.mark.parametrize("text", ["", "回执", "一行文字\n" * 10_000])
def test_a_part_comes_out_as_it_went_in(text: str) -> None:
    packed = container([part("first.xml", "<a/>"), part("文件.xml", text)])

    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name).decode() for name in opened.namelist()} == {
            "first.xml": "<a/>",
            "文件.xml": text,
        }


def test_a_large_part_is_deflated() -> None:
    text = "一行文字\n" * 10_000

    assert len(container([part("a.xml", text)])) < len(text.encode()) / 10
