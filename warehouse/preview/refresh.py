"""Rebuilding the open month's candidate, where what a build would use has changed since the last one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from warehouse import ledger, progress
from warehouse.clock import now
from warehouse.periods import Period
from warehouse.preview.knowledge import known
from warehouse.progress import BuildReport
from warehouse.settings import Settings

_OPEN_MONTH = Path(__file__).with_name("open_month.sql")


def open_month(settings: Settings, today: date | None = None) -> Period | None:
    """Return the month that is being reported: the one whose deadline comes next, by the plan's calendar.

    A closed month is never it, so a preview never replaces a candidate that is being audited or published.
    None once the plan has ended.
    """
    with ledger.reading(settings) as connection:
        ((month,),) = connection.execute(
            _OPEN_MONTH.read_text(encoding="utf-8"), {"today": today or now().date()}
        ).fetchall()
    return Period.parse(month) if month else None


def refresh(settings: Settings, period: Period) -> BuildReport | None:
    """Build the month's candidate; None where its last build used all that is known now."""
    if known(settings).build_from_it(settings, period) is not None:
        return None
    return progress.build(settings, period)
