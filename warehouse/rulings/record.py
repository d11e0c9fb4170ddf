"""Recording a ruling: in the archive first, then in the ledger, which can be made again from it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import duckdb

from warehouse import durable, ledger
from warehouse.clock import now
from warehouse.errors import UsageError
from warehouse.logs import logger
from warehouse.rulings.kinds import checked
from warehouse.rulings.ruling import Decision, Ruling
from warehouse.settings import Settings

_INSERT = (
    "insert into ledger.rulings from (values ($1, $2, $3, $4, $5, $6, cast($7 as timestamp), "
    "nullif($8, ''), cast(nullif($9, '') as date))) "
    "as recorded (ruling_id) anti join ledger.rulings using (ruling_id)"
)


def rule(settings: Settings, kind: str, key: str, decision: Decision) -> Ruling:
    """Record a person's decision.

    Raises UsageError where nothing waits for it, where name or note is empty, or where the kind does not
    allow it to this person or for this month.
    """
    if not decision.decided_by.strip() or not decision.note.strip():
        raise UsageError("A decision needs the name of who decides (--by) and a reason (--note)")
    decided_at = now().isoformat(" ")
    words = "|".join((kind, key, decision.verdict, decision.decided_by, decided_at))
    ruling = Ruling(
        ruling_id=hashlib.sha256(words.encode()).hexdigest()[:16],
        kind=kind,
        key=key,
        verdict=decision.verdict,
        decided_by=decision.decided_by,
        note=decision.note,
        decided_at=decided_at,
        period=str(decision.period or ""),
        until_day=decision.until.isoformat() if decision.until else "",
    )
    with ledger.writing(settings) as connection:
        checked(settings, connection, ruling)
        record = json.dumps(asdict(ruling), ensure_ascii=False, indent=1).encode()
        durable.write(settings.archive / "rulings" / f"{ruling.ruling_id}.json", record)
        keep(connection, [ruling])
    logger(__name__).info("decided", kind=kind, key=key, verdict=ruling.verdict, by=ruling.decided_by)
    return ruling


def recorded(settings: Settings) -> list[Ruling]:
    """Return every ruling that the archive recorded, in order."""
    paths = (settings.archive / "rulings").glob("*.json")
    rulings = [Ruling(**json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    return sorted(rulings, key=lambda one: (one.decided_at, one.ruling_id))


def keep(connection: duckdb.DuckDBPyConnection, rulings: list[Ruling]) -> None:
    """Add rulings that the ledger does not hold."""
    for one in rulings:
        connection.execute(_INSERT, list(asdict(one).values()))
