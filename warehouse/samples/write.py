"""The sample files: one for each department and month, as CSV or XLSX, dropped into the inboxes."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from warehouse import durable, ledger
from warehouse.periods import Period
from warehouse.samples import faults, series
from warehouse.samples.chance import draw
from warehouse.samples.indicator import Indicator, reported_indicators
from warehouse.settings import Settings

MARK = "样例数据"
BANNER = "样例数据（非真实数字，仅供演示）"
HEADER = ("报告期", "指标编码", "指标名称", "地区编码", "数值", "分子", "分母", "备注")
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
_FIXED_MOMENT = datetime(2023, 11, 30)  # noqa: DTZ001 - inside the workbook, so that its bytes never change

Row = tuple[str, ...]


@dataclass(frozen=True)
class SampleFiles:
    """How many files were written now, and how many were already known to the home."""

    written: int
    known: int


def write(settings: Settings, through: Period) -> SampleFiles:
    """Drop the sample submissions up to and with `through` into the inboxes; known ones are left out."""
    with ledger.reading(settings) as connection:
        indicators = reported_indicators(connection)
        rows = connection.execute("select value from plan.current_settings where key = 'reporting_starts'")
        first = Period.parse(rows.fetchall()[0][0])
    counts = {True: 0, False: 0}
    for path, content in _files(settings, indicators, first, through):
        known = path.exists() or (settings.archive / hashlib.sha256(content).hexdigest()).exists()
        counts[known] += 1
        if not known:
            durable.write(path, content)
    return SampleFiles(written=counts[False], known=counts[True])


def _files(
    settings: Settings, indicators: list[Indicator], first: Period, through: Period
) -> Iterator[tuple[Path, bytes]]:
    by_organization = {
        code: list(group) for code, group in groupby(indicators, key=lambda one: one.organization_code)
    }
    for code, own in by_organization.items():
        if rows := _history(own, first):
            yield _file(settings, code, "期初", rows)
    for period in first.through(through):
        for code, own in by_organization.items():
            due = [row for one in own for row in _month(one, period)]
            if not due or faults.is_silent(code, period):
                continue
            rows = faults.planted(due, code, period, indicators)
            yield _file(settings, code, str(period), rows)
            if corrected := faults.correction(rows, code, period):
                yield _file(settings, code, f"{period}_更正", corrected)


def _month(indicator: Indicator, period: Period) -> Iterator[Row]:
    if indicator.is_due(period):
        for area, figure in series.amounts(indicator, period):
            nil = figure.value == 0 and indicator.aggregation == "sum"
            yield _row(period, indicator, area, figure, f"零报；{MARK}" if nil else MARK)


def _history(indicators: list[Indicator], first: Period) -> list[Row]:
    """Return what was before reporting starts: opening balances, and the months that comparisons need."""
    last, base = first + -1, Period(first.year - 1, 12)
    rows: list[Row] = []
    for one in indicators:
        if one.compares_with_the_past:
            months = [month for month in Period(series.FIRST_YEAR, 1).through(last) if one.is_due(month)]
            rows += [_row(month, one, *pair, MARK) for month in months for pair in series.amounts(one, month)]
        elif one.aggregation == "sum":
            rows += [_row(last, one, *pair, f"期初；{MARK}") for pair in series.opening(one, last)]
        elif one.aggregation in ("last", "ratio_last"):
            rows += [_row(base, one, *pair, MARK) for pair in series.amounts(one, base)]
    return rows


def _row(period: Period, indicator: Indicator, area: str, figure: series.Amounts, remark: str) -> Row:
    numbers = (figure.value, figure.numerator, figure.denominator)
    texts = tuple("" if number is None else f"{number:.{indicator.decimals}f}" for number in numbers)
    return (str(period), indicator.indicator_code, indicator.name_zh, area, *texts, remark)


def _file(settings: Settings, organization_code: str, title: str, rows: list[Row]) -> tuple[Path, bytes]:
    """Return where the file goes and its bytes; the department's habits decide the format."""
    as_workbook = draw(2, "format", organization_code) == 0
    name = f"样例_{organization_code}_{title}.{'xlsx' if as_workbook else 'csv'}"
    content = _workbook(rows) if as_workbook else _csv(rows, organization_code)
    return settings.inbox / organization_code / name, content


def _csv(rows: list[Row], organization_code: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([(BANNER,), HEADER, *rows])
    return text.getvalue().encode(_ENCODINGS[draw(len(_ENCODINGS), "encoding", organization_code)])


def _workbook(rows: list[Row]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"title": BANNER, "created": _FIXED_MOMENT})
        sheet = workbook.add_worksheet("填报")
        sheet.write_string(0, 0, BANNER)
        sheet.write_row(1, 0, HEADER)
        for place, row in enumerate(rows, start=2):
            for column, text in enumerate(row):
                if _is_number(column, text):
                    sheet.write_number(place, column, float(text))
                elif text:
                    sheet.write_string(place, column, text)
    return stream.getvalue()


def _is_number(column: int, text: str) -> bool:
    figures = range(HEADER.index("数值"), HEADER.index("分母") + 1)
    return column in figures and text.replace(".", "", 1).removeprefix("-").isdigit()
