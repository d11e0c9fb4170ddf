"""A year of one lagging target, from the first delay to its closing, and each month rebuilt."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.progress.district import District
from tests.progress.test_supervision import YEAR, seen, shown
from warehouse import intake, rulings
from warehouse.errors import UsageError
from warehouse.intake import rebuilding
from warehouse.periods import Period

pytestmark = pytest.mark.slow

HEADER = "报告期,指标编码,数值,滞后原因,下一步措施,完成时限,责任人,联系电话"
ITEM, AGAIN = "JOBS-2024-02", "JOBS-2024-07"
EXTENDED = rulings.Decision(
    "extended", "示例督查员", "场地已落实，可延期", Period(2024, 4), date(2024, 7, 31)
)
VERIFIED = rulings.Decision("verified", "示例督查员", "现场核查属实", Period(2025, 1))


@dataclass
class Year:
    """The district's home, and the items of each month as they were first built."""

    district: District
    first: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def report(self, *rows: str) -> None:
        """Send one file."""
        name = f"{rows[0][:7]}.csv"
        path = self.district.settings.inbox / "LABOUR" / name
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
        intake.take_in(self.district.settings)

    def publish(self, period: str) -> None:
        """Build a month, and put its marts where an edition has them."""
        self.first[period] = self.built(period)
        self.district.put_in_an_edition(period)

    def built(self, period: str) -> list[dict[str, Any]]:
        """Build a month from all that is known, and return its items."""
        self.district.project.build(self.district.settings, Period.parse(period))
        return shown(self.district, period)

    def decide(self, item: str, decision: rulings.Decision) -> None:
        """Record a decision."""
        rulings.rule(self.district.settings, "supervision", item, decision)


def lagging(*numbers: int, figure: int) -> list[str]:
    return [
        f"2024-{number:02},JOBS,{figure},第{number}月场地未落实,加开专场,2024-12-20,示例责任人,0414-0000000"
        for number in numbers
    ]


@pytest.fixture
def year(district: District) -> Year:
    district.indicator("JOBS")
    district.target("JOBS", "JOBS", target_value="120", **YEAR)
    district.write()
    return Year(district)


def test_a_year_of_one_lagging_target(year: Year, tmp_path: Path) -> None:
    year.report(*lagging(1, 2, 3, figure=2))
    year.publish("2024-03")
    with pytest.raises(UsageError, match="does not decide on it"):
        year.decide(ITEM, rulings.Decision("verified", "示例责任人", "已核查", Period(2024, 4)))
    year.decide(ITEM, EXTENDED)
    year.report(*lagging(4, 5, figure=2), "2024-06,JOBS,45,,,,,")
    year.publish("2024-05")
    year.publish("2024-06")
    year.report(*lagging(7, 8, figure=0), "2024-10,JOBS,,数据未核实,,,,")
    year.publish("2024-10")
    year.report("2024-09,JOBS,0,,,,,", "2024-10,JOBS,0,,,,,", "2024-11,JOBS,0,,,,,", "2024-12,JOBS,0,,,,,")
    year.publish("2024-12")
    year.decide(AGAIN, VERIFIED)
    year.publish("2025-01")

    # It opens with the second month, rises, and keeps the newest words of the department.
    assert seen(year.first["2024-03"], "item_code", "level", "months_in_row", "reason") == [
        (ITEM, 2, 2, "第3月场地未落实")
    ]
    (may,) = year.first["2024-05"]
    assert (may["level"], may["months_in_row"], may["promised_on"]) == (3, 4, date(2024, 12, 20))
    assert (may["extended_to"], may["responsible"], may["contact"]) == (
        date(2024, 7, 31),
        "示例责任人",
        "0414-0000000",
    )
    # It closes when the figure is back on pace; what lags again is another item, and silence does not end it.
    assert seen(year.first["2024-06"], "item_code", "closed_period", "closed_by") == [
        (ITEM, "2024-06", "figure")
    ]
    assert seen(year.first["2024-10"], "item_code", "status", "closed_period", "reason") == [
        (ITEM, "on_track", "2024-06", "第5月场地未落实"),
        (AGAIN, "not_reported", None, "数据未核实"),
    ]
    # The window was missed, so that a person closes it.
    assert seen(year.first["2024-12"], "item_code", "status", "closed_period")[1] == (AGAIN, "missed", None)
    closed = seen(year.first["2025-01"], "item_code", "closed_period", "closed_by", "verified_by")
    assert closed[1] == (AGAIN, "2025-01", "decision", "示例督查员")

    # Rebuilt with all that is known now, a month of which nothing was reported late is as it was.
    for period in ("2024-05", "2024-12"):
        assert year.built(period) == year.first[period]
    # So it is from the archive alone, where the ledger is lost.
    rebuilding.rebuild(year.district.settings, tmp_path / "again")
    copy = District(
        year.district.settings.model_copy(update={"home": tmp_path / "again"}), year.district.project
    )
    assert Year(copy).built("2025-01") == year.first["2025-01"]
