"""What goes to the inspection office (督查室): who is past due, and which promises that touches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse import ledger
from warehouse.obligations.owed import Owed, OwedMonth
from warehouse.settings import Settings

_TOUCHED = Path(__file__).with_name("touched.sql")


@dataclass(frozen=True)
class Touched:
    """A commitment that cannot be judged while figures are missing, and who leads it."""

    commitment_code: str
    title_zh: str
    lead_names: list[str]


@dataclass(frozen=True)
class Escalated:
    """One organization with a month that is past due."""

    organization_code: str
    organization_name: str
    month: OwedMonth
    touched: list[Touched]


def escalated(settings: Settings, owed: list[Owed]) -> list[Escalated]:
    """Return each month that is past due, the longest overdue first, with the commitments that it touches."""
    late = [(one, month) for one in owed for month in one.past_due]
    late.sort(key=lambda pair: (pair[1].days_left, pair[0].organization_code))
    with ledger.reading(settings) as connection:
        rows = connection.execute(_TOUCHED.read_text(encoding="utf-8")).fetchall()
    by_indicator: dict[str, list[Touched]] = {}
    for indicator_code, *facts in rows:
        by_indicator.setdefault(indicator_code, []).append(Touched(*facts))
    return [
        Escalated(one.organization_code, one.organization_name, month, _touched_by(month, by_indicator))
        for one, month in late
    ]


def _touched_by(month: OwedMonth, by_indicator: dict[str, list[Touched]]) -> list[Touched]:
    found = {
        touched.commitment_code: touched
        for indicator in month.missing
        for touched in by_indicator.get(indicator.indicator_code, [])
    }
    return [found[code] for code in sorted(found)]
