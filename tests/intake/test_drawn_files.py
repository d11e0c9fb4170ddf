"""Files drawn at random from the ugly kinds that departments send: no figure differs from what was meant."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from tests.intake.conftest import Home, copied_home, csv_text
from tests.prepared import Prepared

Meant = set[tuple[str, str, Decimal]]
FILES = 60
KEYS = ["报告期", "指标编码"]
# How the column of the figures may be headed, and what a number in it means; None where it is another figure,
# or nobody can tell.
HEADINGS: dict[str, int | None] = {
    "数值": 1,
    "本月数": 1,
    "数值（人）": 1,
    "数值（当月）": 1,
    "数值（单位：千人）": 1000,
    "数值（千人）": 1000,
    "数值（上年同期）": None,
    "数值（计划）": None,
    "数值（同比增长）": None,
    "数值（一季度）": None,
    "数值（10人）": None,
    "数值（吨）": None,
}
LINES_ABOVE: dict[str, int] = {
    "": 1,
    "2025年月报": 1,
    "单位：千人": 1000,
    "某局报表 （单位：千人）": 1000,
    "单位：人社局": 1,
}
LINES_BELOW: dict[str, int] = {
    "": 1,
    "注：单位为千人": 1000,
    "以千人为单位": 1000,
    "单位：千人": 1000,
    "备注：单位负责人已核对，奖励10千元": 1,
    "填报单位：千山街道": 1,
}
DECOYS = ["上年同期", "数值（计划数）", "数值（上月）", "同比", "目标"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


@dataclass
class Drawn:
    """A file under construction: its rows, and what it means."""

    chance: random.Random
    rows: list[list[Any]] = field(default_factory=list)
    meant: Meant = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    is_workbook: bool = False

    def month(self) -> str:
        return f"2025-{self.chance.randint(1, 9):02}"

    def figure(self) -> int:
        """A true figure is below 500, so that a decoy is known by its size."""
        return self.chance.randint(1, 499)

    def decoy(self) -> int:
        return self.chance.randint(7000, 9999)

    def content(self) -> bytes:
        if not self.is_workbook:
            text = csv_text([[str(cell) for cell in row] for row in self.rows])
            return text.encode(self.chance.choice(ENCODINGS))
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            sheet = book.add_worksheet("填报")
            for place, row in enumerate(self.rows):
                for column, cell in enumerate(row):
                    code = self.formats.get((place, column))
                    sheet.write(
                        place, column, cell, *([book.add_format({"num_format": code})] if code else [])
                    )
            for column in self.hidden:
                sheet.set_column(column, column, None, None, {"hidden": True})
        return stream.getvalue()


def long_table(drawn: Drawn) -> None:
    """One figure a row, with decoys in columns beside it, in any order."""
    chance = drawn.chance
    heading, above = chance.choice(list(HEADINGS)), chance.choice(list(LINES_ABOVE))
    factor, below = HEADINGS[heading], chance.choice(list(LINES_BELOW))
    if above:
        drawn.rows.append([above])
    decoys = chance.sample(DECOYS, chance.randint(0, 2))
    columns = [*KEYS, heading, *decoys]
    chance.shuffle(columns)
    drawn.rows.append(columns)
    for month in {drawn.month() for _ in range(3)}:
        figure = drawn.figure()
        cells = {"报告期": month, "指标编码": "JOBS", heading: figure}
        drawn.rows.append([cells.get(column, drawn.decoy()) for column in columns])
        if factor is not None:
            scale = factor if "人" in heading else max(LINES_ABOVE[above], LINES_BELOW[below])
            drawn.meant.add(("JOBS", month, Decimal(figure * scale)))
    if below:
        drawn.rows.append([below])


def two_lines(drawn: Drawn) -> None:
    """A header of two lines, of whose figures one is meant."""
    second = drawn.chance.choice(
        [["累计", "本月"], ["上年同期", "本月"], ["计划", "完成"], ["同比", "本月", "环比"]]
    )
    drawn.rows += [[*KEYS, "数值"], ["", "", *second]]
    month, figure = drawn.month(), drawn.figure()
    cells = [figure if name in ("本月", "完成") else drawn.decoy() for name in second]
    drawn.rows.append([month, "JOBS", *cells])
    drawn.meant.add(("JOBS", month, Decimal(figure)))


def months_as_columns(drawn: Drawn) -> None:
    """A column for each month, some of them another figure."""
    names = drawn.chance.sample([f"{month}月" for month in range(1, 10)], 3)
    decoys = drawn.chance.sample(["1月计划", "2024年同期", "合计"], drawn.chance.randint(0, 2))
    headings = [*names, *decoys]
    drawn.chance.shuffle(headings)
    drawn.rows += [["2025年"], ["指标编码", *headings]]
    figures = {name: drawn.figure() for name in names}
    drawn.rows.append(["JOBS", *(figures.get(heading, drawn.decoy()) for heading in headings)])
    drawn.meant |= {
        ("JOBS", f"2025-{int(name[:-1]):02}", Decimal(figure)) for name, figure in figures.items()
    }


def tables_below(drawn: Drawn) -> None:
    """A second table below, in another order or of other figures."""
    long_table(drawn)
    month, figure = drawn.month(), drawn.figure()
    if drawn.chance.random() < 0.5:
        drawn.rows += [[], ["上年同期"], [*KEYS, "数值"], [month, "JOBS", drawn.decoy()]]
    else:
        drawn.rows += [
            [],
            ["本年累计", "指标编码", "数值", "报告期"],
            [drawn.decoy(), "AIR", figure % 100, month],
        ]
        drawn.meant.add(("AIR", month, Decimal(figure % 100)))


def formatted_cells(drawn: Drawn) -> None:
    """A workbook whose cells show other than they store, or that nobody sees."""
    drawn.is_workbook = True
    month, figure = drawn.month(), drawn.figure()
    code, scale = drawn.chance.choice([('0"千"', 1000), ("0", 1), ('0"人"', 1), ("0,", None), ('0"吨"', 1)])
    drawn.rows += [[*KEYS, "数值", "备注"], [month, "JOBS", figure, ""]]
    drawn.formats[1, 2] = code
    if scale:
        drawn.meant.add(("JOBS", month, Decimal(figure * scale)))
    if drawn.chance.random() < 0.3:
        drawn.rows[0].append("本月数合计")
        drawn.rows[1].append(drawn.decoy())
        drawn.hidden.append(2)
        drawn.meant.clear()


KINDS: list[Callable[[Drawn], None]] = [
    long_table,
    two_lines,
    months_as_columns,
    tables_below,
    formatted_cells,
]


def drawn_file(seed: int) -> Drawn:
    chance = random.Random(seed)
    drawn = Drawn(chance, is_workbook=chance.random() < 0.5)
    chance.choice(KINDS)(drawn)
    return drawn


def check(home: Home, seeds: range) -> None:
    """Take the files in together, and hold what the ledger has of each against what it meant."""
    files = {
        f"{seed}.{'xlsx' if file.is_workbook else 'csv'}": file
        for seed in seeds
        for file in [drawn_file(seed)]
    }
    for name, file in files.items():
        home.drop(name, file.content())
    receipts = {one.file_name: one for one in home.take_in().submissions}
    held = home.query(
        "select submission_id, indicator_code, period, value from ledger.observations where kind = 'figure'"
    )

    right = 0
    for name, file in files.items():
        accepted = {tuple(row) for identity, *row in held if identity == receipts[name].submission_id}
        assert accepted <= file.meant, (name, file.rows, file.meant)
        right += len(accepted)
    # Refusing everything would pass too: most of what can be told is taken.
    assert right >= 0.6 * sum(len(file.meant) for file in files.values())


@pytest.mark.parametrize("first", [0, FILES])
def test_nothing_accepted_differs_from_what_was_meant(home: Home, first: int) -> None:
    check(home, range(first, first + FILES))


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 11000, 1000))
def test_nothing_accepted_of_thousands_differs_from_what_was_meant(
    prepared: Prepared, tmp_path: Any, first: int
) -> None:
    check(copied_home(prepared, tmp_path / "home"), range(first, first + 1000))
