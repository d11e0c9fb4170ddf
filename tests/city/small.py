"""Small districts with published editions, whose figures a test chooses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from warehouse import durable
from warehouse.editions import FORMAT, Edition, make_current, placed, sealed
from warehouse.periods import Period
from warehouse.published import MANIFEST, MARTS_FILE, head_of, newest_of
from warehouse.settings import Settings

MONTH = Period(2023, 12)
_MARTS = Path(__file__).with_name("districts.sql")
_FIGURES: dict[str, Any] = {
    "received": 2, "status": "on_track", "unit": "万元", "own": "OWN",
    "jobs": 200, "rate": 50, "passed": 1, "tested": 2,
}  # fmt: skip


def publish(home: Path, reason: str = "首次发布", **figures: Any) -> Edition:
    """Publish the next edition of the month in a home: the marts of `districts.sql` with these figures."""
    settings = Settings(home=home)
    before, head = newest_of(settings, str(MONTH)), head_of(settings)
    revision = before.revision + 1 if before else 1
    final = settings.editions / str(MONTH) / f"r{revision}"
    facts = {
        "format": FORMAT, "period": str(MONTH), "revision": revision, "published_at": "2024-01-06T08:00:00",
        "plan_version": "0" * 64, "is_sample": True, "reason": reason,
        "previous": {"edition": head.edition, "manifest_sha256": head.manifest_sha256} if head else None,
    }  # fmt: skip
    with placed(final) as folder:
        _write_marts(folder / MARTS_FILE, _FIGURES | figures)
        (folder / MANIFEST).write_bytes(sealed(facts, folder))
    make_current(settings)
    return Edition(str(MONTH), revision, str(final))


def hash_of(edition: Edition) -> str:
    return durable.sha256_of(edition.path / MANIFEST)


def _write_marts(file: Path, figures: dict[str, Any]) -> None:
    with duckdb.connect(str(file)) as connection:
        for statement in _MARTS.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                asked = {name: value for name, value in figures.items() if f"${name}" in statement}
                connection.execute(statement, asked)
