"""The suites: one YAML file for each table, which the data team reads and changes without code."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from warehouse.errors import MinshengError

Severity = Literal["critical", "warning", "info"]
CANARY = "canary"


class Expectation(BaseModel):
    """One expectation of a suite, as its file states it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: str
    severity: Severity
    description_zh: str = Field(min_length=4)
    kwargs: dict[str, Any] = {}


class Suite(BaseModel):
    """What is expected of one table, or of the canary's own rows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    query: str
    key: list[str]
    compares_with_last_month: bool = False
    expectations: list[Expectation] = Field(min_length=1)


def load_suites(folder: Path) -> list[Suite]:
    """Read every suite of the folder, by name; raises MinshengError for a file that makes no sense."""
    suites = [_load(path) for path in sorted(folder.glob("*.yml"))]
    if CANARY not in {suite.name for suite in suites}:
        raise MinshengError(f"The gate has no canary: {folder / 'canary.yml'} is missing, restore it")
    return suites


def _load(path: Path) -> Suite:
    try:
        # libyaml's loader: reading the suites takes a tenth of the time.
        written = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        suite = Suite(name=path.stem, **written)
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise MinshengError(f"The suite {path} cannot be read: {error}") from error
    ids = [expectation.id for expectation in suite.expectations]
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise MinshengError(f"The suite {path} names an expectation twice: {', '.join(sorted(twice))}")
    return suite
