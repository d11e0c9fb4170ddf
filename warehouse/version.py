"""Which code made a figure: the release, and a digest of every source that can change a result."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from warehouse.settings import PROJECT

_SOURCES = (
    "warehouse/**/*.py",
    "warehouse/**/*.sql",
    "dbt_project/**/*.sql",
    "dbt_project/**/*.yml",
    "dbt_project/**/*.csv",
    "expectations/**/*.yml",
)


def release() -> str:
    """Return the release of the installed program, as `0.2.0`."""
    return version("minsheng")


@cache
def code_version() -> str:
    """Return `<release>+<first 12 of the SHA-256 of all sources>`."""
    digest = hashlib.sha256()
    files = {path for pattern in _SOURCES for path in PROJECT.glob(pattern)}
    for path in sorted(file for file in files if "target" not in file.relative_to(PROJECT).parts):
        digest.update(str(path.relative_to(PROJECT)).encode())
        digest.update(path.read_bytes())
    return f"{release()}+{digest.hexdigest()[:12]}"
