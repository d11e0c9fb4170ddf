"""The rows of the sample files: what each department writes for each figure that is due, round by round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from warehouse.periods import Period
from warehouse.samples import habits, wishes
from warehouse.samples.indicator import Indicator, Plan
from warehouse.samples.series import Amounts, Series

MARK = "样例数据"
HEADER = ("报告期", "指标编码", "指标名称", "地区编码", "数值", "分子", "分母", "本年累计", "备注")
PERIOD, CODE, NAME, AREA, VALUE, NUMERATOR, DENOMINATOR, TOTAL, REMARK = range(9)
Row = tuple[str, ...]
_DUE = Path(__file__).with_name("due.sql")
_PROGRESS = {0: "尚未启动", 50: "正在推进", 100: "已完成，验收材料存档备查"}


@dataclass(frozen=True)
class Written:
    """A row, the department that sends it, and in which round of reports; None before the first."""

    organization_code: str
    round: Period | None
    row: Row


@dataclass(frozen=True)
class _Due:
    """Figures of an indicator that one department owes in a round."""

    round: Period
    organization_code: str
    indicator: Indicator
    period: Period
    area_codes: frozenset[str]


class Book:
    """All rows that the sample departments of a plan write."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
        """Read what is due from the ledger."""
        self._plan = plan
        self._series = Series(plan)
        silent = habits.never_reported(plan)
        self._without_base = habits.without_base(plan)
        self._not_applicable = habits.not_applicable(plan)
        found = connection.execute(_DUE.read_text(encoding="utf-8")).fetchall()
        self._due = [
            _Due(
                Period.parse(round_), code, plan.indicators[indicator], Period.parse(period), frozenset(areas)
            )
            for round_, code, indicator, period, areas in found
            if indicator not in silent
        ]

    def rows(self, through: Period) -> Iterator[Written]:
        """Yield what was before reporting starts, and then the rows of each round up to `through`."""
        yield from self._history()
        for due in self._due:
            if due.round <= through and due.period >= self._plan.reporting_starts:
                for area, figure in self._series.reported(due.indicator, due.period).items():
                    if area in due.area_codes:
                        row = self._row(due.indicator, due.period, area, figure)
                        yield Written(due.organization_code, due.round, row)

    def _history(self) -> Iterator[Written]:
        """Yield opening balances, bases, and the months that comparisons need, from who reports first."""
        told: set[tuple[str, str]] = set()
        for due in self._due:
            indicator = due.indicator
            areas = {area for area in due.area_codes if (indicator.indicator_code, area) not in told}
            told |= {(indicator.indicator_code, area) for area in areas}
            if areas and indicator.indicator_code not in self._not_applicable:
                for period, figures, marks in self._before(indicator):
                    for area in sorted(areas & figures.keys()):
                        row = self._row(indicator, period, area, figures[area], marks)
                        yield Written(due.organization_code, None, row)

    def _before(self, indicator: Indicator) -> Iterator[tuple[Period, dict[str, Amounts], str]]:
        """Yield the figures of an indicator before reporting starts: the month, each area's, a mark."""
        last = self._plan.reporting_starts + -1
        if wishes.compares_with_the_past(self._plan, indicator):
            for month in self._plan.year_start(0).through(last):
                if self._plan.ends_a_report(indicator, month):
                    yield month, self._series.amounts(indicator, month), ""
        elif indicator.aggregation in ("sum", "ratio"):
            for year in range(1, self._plan.year_of(last) + 1):
                month = min(self._plan.year_start(year + 1) + -1, last)
                yield month, self._series.opening(indicator, month), "期初"
        elif indicator.base_period is not None and indicator.indicator_code not in self._without_base:
            base = Period.parse(f"{indicator.base_period}-12"[:7])
            yield base, self._series.amounts(indicator, base), ""

    def _row(self, indicator: Indicator, period: Period, area: str, figure: Amounts, mark: str = "") -> Row:
        if indicator.indicator_code in self._not_applicable:
            figure, words = Amounts(), "不适用"
        else:
            words = mark or _words(indicator, figure)
        numbers: tuple[Decimal | None, ...] = (figure.value, figure.numerator, figure.denominator, None)
        if indicator.is_running_total and not mark:
            numbers = (None, figure.numerator, figure.denominator, figure.value)
        texts = tuple("" if number is None else f"{number:.{indicator.decimals}f}" for number in numbers)
        remark = "；".join(filter(None, [words, MARK]))
        return (str(period), indicator.indicator_code, indicator.name_zh, area, *texts, remark)


def _words(indicator: Indicator, figure: Amounts) -> str:
    if indicator.aggregation == "sum":
        return "零报" if figure.value == 0 else ""
    if figure.value is not None and any(aim.comparator in ("done", "evidence") for aim in indicator.aims):
        return _PROGRESS.get(int(figure.value), "正在推进")
    return ""
