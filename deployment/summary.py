"""The end of `make run`: what was taken in, refused and published, and what one can do with it next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from warehouse import ledger
from warehouse.editions import Edition
from warehouse.settings import Settings

_QUERY = Path(__file__).with_suffix(".sql")
_FIRST_QUERY = (
    "select commitment_code, indicator_name, target_value, actual_value, attainment_pct, status_zh "
    "from marts.indicator_progress where in_force and comparator <> 'evidence' and light = 'red' "
    "order by gap_pp limit 10"
)


def summary(settings: Settings, published: list[Edition]) -> str:
    """Return what a person should know now."""
    total = _totals(settings)
    files = (
        "{files} files: {files_accepted} accepted, {files_accepted_in_part} in part, {files_refused} refused"
    )
    rows = "{rows_accepted} rows accepted, {rows_warned} with a warning, {rows_refused} refused"
    lines = [
        ("Taken in", files.format(**total)),
        ("", rows.format(**total) + (f" ({total['refused_by_rule']})" if total["rows_refused"] else "")),
        ("", f"a receipt for each file in {settings.outbox}"),
        ("Published", ", ".join(edition.name for edition in published)),
        ("", f"the newest edition lies in {settings.editions / 'current'}"),
        ("", "every figure in it is a sample (样例数据), none is a real one"),
        (
            "The report",
            f"{settings.editions / 'current' / 'report.html'}, with all editions in index.html above it",
        ),
        ("A first query", f'.venv/bin/minsheng query "{_FIRST_QUERY}"'),
        ("Airflow's UI", "make up"),
        ("An older month", "in that UI trigger publish_monthly with the month, for example 2024-12"),
    ]
    return "\n".join(f"{title:<16}{text}" for title, text in lines)


def _totals(settings: Settings) -> dict[str, Any]:
    with ledger.reading(settings) as connection:
        result = connection.execute(_QUERY.read_text(encoding="utf-8"))
        names = [column[0] for column in result.description]
        return dict(zip(names, result.fetchall()[0], strict=True))
