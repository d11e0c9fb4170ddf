"""Recording a ruling: in the archive first, then in the ledger, which can be made again from it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

import duckdb

from warehouse import durable, ledger
from warehouse.clock import now
from warehouse.errors import UsageError
from warehouse.logs import logger
from warehouse.rulings.kinds import checked
from warehouse.settings import Settings

_INSERT = (
    "insert into ledger.rulings from (values ($1, $2, $3, $4, $5, $6, cast($7 as timestamp))) "
    "as recorded (ruling_id) anti join ledger.rulings using (ruling_id)"
)


@dataclass(frozen=True)
class Ruling:
    """Who decided what about which key, when and why."""

    ruling_id: str
    kind: str
    key: str
    verdict: str
    decided_by: str
    note: str
    decided_at: str


def rule(settings: Settings, kind: str, key: str, verdict: str, *, decided_by: str, note: str) -> Ruling:
    """Record a person's decision; raises UsageError where nothing waits for it, or name or note is empty."""
    if not decided_by.strip() or not note.strip():
        raise UsageError("A decision needs the name of who decides (--by) and a reason (--note)")
    decided_at = now().isoformat(" ")
    words = "|".join((kind, key, verdict, decided_by, decided_at))
    ruling_id = hashlib.sha256(words.encode()).hexdigest()[:16]
    ruling = Ruling(ruling_id, kind, key, verdict, decided_by, note, decided_at)
    with ledger.writing(settings) as connection:
        checked(connection, kind, key, verdict)
        record = json.dumps(asdict(ruling), ensure_ascii=False, indent=1).encode()
        durable.write(settings.archive / "rulings" / f"{ruling_id}.json", record)
        keep(connection, [ruling])
    logger(__name__).info("decided", kind=kind, key=key, verdict=verdict, by=decided_by)
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
