"""DuckDB's extensions for a lakehouse: installed once for all homes of a run, 130 MB that take a second."""

from __future__ import annotations

from pathlib import Path

from tests.prepared import Prepared
from warehouse.ledger.extensions import configuration
from warehouse.settings import Settings


def with_extensions(prepared: Prepared, home: Path) -> Path:
    """Let a new home use the extensions that are installed already; return it."""
    installed = prepared.folder("extensions", lambda folder: configuration(Settings(home=folder)))
    home.mkdir(parents=True, exist_ok=True)
    (home / "extensions").symlink_to(installed / "extensions")
    return home
