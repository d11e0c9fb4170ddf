"""The worked examples of docs/progress.md: each row of the table is built, and says what it says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from tests.progress.district import RATIO, District, Report, months
from warehouse.settings import PROJECT

PAGE = PROJECT / "docs" / "progress.md"
COMPARATORS = (
    "at_least", "at_most", "above", "below", "between", "about", "zero", "declines",
    "rises", "done", "evidence",
)  # fmt: skip
TARGET = {"judged": "at_end", "pace": "level", "window_start": "2024-01", "window_end": "2024-12"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One row of the table: its cells, without their quotes."""

    rule: str
    indicator: str
    target: str
    reported: str
    edition: str
    says: str

    @property
    def traits(self) -> dict[str, str]:
        """The columns of indicators.csv."""
        aggregation, *facts = self.indicator.split()
        own = dict(fact.split("=") for fact in facts)
        rate = RATIO if aggregation in ("ratio", "ratio_last") else {}
        return {**rate, "unit": rate.get("unit", "元/月"), "aggregation": aggregation, **own}

    @property
    def promise(self) -> tuple[dict[str, str], dict[str, str]]:
        """The columns of targets.csv, and the percentages of a profile by month."""
        facts, profile = dict(TARGET), {}
        for word in self.target.split():
            name, _, value = word.partition("=")
            if name in COMPARATORS:
                facts["comparator"] = name
            elif name == "profile":
                profile = dict(one.split(":") for one in value.split(","))
            else:
                facts |= {name: value} if value else {"target_value": name}
        return facts, profile

    @property
    def reports(self) -> Iterator[Report]:
        """What was reported; of a month that is said twice, the later."""
        for words in filter(None, self.reported.split("; ")):
            span, value = words.split(" ")
            first, _, last = span.partition("..")
            if value.startswith("累计"):
                yield Report(first, value.removeprefix("累计"), kind="total")
            elif "/" in value:
                numerator, denominator = value.split("/")
                yield from months(first, last or first, None, parts=(numerator, denominator))
            else:
                yield from months(first, last or first, value)

    def add(self, district: District, code: str) -> None:
        """Add it to a plan and its ledger."""
        traits = self.traits
        if traits["aggregation"] == "growth":
            district.indicator(f"{code}-IN", *self.reports, unit="元")
            district.indicator(code, aggregation="growth", input_a=f"{code}-IN", unit="%")
        else:
            district.indicator(code, *self.reports, **traits)
        promise, profile = self.promise
        district.target(code, code, **promise)
        district.profiles += [
            {"target_code": code, "period": month, "expected_pct": percent}
            for month, percent in profile.items()
        ]


def examples() -> list[Example]:
    page = PAGE.read_text(encoding="utf-8")
    table = page.split("| rule | indicator |")[1].split("\n\n")[0].splitlines()[2:]
    return [Example(*[cell.strip().strip("`") for cell in line.strip("|").split("|")]) for line in table]


EXAMPLES = examples()


@pytest.fixture(scope="module")
def row_of(shared_district: District) -> Callable[[int], Row]:
    shared_district.keys = {"reporting_starts": "2024-01"}
    for number, example in enumerate(EXAMPLES):
        example.add(shared_district, f"E{number}")
    built: dict[str, dict[tuple[str, str], Row]] = defaultdict(dict)

    def row(number: int) -> Row:
        edition = EXAMPLES[number].edition
        if not built[edition]:
            built[edition] = shared_district.build(edition)
        return built[edition][f"E{number}", "2024-01"]

    return row


def as_written(value: object) -> str:
    """Write a cell of the mart as the table does: figures without zeros behind their last digit."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return re.sub(r"\.?0+$", "", f"{value:f}") if "." in f"{value:f}" else f"{value:f}"
    return str(value)


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=[example.rule for example in EXAMPLES])
def test_the_example_says_what_the_page_says(row_of: Callable[[int], Row], number: int) -> None:
    promised = dict(fact.split("=") for fact in EXAMPLES[number].says.split())

    found = row_of(number)

    assert {name: as_written(found[name]) for name in promised} == promised
