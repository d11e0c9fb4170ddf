"""What can be ruled on: each kind with its verdicts, and how its key is read. A new kind is an entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import UsageError
from warehouse.rulings.ruling import Ruling
from warehouse.rulings.supervision import VERDICTS, require_allowed
from warehouse.settings import Settings

_WAITING = Path(__file__).with_name("waiting_series.sql")


@dataclass(frozen=True)
class Kind:
    """One kind of question: its verdicts with what each means, and what a ruling on it has to hold to."""

    verdicts: dict[str, str]
    require_allowed: Callable[[Settings, duckdb.DuckDBPyConnection, Ruling], None]
    """Raises UsageError where the ruling may not be recorded, with what to do instead."""


def _require_waiting_series(
    _settings: Settings, connection: duckdb.DuckDBPyConnection, ruling: Ruling
) -> None:
    if ruling.period or ruling.until_day:
        raise UsageError("A ruling on a series holds for its whole year: leave --period and --until out")
    waiting = [key for (key,) in connection.execute(_WAITING.read_text(encoding="utf-8")).fetchall()]
    if ruling.key not in waiting:
        keys = ", ".join(waiting) or "none"
        raise UsageError(f"Nothing waits for a decision under {ruling.key}; waiting: {keys}")


KINDS = {
    "cumulative": Kind(
        {"totals": "the figures are running totals of the year", "months": "each is its month's own figure"},
        _require_waiting_series,
    ),
    "supervision": Kind(VERDICTS, require_allowed),
}


def checked(settings: Settings, connection: duckdb.DuckDBPyConnection, ruling: Ruling) -> None:
    """Raise UsageError where the kind, its verdict or the key is not known; the sentence lists what is."""
    if ruling.kind not in KINDS:
        raise UsageError(
            f"There is nothing of the kind {ruling.kind} to decide: use one of {', '.join(KINDS)}"
        )
    known = KINDS[ruling.kind]
    if ruling.verdict not in known.verdicts:
        meanings = "; ".join(f"{word}: {meaning}" for word, meaning in known.verdicts.items())
        raise UsageError(f"{ruling.verdict} is no verdict on {ruling.kind}: use one of {meanings}")
    known.require_allowed(settings, connection, ruling)
