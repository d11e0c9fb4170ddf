"""Which submission a delivered file is: its rows decide, not whether the same bytes came before.

The same bytes are one submission while all that they say is in force. Where a row of them was refused,
replaced or withdrawn since, they are judged like any later report, as a submission of their own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.intake.deliveries import Delivery
from warehouse.intake.tables import load

_QUERY = Path(__file__).with_name("known_bytes.sql")


@dataclass(frozen=True)
class Identity:
    """What a delivery is answered as; `is_new` where the ledger does not hold it yet."""

    submission_id: str
    is_new: bool


@dataclass(frozen=True)
class _Known:
    submission_id: str
    file_name: str
    received_at: datetime
    is_in_force: bool


def identify(connection: duckdb.DuckDBPyConnection, deliveries: list[Delivery]) -> list[Identity]:
    """Return the identity of each delivery by the submissions of the ledger; no two have the same bytes."""
    known = _known(connection, deliveries)
    return [_identity(one, known[one.claim.organization_code, one.sha256]) for one in deliveries]


def unlike(deliveries: list[Delivery]) -> list[list[Delivery]]:
    """Part deliveries, in their order, into groups in which no department sends the same bytes twice."""
    groups: list[list[Delivery]] = []
    seen: set[tuple[str, str]] = set()
    for one in deliveries:
        bytes_of = (one.claim.organization_code, one.sha256)
        if not groups or bytes_of in seen:
            groups.append([])
            seen = set()
        groups[-1].append(one)
        seen.add(bytes_of)
    return groups


def _identity(delivery: Delivery, known: list[_Known]) -> Identity:
    claim = delivery.claim
    for one in known:
        if (one.received_at, one.file_name) == (claim.received_at, claim.file_name):
            return Identity(one.submission_id, is_new=False)
    if known and known[-1].is_in_force:
        return Identity(known[-1].submission_id, is_new=False)
    return Identity(delivery.submission_id(len(known) + 1), is_new=True)


def _known(
    connection: duckdb.DuckDBPyConnection, deliveries: list[Delivery]
) -> dict[tuple[str, str], list[_Known]]:
    import pyarrow as pa

    rows = [{"organization_code": one.claim.organization_code, "sha256": one.sha256} for one in deliveries]
    load(connection, "wanted", dict.fromkeys(("organization_code", "sha256"), pa.string()), rows)
    known: dict[tuple[str, str], list[_Known]] = defaultdict(list)
    for organization, sha256, identity, name, received_at, is_in_force in connection.execute(
        _QUERY.read_text(encoding="utf-8")
    ).fetchall():
        known[organization, sha256].append(_Known(identity, name, received_at, is_in_force))
    return known
