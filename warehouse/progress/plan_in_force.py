"""Which version of the plan judges a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warehouse import ledger
from warehouse.errors import MinshengError, UsageError
from warehouse.ledger import Attachment
from warehouse.periods import Period
from warehouse.published import editions_of, newest_of
from warehouse.settings import Settings

_QUERY = Path(__file__).with_suffix(".sql")


@dataclass(frozen=True)
class PlanInForce:
    """A version of the plan, and the first month of its reporting years (1 to 12)."""

    plan_version: str
    year_starts: int


def plan_in_force(
    settings: Settings, attachment: Attachment, period: Period, as_of: date | None, *, of_now: bool
) -> PlanInForce:
    """Return the plan that judges a month.

    A month before the newest published one keeps the plan of its newest edition, so that targets do not move
    under figures that were published; `of_now` judges it by the newest plan. With a day, it is the plan of
    that day. Raises MinshengError where the ledger holds no plan, UsageError for a month before it begins.
    """
    keeps = as_of is None and not of_now
    published = _plan_of_edition(settings, period) if keeps else None
    with ledger.reading_held(settings, attachment) as connection:
        found = connection.execute(
            _QUERY.read_text(encoding="utf-8"), {"plan_version": published, "day": as_of}
        ).fetchone()
    if found is None:
        raise MinshengError("The ledger holds no plan: run `minsheng init`, then build again")
    plan_version, year_starts, first_period = found
    if first_period and str(period) < first_period:
        raise UsageError(
            f"The plan's first window opens in {first_period}, so there is nothing to judge in {period}: "
            "choose a later month"
        )
    return PlanInForce(plan_version, year_starts)


def _plan_of_edition(settings: Settings, period: Period) -> str | None:
    newest = max(editions_of(settings), default=None)
    if newest is None or newest.period <= str(period):
        return None
    edition = newest_of(settings, str(period))
    return None if edition is None else str(edition.manifest()["plan_version"])
