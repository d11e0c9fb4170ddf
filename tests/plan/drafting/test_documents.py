"""The documents that a draft is made from: TXT, DOCX and PDF, and those that it refuses with the place."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.services.programs import required
from warehouse.errors import MinshengError
from warehouse.plan.drafting.documents import text_of

TEXT = "青禾县2024年工作方案\n新建公园12个。\n"


def pdf(pages: list[str]) -> bytes:
    """Return a PDF whose pages show some Latin lines; a page without a line is as a scan has it."""
    contents = [
        "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in page.splitlines()) + " ET"
        for page in pages
    ]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{written}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end + trailer).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "plan.txt").write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))

    assert text_of(tmp_path / "plan.txt") == TEXT


def test_what_nobody_sees_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("新建\u200b公园\x0012个。", encoding="utf-8")

    assert text_of(tmp_path / "plan.txt") == "新建公园12个。\n"


def test_a_docx_is_read_in_the_order_of_its_paragraphs_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、主要指标")
    table = document.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, (("指标", "单位", "2025年目标"), ("公园", "个", "12")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("二、重点任务")
    document.save(str(tmp_path / "plan.docx"))

    assert text_of(tmp_path / "plan.docx") == (
        "一、主要指标\n指标\t单位\t2025年目标\n公园\t个\t12\n二、重点任务\n"
    )


def test_a_merged_cell_is_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "指标"
    table.cell(0, 2).text = "目标"
    document.save(str(tmp_path / "plan.docx"))

    assert text_of(tmp_path / "plan.docx") == "指标\t目标\n"


def test_the_wrapped_lines_of_a_pdf_are_one_paragraph(tmp_path: Path) -> None:
    wrapped = "1. The county will build 1,200 new homes by the year\n2028 and help all."
    page = f"{wrapped}\n2. It will plant 300 trees."
    (tmp_path / "plan.pdf").write_bytes(pdf([page]))

    assert text_of(tmp_path / "plan.pdf").splitlines() == [
        "1. The county will build 1,200 new homes by the year 2028 and help all.",
        "2. It will plant 300 trees.",
    ]


def test_a_scanned_page_is_refused_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(pdf(["The plan.", "", "Its end."]))

    with pytest.raises(MinshengError, match="no text on page 2 of 3: it was scanned"):
        text_of(tmp_path / "plan.pdf")


def too_long(path: Path) -> None:
    path.write_text("新建公园12个。\n" * 1_200_000, encoding="utf-8")


def many_characters(path: Path) -> None:
    path.write_text("新建公园12个。\n" * 120_000, encoding="utf-8")


def no_encoding(path: Path) -> None:
    path.write_bytes("第一行\n".encode() + b"\xff\xff\xff")


def no_words(path: Path) -> None:
    path.write_text("。、\n", encoding="utf-8")


def disguised(path: Path) -> None:
    path.write_bytes(b"%PDF-1.4")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (too_long, "more than the 20971520 of any plan: cut the plan out of it"),
        (many_characters, "has 1080000 characters, and a draft reads 1000000, up to line 111112"),
        (no_encoding, r"plan.txt:2 is neither UTF-8, UTF-16 nor GB18030"),
        (no_words, "holds no text"),
        (disguised, "is no plain text"),
    ],
)
def test_a_text_that_is_no_plan_is_refused_with_its_place(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    make(tmp_path / "plan.txt")

    with pytest.raises(MinshengError, match=said):
        text_of(tmp_path / "plan.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_docx_made_to_attack_its_reader_is_refused(tmp_path: Path, encoding: str) -> None:
    with zipfile.ZipFile(tmp_path / "plan.docx", "w") as container:
        hostile = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        container.writestr("word/document.xml", hostile.encode(encoding))

    with pytest.raises(MinshengError, match=r"declares a document type in word/document\.xml"):
        text_of(tmp_path / "plan.docx")


@pytest.mark.parametrize("name", ["plan.docx", "plan.pdf"])
def test_a_damaged_document_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04%PDF-1.4 and no more")

    with pytest.raises(MinshengError, match=f"{name} (is no readable|cannot be read)"):
        text_of(tmp_path / name)


@pytest.mark.browser
def test_a_chinese_pdf_has_characters_and_not_the_radicals_of_its_font(tmp_path: Path) -> None:
    chromium = required(shutil.which("chromium"), "chromium")
    paragraph = "到2025年，全市人民安居工程新建住房1200户，老旧小区改造覆盖率达到90%以上，高龄老人服务到门。"
    page = tmp_path / "plan.html"
    page.write_text(f'<meta charset="utf-8"><p style="width:20em">{paragraph}</p><p>二、风险</p>', "utf-8")

    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    target = f"--print-to-pdf={tmp_path / 'plan.pdf'}"
    subprocess.run([chromium, *flags, target, page.as_uri()], check=True, capture_output=True, timeout=120)

    assert text_of(tmp_path / "plan.pdf") == f"{paragraph}\n二、风险\n"
