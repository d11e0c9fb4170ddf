"""Thousands of ugly files: every row is counted once, and every sound row is in the ledger as it was written.

The files are made from rows whose fate is known, so what intake says can be compared with what must be.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake import test_ods as ods
from tests.intake.conftest import Home, csv_text

COLUMNS = {
    "period": ["报告期", "period", "报告 期", "Period", "月份"],
    "indicator_code": ["指标编码", "indicator_code", "Indicator Code", "指标代码（必填）"],
    "area_code": ["地区编码", "area_code", "区划代码"],
    "value": ["数值", "value", "本月数", "数值（人）"],
    "indicator_name": ["指标名称", "indicator_name"],
    "remark": ["备注", "remark", "说明"],
}
UGLY = [
    "",
    "正常",
    'say "x"',
    "a,b;c",
    "上\n下",
    "x\r\ny",
    "'",
    "=1+1",
    "é",
    "😀",
    " \t ",
    "样例数据",
    "0",
    "\u3000",
]
PREAMBLES = [
    ["明山区月报"],
    ["", "2025年"],
    ["填报单位：人社局", "", "单位：人"],
    [],
    ["", "", ""],
    ["注：\n换行"],
]
BAD = [
    {"period": "2025-13"},
    {"period": ""},
    {"indicator_code": "NO SUCH"},
    {"indicator_code": ""},
    {"area_code": "1"},
    {"value": "12,3"},
    {"value": "12人"},
    {"value": ""},
    {"indicator_code": "BEDS"},
    {"value": "-5"},
]
MONTHS = [f"{year}-{month:02d}" for year in range(2001, 2024) for month in range(1, 13)]


@dataclass
class Generated:
    content: bytes
    name: str
    rows: int
    fates: Counter[str] = field(default_factory=Counter)
    sound: dict[int, tuple[str, str, Decimal]] = field(default_factory=dict)
    """Row number → period, area, value of every row that must be taken."""


def written(chance: random.Random, value: Decimal) -> str:
    """One of the ways in which people write a number."""
    plain = f"{value:f}"
    ways = [
        plain,
        f"{value:,f}",
        f" {plain} ",
        plain.translate({48 + n: 0xFF10 + n for n in range(10)}),
        f"+{plain}",
    ]
    return chance.choice([*ways, plain, f"{value:e}"])


def sound_row(chance: random.Random, months: list[str]) -> dict[str, str]:
    month = months.pop()
    year, number = month.split("-")
    area = chance.choice(["210504002", "210504004"])
    value = Decimal(chance.randint(0, 99_999_999)) / chance.choice([1, 1000])
    forms = [month, year + number, f"{year}/{int(number)}", f"{year}年{int(number)}月", f"{month}-01"]
    return {
        "period": chance.choice(forms),
        "indicator_code": chance.choice(["JOBS", " JOBS ", "ＪＯＢＳ"]),
        "area_code": area,
        "value": written(chance, min(value, Decimal(100_000))),
        "indicator_name": chance.choice(["", "新增就业"]),
        # Digits alone may be the rest of a figure that a comma cut.
        "remark": chance.choice([text for text in UGLY if not text.strip().isdigit()]),
        "month": month,
        "figure": str(min(value, Decimal(100_000))),
    }


def generate(chance: random.Random, number: int, kind: str) -> Generated:
    as_workbook = kind != "csv"
    optional = [name for name in ("indicator_name", "remark") if chance.random() < 0.7]
    names = ["period", "indicator_code", "area_code", "value", *optional]
    chance.shuffle(names)
    table = [list(chance.choice(PREAMBLES)) for _ in range(chance.randint(0, 4))]
    made = Generated(b"", f"{number}.{kind}", 0)
    made.fates.update("non_data" if any(map(str.strip, row)) else "blank" for row in table)
    table.append([chance.choice(COLUMNS[name]) for name in names])
    made.fates["non_data"] += 1
    months = chance.sample(MONTHS, 60)
    for _ in range(chance.randint(1, 30)):
        add_row(chance, made, table, names, months, as_workbook)
    made.rows = len(table)
    made.content = WRITERS[kind](chance, table)
    return made


def add_row(
    chance: random.Random,
    made: Generated,
    table: list[list[str]],
    names: list[str],
    months: list[str],
    as_workbook: bool,
) -> None:
    row = sound_row(chance, months)
    fate = chance.choice(["sound"] * 6 + ["refused", "blank", "non_data", "refused_shape"])
    if fate == "sound":
        made.sound[len(table) + 1] = (row["month"], row["area_code"], Decimal(row["figure"]))
    elif fate == "refused":
        row |= chance.choice(BAD)
    elif fate == "blank":
        row = dict.fromkeys(names, chance.choice(["", " ", "\u3000"]))
    elif fate == "non_data":
        row = dict.fromkeys(names, "") | {chance.choice(["period", "indicator_code"]): "合 计", "value": "99"}
    cells = [row[name] for name in names]
    if fate == "refused_shape" and as_workbook:
        cells[names.index("value")] = "#N/A"
    elif fate == "refused_shape":
        cells = [*cells, "5"] if chance.random() < 0.5 else cells[:-1]
    elif fate == "blank" and not as_workbook and chance.random() < 0.5:
        cells = []
    made.fates[fate.removesuffix("_shape")] += 1
    table.append(cells)


def as_csv(chance: random.Random, table: list[list[str]]) -> bytes:
    line_end = chance.choice(["\n", "\r\n", "\r"])
    # Python's writer leaves a line feed unquoted where lines end in a carriage return.
    quoting = csv.QUOTE_ALL if line_end == "\r" else chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    delimiter = chance.choice([",", ";", "\t"])
    text = csv_text(table, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    if chance.random() < 0.3 and table[-1]:
        text = text.rstrip("\r\n")
    return text.encode(chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))


def as_xlsx(chance: random.Random, table: list[list[str]]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("报表")
        for place, row in enumerate(table):
            for column, cell in enumerate(row):
                written = as_number_perhaps(chance, cell)
                if isinstance(written, int):
                    sheet.write_number(place, column, written)
                elif written:
                    sheet.write_string(place, column, written)
    return stream.getvalue()


def as_xls(chance: random.Random, table: list[list[str]]) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("报表")
    for place, row in enumerate(table):
        for column, cell in enumerate(row):
            if cell:
                sheet.write(place, column, as_number_perhaps(chance, cell))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_ods(chance: random.Random, table: list[list[str]]) -> bytes:
    rows = []
    for row in table:
        cells = [as_number_perhaps(chance, cell) for cell in row]
        written = [ods.figure(cell) if isinstance(cell, int) else ods_text(cell) for cell in cells]
        rows.append(ods.row("".join(written) or ods.BLANK))
    return ods.workbook(ods.sheet(*rows))


def ods_text(text: str) -> str:
    """As LibreOffice writes it: a line of text is a paragraph, and blanks that XML would drop are counted."""
    lines = escape(text).replace("\r\n", "\n").split("\n")
    paragraphs = "".join(f"<text:p>{line.replace(' ', '<text:s/>')}</text:p>" for line in lines)
    return ods.typed("string", "", paragraphs) if text else ods.BLANK


def as_number_perhaps(chance: random.Random, cell: str) -> str | int:
    return int(cell) if cell.isascii() and cell.isdigit() and chance.random() < 0.7 else cell


WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}


def check(home: Home, files: list[Generated]) -> None:
    for one in files:
        home.drop(one.name, one.content)
    taken = {one.file_name: one for one in home.take_in().submissions}
    kept: dict[str, dict[int, Any]] = {}
    for identity, row, *figure in home.query(
        "select submission_id, row_number, period, area_code, value from ledger.observations"
    ):
        kept.setdefault(identity, {})[row] = tuple(figure)
    for made in files:
        outcome = taken[made.name]
        # The same seed may be drawn twice: what is in force already leaves no new observation.
        if outcome.status == "duplicate" or "-" in outcome.submission_id:
            continue
        counts = outcome.rows
        assert (
            counts.read == counts.accepted + counts.warned + counts.refused + counts.blank + counts.non_data
        )
        receipt = home.receipt(outcome)
        assert kept.get(outcome.submission_id, {}) == made.sound, (receipt, made.content)
        assert counts.accepted + counts.warned == len(made.sound)
        assert {row["row"] for row in receipt["refusals"]}.isdisjoint(made.sound)
        assert counts.refused == made.fates["refused"]
        assert len({row["row"] for row in receipt["refusals"]} - {None}) == counts.refused


by_chance = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SEEDS = st.integers(0, 2**32)


@pytest.mark.slow
@settings(by_chance, max_examples=3)
@given(seed=SEEDS)
def test_every_row_of_a_text_file_is_taken_or_told(home: Home, seed: int) -> None:
    chance = random.Random(seed)
    check(home, [generate(chance, number, "csv") for number in range(200)])


@pytest.mark.slow
@settings(by_chance, max_examples=2)
@given(seed=SEEDS)
def test_every_row_of_a_workbook_is_taken_or_told(home: Home, seed: int) -> None:
    chance = random.Random(seed)
    check(home, [generate(chance, number, kind) for kind in ("xlsx", "xls", "ods") for number in range(40)])


@pytest.mark.long
@pytest.mark.parametrize("kind", WRITERS)
@settings(by_chance, max_examples=12)
@given(seed=SEEDS)
def test_every_row_of_many_files_is_taken_or_told(home: Home, kind: str, seed: int) -> None:
    chance = random.Random(seed)
    check(home, [generate(chance, number, kind) for number in range(150)])
