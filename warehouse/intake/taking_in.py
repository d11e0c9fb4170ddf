"""Taking in all that lies in the inboxes, once: claim, archive, read, judge, append, answer, release.

Each step may be the last before a crash: what is claimed is found again at the next start, and the steps
after it are the same whether they are done for the first time or again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from warehouse import durable, ledger, steps
from warehouse.errors import MinshengError
from warehouse.intake import archive, inbox, receipts, set_aside
from warehouse.intake.archive import Arrival
from warehouse.intake.deliveries import Claim, Delivery
from warehouse.intake.judging import judge, prepare
from warehouse.intake.readers import Workbooks, names_workbook
from warehouse.intake.reading import read
from warehouse.intake.report import IntakeReport, Taken
from warehouse.intake.staging import RowStage
from warehouse.intake.tables import joined_as_written, load_identities
from warehouse.logs import logger
from warehouse.settings import Settings

_MOST_FILES = 5_000
_MOST_BYTES = 256 * 1024 * 1024
_FOLDER = Path(__file__).parent


def take_in(settings: Settings) -> IntakeReport:
    """Take in every file that lies still in an inbox, and write each a receipt.

    First completes what an earlier run had begun. A broken file, or one row of it, holds back nothing else.
    """
    with ledger.writing(settings) as connection, Workbooks() as workbooks:
        organizations = _organizations(connection)
        # What was claimed earlier came earlier, also where the clock has moved back since.
        taken = _take_claimed(settings, connection, workbooks)
        left = inbox.claim(settings, organizations)
        taken += _take_claimed(settings, connection, workbooks)
    report = IntakeReport(taken, left)
    for one in taken:
        logger(__name__).info(
            "answered",
            submission_id=one.submission_id,
            organization=one.organization_code,
            status=one.status,
            receipt=one.receipt,
        )
    logger(__name__).info("taken in", left=len(left), **report.totals)
    return report


def _organizations(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute("select organization_code from plan.current_organizations").fetchall()
    if not rows:
        raise MinshengError("The ledger holds no plan, so nobody can submit: run `minsheng init` first")
    return {code for (code,) in rows}


def _take_claimed(
    settings: Settings, connection: duckdb.DuckDBPyConnection, workbooks: Workbooks
) -> list[Taken]:
    moments = inbox.claimed(settings)
    return [one for claims in moments for one in _take_arrived(settings, connection, workbooks, claims)]


def _take_arrived(
    settings: Settings, connection: duckdb.DuckDBPyConnection, workbooks: Workbooks, claims: list[Claim]
) -> list[Taken]:
    """Answer all that arrived at one moment, in bounded batches, and let go of it only then.

    A file system may hold back what a removed file had: removed batch by batch, the claims of one would make
    each new file of the next take ten times as long.
    """
    if any(names_workbook(claim.file_name) for claim in claims):
        workbooks.start()
    obstacles = {claim: finding for claim in claims if (finding := set_aside.obstacle(claim))}
    readable = [claim for claim in claims if claim not in obstacles]
    batches = inbox.batches(readable, _MOST_FILES, _MOST_BYTES)
    taken = [one for batch in batches for one in _take(settings, connection, workbooks, batch)]
    taken += [set_aside.refuse(settings, claim, finding) for claim, finding in obstacles.items()]
    durable.sync_all()
    inbox.release(readable)
    set_aside.release(settings, list(obstacles))
    return taken


def _take(
    settings: Settings, connection: duckdb.DuckDBPyConnection, workbooks: Workbooks, batch: list[Claim]
) -> list[Taken]:
    """Bring one batch from its claims to its receipts."""
    deliveries = [archive.keep(settings, claim) for claim in batch]
    new = _unknown(connection, deliveries)
    if new:
        arrivals = _arrivals(connection, new)
        archive.record(settings, arrivals)
        durable.sync_all()
        append(connection, workbooks, arrivals, new)
    return receipts.write(settings, connection, workbooks, deliveries)


def _unknown(connection: duckdb.DuckDBPyConnection, deliveries: list[Delivery]) -> list[Delivery]:
    """Return the first delivery of each submission that the ledger does not hold."""
    first = {one.submission_id: one for one in reversed(deliveries)}
    load_identities(connection, "wanted", list(first))
    rows = connection.execute(
        "select submission_id from ledger.submissions semi join wanted using (submission_id)"
    ).fetchall()
    known = {identity for (identity,) in rows}
    return [one for one in deliveries if first[one.submission_id] is one and one.submission_id not in known]


def _arrivals(connection: duckdb.DuckDBPyConnection, deliveries: list[Delivery]) -> list[Arrival]:
    (last,) = _only(connection, "select coalesce(max(sequence), 0) from ledger.submissions")
    (plan_version,) = _only(connection, "select plan_version from plan.current_version")
    return [
        Arrival(
            submission_id=one.submission_id,
            sequence=sequence,
            batch=f"{deliveries[0].claim.received_at:%Y%m%dT%H%M%S.%f}-{last + 1}",
            organization_code=one.claim.organization_code,
            file_name=one.claim.file_name,
            sha256=one.sha256,
            size_bytes=one.size_bytes,
            received_at=one.claim.received_at.isoformat(" "),
            plan_version=plan_version,
        )
        for sequence, one in enumerate(deliveries, start=last + 1)
    ]


def append(
    connection: duckdb.DuckDBPyConnection,
    workbooks: Workbooks,
    arrivals: list[Arrival],
    deliveries: list[Delivery],
) -> None:
    """Read, judge and append a batch in one transaction; raises unless the ledger then holds all of it."""
    prepare(connection, arrivals)
    stage = RowStage(connection)
    readings = [
        read(delivery, number, stage, workbooks)
        for number, delivery in enumerate(steps.over("read files", deliveries))
    ]
    stage.finish()
    judge(connection, readings)
    with joined_as_written(connection):
        _commit(connection, len(arrivals))
    if missing := _unknown(connection, deliveries):
        raise MinshengError(
            f"The ledger does not hold {len(missing)} files after its commit: run `minsheng ingest` again"
        )


def _commit(connection: duckdb.DuckDBPyConnection, files: int) -> None:
    connection.begin()
    try:
        connection.execute((_FOLDER / "append.sql").read_text(encoding="utf-8"))
        connection.commit()
    except duckdb.Error as error:
        with suppress(duckdb.Error):
            connection.rollback()
        # Even a commit that failed may have been kept: the next run reads back what the ledger holds.
        raise MinshengError(
            f"The ledger could not take in {files} files ({str(error).splitlines()[0]}): "
            "see that the disk has room, then run `minsheng ingest` again"
        ) from error


def _only(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    return connection.execute(query).fetchall()[0]
