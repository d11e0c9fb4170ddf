"""The program itself: Python, packages, and the files that come with it."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

import duckdb

from warehouse.clock import TIMEZONE
from warehouse.doctor.registry import Installation, NotApplicable, check
from warehouse.settings import PROJECT

_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^]]*])?(?:==([\w.]+))?")
_BOUND = re.compile(r"(>=|<)\s*(\d+)\.(\d+)")
_REINSTALL = (
    "install the project again from its lock file (`make install`, or the wheel into a new environment)"
)


@check("install the project again, with a Python of a version that it names")
def python_version(_: Installation) -> str | None:
    """Python is of a version that the project is tested with."""
    wanted = str(metadata.metadata("minsheng")["Requires-Python"])
    found = sys.version_info[:2]
    for sign, major, minor in _BOUND.findall(wanted):
        bound = (int(major), int(minor))
        if found < bound if sign == ">=" else found >= bound:
            return f"this is Python {found[0]}.{found[1]}, and {wanted} is needed"
    return None


@check(_REINSTALL)
def packages_missing(_: Installation) -> str | None:
    """Every package that the project needs is installed."""
    missing = sorted(name for name in _required() if _installed(name) is None)
    return f"not installed: {', '.join(missing)}" if missing else None


@check(_REINSTALL)
def packages_version(_: Installation) -> str | None:
    """The packages whose version is fixed have that version."""
    installed = {name: _installed(name) for name, version in _required().items() if version}
    wrong = [
        f"{name} {installed[name]} instead of {version}"
        for name, version in _required().items()
        if version and installed[name] not in (None, version)
    ]
    return ", ".join(wrong) or None


@check(_REINSTALL)
def project_files(_: Installation) -> str | None:
    """The dbt project, the suites of the gate and the shipped plan lie where the program looks."""
    wanted = ("dbt_project/dbt_project.yml", "expectations/*.yml", "seeds/plan.csv")
    missing = [name for name in wanted if not any(PROJECT.glob(name))]
    return f"{PROJECT} lacks {', '.join(missing)}" if missing else None


@check(_REINSTALL)
def engine(_: Installation) -> str | None:
    """DuckDB computes, with decimals and the district's time zone."""
    try:
        with duckdb.connect() as connection:
            connection.execute(f"set TimeZone = '{TIMEZONE}'")
            ((answer,),) = connection.execute("select 0.1::decimal(9, 1) + 0.2::decimal(9, 1)").fetchall()
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    return None if str(answer) == "0.3" else f"0.1 and 0.2 make {answer}"


@check("install the project with its extra `lake`: extensions and DuckDB are of one version")
def lakehouse_extensions(installation: Installation) -> str | None:
    """DuckDB's extensions for a lakehouse are installed, in DuckDB's own version."""
    if not installation.settings.ledger:
        raise NotApplicable("the ledger is a file")
    found = _installed("duckdb-extensions")
    wanted = duckdb.__version__
    return None if found == wanted else f"DuckDB is {wanted}, its extensions are {found or 'not installed'}"


@check("name another folder by --home or MINSHENG_HOME: installing anew removes what lies beside the code")
def home_beside_code(installation: Installation) -> str | None:
    """The home lies outside the installed package."""
    package = Path(sys.modules["warehouse"].__path__[0]).resolve()
    home = installation.settings.home.resolve()
    inside = package in (home, *home.parents) or "site-packages" in home.parts
    return f"the home {home} lies among the installed packages" if inside else None


def _required() -> dict[str, str]:
    """Return what the project needs without its extras, with the version where it is fixed, else empty."""
    found: dict[str, str] = {}
    for line in metadata.requires("minsheng") or ():
        requirement, _, marker = line.partition(";")
        match = _REQUIREMENT.match(requirement.strip())
        if match and "extra" not in marker:
            found[match[1]] = match[2] or ""
    return found


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
