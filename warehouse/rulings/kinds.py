"""What can be ruled on: each kind with its verdicts, and how its key is read. A new kind is an entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import UsageError

_WAITING = Path(__file__).with_name("waiting_series.sql")


@dataclass(frozen=True)
class Kind:
    """One kind of question: its verdicts with what each means, and the keys that wait for one."""

    verdicts: dict[str, str]
    waiting: Callable[[duckdb.DuckDBPyConnection], list[str]]


def _waiting_series(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [key for (key,) in connection.execute(_WAITING.read_text(encoding="utf-8")).fetchall()]


KINDS = {
    "cumulative": Kind(
        {"totals": "the figures are running totals of the year", "months": "each is its month's own figure"},
        _waiting_series,
    ),
}


def checked(connection: duckdb.DuckDBPyConnection, kind: str, key: str, verdict: str) -> None:
    """Raise UsageError where the kind, its verdict or the key is not known; the sentence lists what is."""
    if kind not in KINDS:
        raise UsageError(f"There is nothing of the kind {kind} to decide: use one of {', '.join(KINDS)}")
    known = KINDS[kind]
    if verdict not in known.verdicts:
        meanings = "; ".join(f"{word}: {meaning}" for word, meaning in known.verdicts.items())
        raise UsageError(f"{verdict} is no verdict on {kind}: use one of {meanings}")
    waiting = known.waiting(connection)
    if key not in waiting:
        keys = ", ".join(waiting) or "none"
        raise UsageError(f"Nothing waits for a decision under {key}; waiting: {keys}")
