"""The city's queries, with the arithmetic and the counts of the districts' own models: one rule for both."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse.settings import PROJECT

_MACROS = {
    "exact.sql": ("divide", "round_half_up"),
    "standing_counts.sql": ("standing_counts",),
}


@cache
def queries(folder: Path) -> dict[str, str]:
    """Return each query of a folder by the name of its file, in the order of their names."""
    environment = Environment(  # noqa: S701 - SQL, not HTML
        loader=FileSystemLoader([folder, PROJECT / "dbt_project" / "macros"]), undefined=StrictUndefined
    )
    for file, names in _MACROS.items():
        module = environment.get_template(file).module
        environment.globals |= {name: getattr(module, name) for name in names}
    return {path.stem: environment.get_template(path.name).render() for path in sorted(folder.glob("*.sql"))}
