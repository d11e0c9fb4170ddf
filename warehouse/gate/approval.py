"""Approval as a record: a named person answers for one warning, in one month, for a time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from gettext import gettext as _

import duckdb

from warehouse import durable, ledger
from warehouse.clock import now
from warehouse.errors import MinshengError
from warehouse.gate.results import Result
from warehouse.logs import logger
from warehouse.periods import Period
from warehouse.settings import Settings

VALID_FOR = timedelta(days=45)


def approve(
    settings: Settings, period: Period, warnings: list[Result], name: str, reason: str, builder: str
) -> None:
    """Record that `name` waives the month's warnings; whoever built the candidate cannot."""
    if name.strip().casefold() == builder.strip().casefold():
        raise MinshengError(
            _("{name} built this candidate and cannot approve it: ask another person").format(name=name)
        )
    decided_at = now()
    rows = []
    for warning in warnings:
        words = "|".join((str(period), warning.suite, warning.expectation, name, decided_at.isoformat()))
        decision_id = hashlib.sha256(words.encode()).hexdigest()[:16]
        expires_on = (decided_at + VALID_FOR).date()
        rows.append(
            [
                decision_id,
                str(period),
                warning.suite,
                warning.expectation,
                name,
                reason,
                decided_at,
                expires_on,
            ]
        )
    # The archive's copy comes first: the ledger can be made again from it, not the other way round.
    record = json.dumps(rows, ensure_ascii=False, default=str, indent=1).encode()
    durable.write(settings.archive / "decisions" / f"{period}-{rows[0][0]}.json", record)
    with ledger.writing(settings) as connection:
        connection.executemany("insert into ledger.decisions values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    logger(__name__).info("approved", period=str(period), by=name, warnings=len(rows))


def apply_waivers(
    connection: duckdb.DuckDBPyConnection, period: Period, results: list[Result]
) -> list[Result]:
    """Mark the month's warnings that somebody answers for, as long as his time has not run out."""
    rows = connection.execute(
        "select suite, expectation, decided_by, reason, expires_on from ledger.decisions "
        "where period = ? and expires_on >= ? order by decided_at",
        [str(period), now().date()],
    ).fetchall()
    waivers = {
        (suite, expectation): (name, reason, str(expires_on))
        for suite, expectation, name, reason, expires_on in rows
    }
    return [_waived(result, waivers.get((result.suite, result.expectation))) for result in results]


def _waived(result: Result, waiver: tuple[str, str, str] | None) -> Result:
    if waiver is None or not result.warns:
        return result
    waived_by, reason, until = waiver
    return replace(result, outcome="waived", waived_by=waived_by, waiver_reason=reason, waived_until=until)
