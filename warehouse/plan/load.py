"""Loading a plan folder into the ledger: append-only, and only when it says something new."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import duckdb

from warehouse.clock import now
from warehouse.errors import MinshengError

TABLES = {
    "settings": "plan.csv",
    "organizations": "organizations.csv",
    "areas": "areas.csv",
    "commitments": "commitments.csv",
    "commitment_organizations": "commitment_organizations.csv",
    "indicators": "indicators.csv",
    "targets": "targets.csv",
    "target_revisions": "target_revisions.csv",
    "pace_profiles": "pace_profiles.csv",
    "status_rules": "status_rules.csv",
}
_OPTIONAL = {"target_revisions.csv", "pace_profiles.csv", "status_rules.csv"}


def load(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Load the plan folder as the newest version unless it already is; return its version, a SHA-256."""
    plan_version = _digest(folder)
    newest = connection.execute("select plan_version from plan.current_version").fetchone()
    if newest == (plan_version,):
        return plan_version
    connection.begin()
    connection.execute(
        "insert into plan.versions select ?, coalesce(max(sequence), 0) + 1, ? from plan.versions",
        [plan_version, now()],
    )
    for table, file_name in TABLES.items():
        _append(connection, table, folder / file_name, plan_version)
    connection.commit()
    return plan_version


def _append(connection: duckdb.DuckDBPyConnection, table: str, path: Path, plan_version: str) -> None:
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if not rows:
        return
    columns = ", ".join(["plan_version", *rows[0]])
    places = ", ".join("?" * (len(rows[0]) + 1))
    connection.executemany(
        f"insert into plan.{table} ({columns}) values ({places})",
        [[plan_version, *(value or None for value in row.values())] for row in rows],
    )


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file_name in sorted(TABLES.values()):
        path = folder / file_name
        if not path.exists() and file_name not in _OPTIONAL:
            raise MinshengError(f"The plan folder {folder} has no {file_name}: a plan needs it")
        digest.update(file_name.encode() + b"\0" + (path.read_bytes() if path.exists() else b""))
    return digest.hexdigest()
