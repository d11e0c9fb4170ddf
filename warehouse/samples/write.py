"""The sample files: one for each department and round of reports, as CSV or XLSX, put into the inboxes."""

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
from warehouse.samples import faults
from warehouse.samples.chance import draw
from warehouse.samples.indicator import plan_of
from warehouse.samples.rows import CODE, HEADER, MARK, TOTAL, VALUE, Book, Row, Written
from warehouse.settings import Settings

BANNER = f"{MARK}（非真实数字，仅供演示）"
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
_FIXED_MOMENT = datetime(2023, 11, 30)  # noqa: DTZ001 - inside the workbook, so that its bytes never change


@dataclass(frozen=True)
class SampleFiles:
    """How many files were written now, and how many were already known to the home."""

    written: int
    known: int


def write(settings: Settings, through: Period) -> SampleFiles:
    """Drop the sample submissions up to and with `through` into the inboxes; known ones are left out."""
    with ledger.reading(settings) as connection:
        plan = plan_of(connection)
        rows = list(Book(connection, plan).rows(through))
    sums = {one.indicator_code for one in plan.indicators.values() if one.aggregation == "sum"}
    counts = {True: 0, False: 0}
    for path, content in _files(settings, rows, sums):
        known = path.exists() or (settings.archive / hashlib.sha256(content).hexdigest()).exists()
        counts[known] += 1
        if not known:
            durable.write(path, content)
    return SampleFiles(written=counts[False], known=counts[True])


def _files(settings: Settings, written: list[Written], sums: set[str]) -> Iterator[tuple[Path, bytes]]:
    """Yield each file and where it goes: first what was before reporting starts, then round by round."""
    others = list({one.row[CODE]: one for one in written}.values())
    last = max((one.round for one in written if one.round), default=None)
    for period, of_round in groupby(written, key=lambda one: one.round):
        by_code: dict[str, list[Row]] = {}
        for one in of_round:
            by_code.setdefault(one.organization_code, []).append(one.row)
        silent = faults.silent(set(by_code), period) if period else set()
        for code, rows in by_code.items():
            if period is None:
                yield _file(settings, code, "期初", rows)
            elif code not in silent:
                sent, correction = faults.corrected(rows, code, period, sums)
                yield _file(settings, code, str(period), faults.planted(sent, code, period, others))
                if correction:
                    yield _file(settings, code, f"{period}_更正", correction)
            elif period != last and faults.is_made_up_for(code, period):
                yield _file(settings, code, f"{period}_补报", rows)


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
    return VALUE <= column <= TOTAL and text.replace(".", "", 1).removeprefix("-").isdigit()
