"""Decisions on items of supervision that an edition shows, never by who answers for them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.errors import UsageError
from warehouse.periods import Period
from warehouse.published import editions_of
from warehouse.rulings.ruling import Ruling
from warehouse.settings import Settings
from warehouse.supervision.items import Item, is_open, items_of

VERDICTS = {
    "verified": "the proof was examined and accepted; the item is closed",
    "extended": "the promise may be kept by a later day, --until",
    "escalated": "the item goes to the next level",
    "closed": "the item is closed without a proof",
}
_REPORTERS = Path(__file__).with_name("reporters.sql")


def require_allowed(settings: Settings, connection: duckdb.DuckDBPyConnection, ruling: Ruling) -> None:
    """Raise UsageError where a decision may not be recorded.

    It names the month from which it holds, on or after the month in which its item was opened. The newest
    edition shows the item: open, or already closed and now verified. Who answers for the item, or reports its
    figure, decides nothing.
    """
    if not ruling.period:
        raise UsageError("A decision on an item holds from a month on: name it with --period YYYY-MM")
    period = Period.parse(ruling.period)
    item = _item(settings, ruling)
    if str(period) < item["opened_period"]:
        raise UsageError(
            f"{ruling.key} was opened in {item['opened_period']}: name that month or a later one"
        )
    if (ruling.verdict == "extended") != bool(ruling.until_day):
        raise UsageError("--until YYYY-MM-DD belongs to the verdict extended, and to no other")
    _require_independent(connection, ruling, item)


def _item(settings: Settings, ruling: Ruling) -> Item:
    """Return the item as the newest edition shows it; raises UsageError where nothing is to be decided."""
    items = {one["item_code"]: one for one in _published_items(settings)}
    item = items.get(ruling.key)
    waiting = [code for code, one in sorted(items.items()) if is_open(one)]
    if item is None or not (is_open(item) or ruling.verdict == "verified"):
        shown = ", ".join(waiting) or "none"
        raise UsageError(f"The newest edition shows no open item {ruling.key}; open items: {shown}")
    return item


def _published_items(settings: Settings) -> list[Item]:
    editions = editions_of(settings)
    if not editions:
        raise UsageError("Nothing is published yet: an item is decided after an edition shows it")
    return items_of(editions[-1])


def _require_independent(connection: duckdb.DuckDBPyConnection, ruling: Ruling, item: Item) -> None:
    """Raise UsageError where the name is that of an organization or a person who answers for the item."""
    rows = connection.execute(
        _REPORTERS.read_text(encoding="utf-8"),
        {"indicator_code": item["indicator_code"], "organization_code": item["organization_code"]},
    ).fetchall()
    persons = str(item["responsible"] or "").split("；")
    names = {name.strip().casefold() for (name,) in [*rows, *((one,) for one in persons)] if name}
    if ruling.decided_by.strip().casefold() in names:
        raise UsageError(
            f"{ruling.decided_by} answers for {ruling.key}: whoever reports or answers for a figure does not "
            "decide on it"
        )
