"""What the SQL linter knows of dbt: the project's variables, as `dbt_project.yml` states them."""

from pathlib import Path

import yaml

_VARIABLES = yaml.safe_load(
    Path(__file__).parents[1].joinpath("dbt_project.yml").read_text(encoding="utf-8")
)["vars"]


def var(name):
    """Return a variable of the project; a month and a day where the caller of a build gives them."""
    return {"period": "2025-03", "as_of": "2025-04-05"}.get(name, _VARIABLES[name])
