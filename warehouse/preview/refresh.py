"""Rebuilding the open month's candidate, where what a build would use has changed since the last one."""

from __future__ import annotations

from warehouse import progress
from warehouse.periods import Period
from warehouse.preview.knowledge import known
from warehouse.progress import BuildReport
from warehouse.settings import Settings


def refresh(settings: Settings, period: Period) -> BuildReport | None:
    """Build the month's candidate; None where its last build used all that is known now."""
    if known(settings).build_from_it(settings, period) is not None:
        return None
    return progress.build(settings, period)
