"""Sheets of supervision (督办单): a page for each open item, a document for each department's outbox."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import durable
from warehouse.published import MARTS_FILE, Edition
from warehouse.settings import Settings
from warehouse.supervision.document import document_of
from warehouse.supervision.items import Item, is_open, items_of
from warehouse.supervision.page import page_of

SAMPLE = "台账中是样例数据，本件不是真实的督办单。"
_NAMES = "select organization_code, name_zh from marts.organizations"
_NOT_SAID = "（未说明）"


@dataclass(frozen=True)
class Sheet:
    """One item as it is put to a department: what stands in each line of its page."""

    number: str
    """Its number in the month: 督办〔2024〕5-01号."""
    level: str
    light: str
    lines: tuple[tuple[str, str], ...]
    """Label and text of each line, in order."""
    demand: str


@dataclass(frozen=True)
class Department:
    """What one department gets for a month."""

    code: str
    name: str
    month_zh: str
    sheets: tuple[Sheet, ...]
    is_sample: bool


def write_sheets(settings: Settings, edition: Edition) -> list[Path]:
    """Write the sheets of an edition's open items into the outboxes, as HTML and DOCX; return the files.

    The same edition gives the same bytes. A department without an open item gets none, and loses those that
    an earlier edition of the month gave it.
    """
    departments = _departments(edition)
    written = []
    for one in departments:
        for suffix, content in ((".html", page_of(one, SAMPLE)), (".docx", document_of(one, SAMPLE))):
            path = settings.outbox / one.code / f"{_stem(edition)}{suffix}"
            durable.write(path, content)
            written.append(path)
    for stale in set(settings.outbox.glob(f"*/{_stem(edition)}.*")) - set(written):
        stale.unlink()
    return written


def _stem(edition: Edition) -> str:
    return f"督办单_{edition.period}"


def _departments(edition: Edition) -> list[Department]:
    """Return the departments with open items, by their codes; items are numbered through the whole month."""
    by_code: defaultdict[str, list[Sheet]] = defaultdict(list)
    for place, item in enumerate(filter(is_open, items_of(edition)), start=1):
        by_code[item["organization_code"]].append(_sheet(edition.period, place, item))
    if not by_code:
        return []
    with duckdb.connect(str(edition.path / MARTS_FILE), read_only=True) as marts:
        names = dict(marts.execute(_NAMES).fetchall())
    is_sample = bool(edition.manifest()["is_sample"])
    month = _month_zh(edition.period)
    return [
        Department(code, names[code], month, tuple(sheets), is_sample)
        for code, sheets in sorted(by_code.items())
    ]


def _sheet(period: str, place: int, item: Item) -> Sheet:
    year, month = period.split("-")
    since = f"自{_month_zh(item['began_period'])}起连续{item['months_in_row']}个月"
    answering = "，".join(str(item[name]) for name in ("responsible", "contact") if item[name])
    promised = item["extended_to"] or item["promised_on"]
    lines = {
        "事项编号": item["item_code"],
        "督办事项": f"{item['indicator_name']}（{item['area_name']}，{item['commitment_code']}）",
        "进展情况": f"{item['status_zh']}，{since}",
        "滞后原因": item["reason"],
        "下一步措施": item["measure"],
        "完成时限": f"{promised:%Y-%m-%d}" if promised else None,
        "分管领导": item["leader"],
        "责任人": answering,
    }
    said = tuple((label, str(text or _NOT_SAID)) for label, text in lines.items())
    number = f"督办〔{year}〕{int(month)}-{place:02}号"
    return Sheet(number, str(item["level_name_zh"]), str(item["light"]), said, str(item["demand_zh"]))


def _month_zh(period: str) -> str:
    year, month = period.split("-")
    return f"{year}年{int(month)}月"
