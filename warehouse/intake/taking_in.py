"""Taking in all that lies in the inboxes, once: claim, archive, read, judge, append, answer, release.

Each step may be the last before a crash: what is claimed is found again at the next start, and the steps
after it are the same whether they are done for the first time or again.
"""

from __future__ import annotations

import duckdb

from warehouse import durable, ledger
from warehouse.errors import MinshengError
from warehouse.intake import archive, attempts, inbox, receipts, set_aside
from warehouse.intake.appending import append_new
from warehouse.intake.deliveries import Claim
from warehouse.intake.readers import Workbooks, names_workbook
from warehouse.intake.records import require_whole
from warehouse.intake.report import IntakeReport, Taken
from warehouse.ledger import Preparation
from warehouse.logs import logger
from warehouse.settings import Settings

_MOST_FILES = 5_000
_MOST_BYTES = 256 * 1024 * 1024


def take_in(settings: Settings) -> IntakeReport:
    """Take in every file that lies still in an inbox, and write each a receipt.

    First completes what an earlier run had begun. A broken file, or one row of it, holds back nothing else.
    """
    with ledger.preparing(settings) as preparation, Workbooks() as workbooks, attempts.recorded(settings):
        require_whole(settings, preparation.connection)
        organizations = _organizations(preparation.connection)
        # What was claimed earlier came earlier, also where the clock has moved back since.
        taken = _take_claimed(settings, preparation, workbooks)
        left = inbox.claim(settings, organizations)
        taken += _take_claimed(settings, preparation, workbooks)
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


def _take_claimed(settings: Settings, preparation: Preparation, workbooks: Workbooks) -> list[Taken]:
    moments = inbox.claimed(settings)
    return [one for claims in moments for one in _take_arrived(settings, preparation, workbooks, claims)]


def _take_arrived(
    settings: Settings, preparation: Preparation, workbooks: Workbooks, claims: list[Claim]
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
    taken = [one for batch in batches for one in _take(settings, preparation, workbooks, batch)]
    taken += [set_aside.refuse(settings, claim, finding) for claim, finding in obstacles.items()]
    durable.sync_all()
    inbox.release(readable)
    set_aside.release(settings, list(obstacles))
    return taken


def _take(
    settings: Settings, preparation: Preparation, workbooks: Workbooks, batch: list[Claim]
) -> list[Taken]:
    """Bring one batch from its claims to its receipts."""
    deliveries = [archive.keep(settings, claim) for claim in batch]
    answered = append_new(settings, preparation, workbooks, deliveries)
    return receipts.write(settings, preparation.connection, workbooks, answered)
