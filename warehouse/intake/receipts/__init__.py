"""Answering: each delivered file gets one receipt in the outbox, as JSON for programs and XLSX for people."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from warehouse.clock import zoned
from warehouse.intake import attempts
from warehouse.intake.appending import Answered
from warehouse.intake.deliveries import Delivery
from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import Workbooks
from warehouse.intake.receipts.chain_head import chain_head
from warehouse.intake.receipts.marked import is_worth_marking, marked_workbook, row_pages
from warehouse.intake.receipts.pages import workbook
from warehouse.intake.receipts.receipt import Finding, Missing, Receipt
from warehouse.intake.receipts.summary import pages_of
from warehouse.intake.report import RowCounts, Taken
from warehouse.intake.tables import load_identities
from warehouse.logs import logger
from warehouse.published import Head
from warehouse.settings import Settings

__all__ = ["answer", "write"]

_FOLDER = Path(__file__).parent
_PLACES = """
    select
        coalesce(list(distinct indicator_code order by indicator_code), []) as indicator_codes,
        coalesce(list(distinct area_code order by area_code), []) as area_codes
    from figures_due
"""


def write(
    settings: Settings,
    connection: duckdb.DuckDBPyConnection,
    workbooks: Workbooks,
    answered: list[Answered],
) -> list[Taken]:
    """Write the receipts of deliveries that the ledger has decided on; the same again when asked again."""
    receipts = _receipts(connection, answered, chain_head(settings))
    formats = {row["submission_id"]: row["format"] for row in _rows(connection, "answered")}
    return [
        answer(
            settings,
            receipt,
            _for_people(one.delivery, formats[receipt.submission_id], receipt, workbooks),
        )
        for one, receipt in zip(answered, receipts, strict=True)
    ]


def _for_people(delivery: Delivery, format_: str | None, receipt: Receipt, workbooks: Workbooks) -> bytes:
    """Return the receipt's pages with the department's own file, where it can be sent back marked."""
    claim = delivery.claim.path
    if not is_worth_marking(delivery.path, receipt) or attempts.is_barred(claim, "mark"):
        return workbook(pages_of(receipt))
    with attempts.opening(claim, "mark"):
        try:
            return _marked(delivery.path, format_, receipt, workbooks)
        except Exception:  # noqa: BLE001 - what cannot be written again is still answered
            logger(__name__).exception("not marked", sha256=receipt.sha256)
            return workbook(pages_of(receipt))


def _marked(path: Path, format_: str | None, receipt: Receipt, workbooks: Workbooks) -> bytes:
    """Return the department's own workbook marked, or its rows as pages where that cannot be."""
    if format_ == "xlsx":
        with suppress(FileRefused):
            return marked_workbook(path, receipt, pages_of(receipt), workbooks)
    return workbook([*pages_of(receipt), *row_pages(path, receipt, workbooks)])


def answer(settings: Settings, receipt: Receipt, for_people: bytes) -> Taken:
    """Write one receipt, in both forms."""
    outbox = settings.outbox / receipt.organization_code
    outbox.mkdir(parents=True, exist_ok=True)
    as_json = outbox / f"{receipt.stem}.json"
    _replace(as_json, json.dumps(receipt.as_json(), ensure_ascii=False).encode())
    _replace(outbox / f"{receipt.stem}.xlsx", for_people)
    return Taken(
        organization_code=receipt.organization_code,
        file_name=receipt.file_name,
        submission_id=receipt.submission_id,
        sha256=receipt.sha256,
        status=receipt.status,
        rows=receipt.rows,
        receipt=str(as_json.relative_to(settings.home)),
    )


def _replace(path: Path, content: bytes) -> None:
    """Whole or not there; the batch is synced once, when all its receipts are written."""
    beside = path.with_name(f".{path.name[-60:]}.tmp")
    beside.write_bytes(content)
    beside.replace(path)


def _receipts(
    connection: duckdb.DuckDBPyConnection, answered: list[Answered], head: Head | None
) -> list[Receipt]:
    load_identities(connection, "wanted", [one.submission_id for one in answered])
    connection.execute(
        "create or replace temp table answered as "
        "select * from ledger.submissions semi join wanted using (submission_id)"
    )
    submissions = {row["submission_id"]: row for row in _rows(connection, "answered")}
    refusals = _grouped(connection, "refusals", Finding)
    warnings = _grouped(connection, "warnings", Finding)
    missing = _missing(connection)
    return [
        _receipt(one, submissions[one.submission_id], refusals, warnings, missing, head) for one in answered
    ]


def _missing(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """Return what is still due of each submission's department."""
    connection.execute((_FOLDER / "months.sql").read_text(encoding="utf-8"))
    pairs = connection.execute(
        "select distinct organization_code, period from answered_months order by all"
    ).fetchall()
    asked_of = {
        "organization_codes": sorted({code for code, _ in pairs}),
        "periods": sorted({period for _, period in pairs}),
    }
    connection.execute((_FOLDER / "due.sql").read_text(encoding="utf-8"), asked_of)
    ((indicators, areas),) = connection.execute(_PLACES).fetchall()
    return _grouped(connection, "missing", Missing, {"indicator_codes": indicators, "area_codes": areas})


def _receipt(
    answered: Answered,
    submission: dict[str, Any],
    refusals: dict[str, list[Any]],
    warnings: dict[str, list[Any]],
    missing: dict[str, list[Any]],
    head: Head | None,
) -> Receipt:
    delivery, identity = answered.delivery, answered.submission_id
    claim = delivery.claim
    arrived = (submission["received_at"], submission["file_name"])
    return Receipt(
        submission_id=identity,
        file_name=claim.file_name,
        sha256=delivery.sha256,
        organization_code=claim.organization_code,
        received_at=zoned(claim.received_at).isoformat(),
        status=submission["status"] if arrived == (claim.received_at, claim.file_name) else "duplicate",
        rows=RowCounts(**{name: submission[f"rows_{name}"] for name in vars(RowCounts())}),
        refusals=refusals[identity],
        warnings=warnings[identity],
        missing=missing[identity],
        chain_head=head,
    )


def _grouped(
    connection: duckdb.DuckDBPyConnection, query: str, kind: type, given: dict[str, Any] | None = None
) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in _rows(connection, query, given):
        identity = row.pop("submission_id")
        grouped[identity].append(kind(**row))
    return grouped


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    rows = connection.execute((_FOLDER / f"{query}.sql").read_text(encoding="utf-8"), given)
    names = [column[0] for column in rows.description or []]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
