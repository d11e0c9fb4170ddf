"""The city's marts: a DuckDB file of what was gathered, in which each table and column is described."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import yaml

from warehouse.city.gathering import Part
from warehouse.city.rendering import queries
from warehouse.ledger import STORAGE_VERSION

if TYPE_CHECKING:
    import pyarrow

_QUERIES = Path(__file__).with_name("marts")
_DESCRIBED = Path(__file__).with_name("marts.yml")
_EDITIONS = (
    "district_code", "district_name", "edition", "manifest_sha256",
    "published_at", "plan_version", "is_sample", "absent_zh", "absent_because",
)  # fmt: skip


@cache
def described() -> dict[str, Any]:
    """Return title, description and columns of each mart, by its name."""
    marts: dict[str, Any] = yaml.safe_load(_DESCRIBED.read_text(encoding="utf-8"))
    return marts


def write_marts(file: Path, parts: list[Part], tables: dict[str, pyarrow.Table]) -> None:
    """Compute the marts into a new file."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("set threads = 1")  # so that the same editions give the same file
        connection.execute("create schema gathered")
        for name, table in (tables | {"editions": _editions(parts)}).items():
            connection.from_arrow(table).create(f"gathered.{name}")
        connection.execute(f"attach '{_quoted(file)}' as city (storage_version '{STORAGE_VERSION}')")
        connection.execute("create schema city.marts")
        for name, sql in queries(_QUERIES).items():
            connection.execute(f"create table city.marts.{name} as {sql}")
            for statement in _comments(name):
                connection.execute(statement)
        connection.execute("detach city")


def rows_of(file: Path, mart: str) -> list[dict[str, Any]]:
    """Return a mart's rows in its order, by column."""
    with duckdb.connect(str(file), read_only=True) as connection:
        result = connection.execute(f"select * from marts.{mart} order by rowid")  # noqa: S608 - our own names
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _editions(parts: list[Part]) -> pyarrow.Table:
    import pyarrow

    kinds = {name: pyarrow.bool_() if name == "is_sample" else pyarrow.string() for name in _EDITIONS}
    rows = [
        part.facts
        | {
            "district_code": part.code,
            "district_name": part.name,
            "edition": part.edition.name if part.edition else None,
            "absent_zh": part.absent_zh,
            "absent_because": part.absent_because,
        }
        for part in parts
    ]
    columns = {name: pyarrow.array([row.get(name) for row in rows], kind) for name, kind in kinds.items()}
    return pyarrow.table(columns)


def _comments(mart: str) -> list[str]:
    facts = described()[mart]
    return [f"comment on table city.marts.{mart} is '{_quoted(facts['description'])}'"] + [
        f"comment on column city.marts.{mart}.{column} is '{_quoted(words)}'"
        for column, (_, words) in facts["columns"].items()
    ]


def _quoted(text: object) -> str:
    return str(text).replace("'", "''")
