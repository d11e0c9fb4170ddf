"""Plainly sound rows go past the rules, and the outcome is what it would be had every rule seen every row."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import HEADER, Home, copied_home, csv_text, rules_of
from tests.prepared import Prepared
from warehouse.intake.staging import RowStage

CHANGED = 0.5
CELLS = {
    "报告期": ["2024-03", "2025-13", "1999-12", "2999-01", "202403", ""],
    "指标编码": ["AIR", "ROADS", "BEDS", "RATE", "GROWTH", "WORK", " JOBS ", "合计", ""],
    "指标名称": ["", "优良率", "新增 就业", "床位数"],
    "地区编码": ["210504004", "210504", "", "999", " 210504002"],
    "数值": ["0", "-0", "95.5", "95.55", "007", "-1", "100001", "1e3", "1,234", "12人", "12.", ".5", ""],
    "分子": ["3"],
    "分母": ["4"],
    "本年累计": ["12", "5", "12x"],
    "备注": ["零报", "撤回", "期初", "期初余额", "样例数据", "情况属实"],
    "计量单位": ["", "%"],
}
WHAT_CAME_OF_IT = (
    "select * exclude (recorded_at) from ledger.observations order by all",
    "select * from ledger.refusals order by all",
    "select * from ledger.warnings order by all",
    "select * exclude (received_at) from ledger.submissions order by all",
)


def table(chance: random.Random) -> str:
    """Sound rows of one indicator's months, some of them with a cell or two changed."""
    months = [f"{year}-{month:02d}" for year in range(2012, 2025) for month in range(1, 13)]
    rows = []
    for month in chance.sample(months, 120):
        row = dict(
            zip(CELLS, [month, "JOBS", "新增就业", "210504002", str(chance.randint(0, 300))], strict=False)
        )
        row |= dict.fromkeys(list(CELLS)[5:9], "") | {"计量单位": "人"}
        if chance.random() < CHANGED:
            row |= {
                name: chance.choice(CELLS[name]) for name in chance.sample(list(CELLS), chance.randint(1, 2))
            }
        rows.append([row[name] for name in CELLS])
    return csv_text([list(CELLS), *rows])


def outcome(home: Home, batches: list[list[str]]) -> list[list[tuple[Any, ...]]]:
    for number, files in enumerate(batches):
        for place, content in enumerate(files):
            home.drop(f"{number}-{place}.csv", content)
        home.take_in()
    return [home.query(question) for question in WHAT_CAME_OF_IT]


def test_rows_that_no_rule_looks_at_are_those_that_no_rule_has_a_word_for(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(0)
    batches = [[table(chance) for _ in range(files)] for files in (1, 3, 5)]
    plain: list[int] = []
    run = RowStage._run

    def watched(stage: RowStage, name: str) -> list[tuple[Any, ...]]:
        answer = run(stage, name)
        if name == "plain":
            plain.append(answer[0][0])
        return answer

    def without_plain(stage: RowStage, name: str) -> list[tuple[Any, ...]]:
        return [(0,)] if name == "plain" else run(stage, name)

    monkeypatch.setattr(RowStage, "_run", watched)
    as_it_is = outcome(copied_home(prepared, tmp_path / "as_it_is"), batches)
    monkeypatch.setattr(RowStage, "_run", without_plain)
    all_looked_at = outcome(copied_home(prepared, tmp_path / "all_looked_at"), batches)

    assert sum(plain) > 300
    assert as_it_is == all_looked_at


def test_a_plain_row_that_comes_twice_is_taken_once_and_told(home: Home) -> None:
    receipt = home.send_rows("2024-01,JOBS,,210504002,5,,,,", "2024-01,JOBS,,210504002,5,,,,")

    assert [(one["rule"], one["row"]) for one in receipt["refusals"]] == [("duplicate_row", 3)]
    assert receipt["rows"]["accepted"] == 1


def test_plain_rows_before_the_place_where_a_file_breaks_are_not_taken(home: Home) -> None:
    sound = "".join(f"2024-01,JOBS,,210504002,{number},,,,\n" for number in range(20_000))

    receipt = home.send(f'{HEADER}\n{sound}2024-02,JOBS,,210504002,5,,,,"x')

    assert rules_of(receipt["refusals"]) == ["broken_quotes"]
    assert receipt["rows"] == {
        "read": 20_001,
        "accepted": 0,
        "warned": 0,
        "refused": 20_000,
        "blank": 0,
        "non_data": 1,
    }
    assert home.observations() == []
