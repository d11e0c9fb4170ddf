"""DuckDB's extensions for the lakehouse, from packages of the lock file: none is downloaded."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import duckdb

from warehouse.errors import MinshengError
from warehouse.settings import Settings

_NEEDED = ("ducklake", "postgres_scanner", "sqlite_scanner", "httpfs")


def configuration(settings: Settings) -> dict[str, str]:
    """Return the settings of a DuckDB that may attach a lakehouse, with its extensions put in place.

    Raises MinshengError where the packages are not installed.
    """
    folder = settings.home / "extensions"
    _install(folder)
    return {
        "extension_directory": str(folder),
        "autoinstall_known_extensions": "false",
        # A store of one's own has no host name for each bucket.
        "s3_url_style": "path",
    }


@cache
def _install(folder: Path) -> None:
    if find_spec("duckdb_extensions") is None:
        raise MinshengError(
            "A ledger in a lakehouse needs DuckDB's extensions: install the project with its extra `lake`"
        )
    from duckdb_extensions import import_extension

    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"extension_directory": str(folder)}) as connection:
        for name in _NEEDED:
            import_extension(name, con=connection)
