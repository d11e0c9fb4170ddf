"""Which code made a figure: the release, and a digest of every source that can change a result."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from warehouse.settings import PROJECT

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED_PROJECT = "project"
"""The folder of an installed package that holds what a checkout has beside it."""
_CODE = ("*.py", "*.sql")
_PROJECT = ("dbt_project/**/*.sql", "dbt_project/**/*.yml", "dbt_project/**/*.csv", "expectations/**/*.yml")


def release() -> str:
    """Return the release of the installed program, as `0.2.0`."""
    return version("minsheng")


@cache
def code_version() -> str:
    """Return `<release>+<first 12 of the SHA-256 of all sources>`."""
    digest = hashlib.sha256()
    for name, path in sorted(_sources().items()):
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return f"{release()}+{digest.hexdigest()[:12]}"


def _sources() -> dict[str, Path]:
    """Return the files by their names in a checkout, whether they lie in one or in the installed package."""
    code = [path.relative_to(_PACKAGE) for pattern in _CODE for path in _PACKAGE.rglob(pattern)]
    project = [path.relative_to(PROJECT) for pattern in _PROJECT for path in PROJECT.glob(pattern)]
    return {f"warehouse/{name}": _PACKAGE / name for name in code if name.parts[0] != _INSTALLED_PROJECT} | {
        str(name): PROJECT / name for name in project if "target" not in name.parts
    }
