"""docs/intake.md tells departments what intake does; these tests hold it to the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warehouse.intake.headings import NAMES_ZH, column_of
from warehouse.intake.rules import registry

PAGE = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")


def rows_under(heading: str) -> list[str]:
    """The lines of the table under a heading, without the table's own head."""
    section = PAGE.split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


@pytest.mark.parametrize(
    ("heading", "severity", "kinds"),
    [
        ("### A file is refused", "refuse", {"file"}),
        ("### A row is refused", "refuse", {"rows", "keys"}),
        ("### Taken, with a warning", "warn", {"file", "rows", "figures"}),
    ],
)
def test_every_rule_is_told_in_its_own_words(heading: str, severity: str, kinds: set[str]) -> None:
    rules = [rule for rule in registry().values() if rule.severity == severity and rule.of in kinds]

    assert rows_under(heading) == [f"| `{rule.code}` | {rule.message_zh} | {rule.fix_zh} |" for rule in rules]


def test_every_column_is_told_and_every_name_given_for_it_is_understood() -> None:
    told = {}
    for row in rows_under("## The columns"):
        columns, aliases, _ = row.strip("| ").split(" | ")
        for name_zh, column in re.findall(r"(\w+) `(\w+)`", columns):
            told[column] = [name_zh, column]
        if len(re.findall("`", columns)) == 2:
            told[column] += aliases.split(", ")

    assert {column: names[0] for column, names in told.items()} == NAMES_ZH
    assert [name for column, names in told.items() for name in names if column_of(name) != column] == []
