"""Numbers that Word computes are read as if they stood in the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.services.libreoffice import as_text
from warehouse.plan.drafting.documents import text_of
from warehouse.plan.drafting.draft import draft

PLAN_LEVELS = [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")]
PLAN = [
    (0, "工作目标"),
    (1, "稳定就业"),
    (2, "新增就业6000人。"),
    (2, "培训500人次。"),
    (1, "改善环境"),
    (2, "新建公园12个。"),
    (0, "保障措施"),
    (1, "加强领导"),
]


def define(document: Any, number: int, levels: list[tuple[str, str]], start: int = 1) -> None:
    """Define a list of a document: the format and the text of each level."""
    numbering = document.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start if place == 0 else 1}"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{written}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    use(document, number, number)


def use(document: Any, number: int, abstract: int, start: int | None = None) -> None:
    """Define a use of a list, that begins anew at `start` if it is given."""
    anew = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{anew}</w:num>'
        )
    )


def add(document: Any, text: str, number: int, level: int = 0) -> None:
    """Add a paragraph at a level of a list."""
    place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    document.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(place))


def saved(document: Any, folder: Path) -> Path:
    document.save(str(folder / "plan.docx"))
    return folder / "plan.docx"


def plan_of(levels: list[tuple[str, str]]) -> Any:
    document = docx.Document()
    define(document, 90, levels)
    for level, text in PLAN:
        add(document, text, 90, level)
    return document


def test_headings_and_items_of_three_levels_are_numbered(tmp_path: Path) -> None:
    path = saved(plan_of(PLAN_LEVELS), tmp_path)

    assert text_of(path).splitlines() == [
        "一、工作目标",
        "（一）稳定就业",
        "1.新增就业6000人。",
        "2.培训500人次。",
        "（二）改善环境",
        "1.新建公园12个。",
        "二、保障措施",
        "（一）加强领导",
    ]


@pytest.mark.parametrize(
    ("form", "start", "first", "second"),
    [
        ("decimal", 9, "9", "10"),
        ("chineseCounting", 10, "十", "十一"),
        ("chineseCounting", 20, "二十", "二十一"),
        ("decimalEnclosedCircle", 1, "①", "②"),
        ("upperRoman", 3, "III", "IV"),
        ("lowerLetter", 26, "z", "aa"),
    ],
)
def test_a_number_is_written_in_the_format_of_its_level(
    tmp_path: Path, form: str, start: int, first: str, second: str
) -> None:
    document = docx.Document()
    define(document, 90, [(form, "%1.")], start)
    add(document, "甲", 90)
    add(document, "乙", 90)

    assert text_of(saved(document, tmp_path)).splitlines() == [f"{first}.甲", f"{second}.乙"]


def test_a_level_names_those_above_it(tmp_path: Path) -> None:
    document = docx.Document()
    define(document, 90, [("chineseCounting", "%1"), ("decimal", "%1.%2 ")])
    add(document, "目标", 90)
    add(document, "公园", 90, 1)

    assert text_of(saved(document, tmp_path)).splitlines() == ["一目标", "一.1 公园"]


def test_two_uses_of_a_list_go_on_counting_unless_one_begins_anew(tmp_path: Path) -> None:
    document = docx.Document()
    define(document, 90, [("decimal", "%1.")])
    use(document, 91, 90)
    use(document, 92, 90, start=1)
    for number in (90, 91, 92, 92):
        add(document, "事项", number)

    assert text_of(saved(document, tmp_path)).splitlines() == ["1.事项", "2.事项", "1.事项", "2.事项"]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_can_opt_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("甲", style="List Number")
    add(document, "不编号", 0)
    document.add_paragraph("乙", style="List Number")
    document.add_paragraph("丙", style="List Bullet")

    assert text_of(saved(document, tmp_path)).splitlines() == ["1.甲", "不编号", "2.乙", "●丙"]


def test_a_draft_has_the_items_that_word_numbers(tmp_path: Path) -> None:
    numbered = saved(plan_of(PLAN_LEVELS), tmp_path)
    written = tmp_path / "written.txt"
    written.write_text(text_of(numbered), encoding="utf-8")

    draft(numbered, tmp_path / "numbered", None)
    draft(written, tmp_path / "as_text", None)

    for table in ("commitments.csv", "targets.csv"):
        assert (tmp_path / "numbered" / table).read_bytes() == (tmp_path / "as_text" / table).read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("form", ["decimal", "chineseCounting", "upperRoman", "lowerLetter"])
def test_libreoffice_computes_the_same_numbers(tmp_path: Path, form: str) -> None:
    document = docx.Document()
    define(document, 90, [(form, "%1、"), ("decimal", "(%2)"), ("decimal", "%2.%3.")])
    use(document, 91, 90)
    for turn in range(30):
        add(document, f"事项{turn}", 90 + turn % 2, turn * 7 % 3)
    path = saved(document, tmp_path)

    theirs = as_text(path, tmp_path).splitlines()

    assert text_of(path).splitlines() == ["".join(line.split()) for line in theirs]
