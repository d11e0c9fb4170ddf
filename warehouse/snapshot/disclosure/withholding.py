"""Deciding on an edition: its counts of persons against the floor and what was public before."""

from __future__ import annotations

from pathlib import Path

import duckdb
import yaml

from warehouse.snapshot.disclosure.decision import Facts, Scope, Withheld, decide

_FOLDER = Path(__file__).parent
_COMPARED = "indicator_code, area_code, period, value, numerator, denominator, running_total, is_reported"


def decided(connection: duckdb.DuckDBPyConnection, earlier: list[Path], floor: int) -> list[Withheld]:
    """Decide what is withheld, and leave it as the temporary table `hidden`: indicator by area.

    `connection` has the edition's marts attached as `source`; `earlier` and `floor` are as in
    `write_public_marts`.
    """
    persons = yaml.load(_text("persons.yml"), yaml.CSafeLoader)
    connection.execute(f"create temp table person_indicators as {_text('indicators.sql')}", persons)
    connection.execute(_text("prepare.sql"))
    for folder in earlier:
        monthly = connection.read_parquet(str(folder / "parquet" / "indicator_monthly.parquet"))
        monthly.project(_COMPARED).insert_into("shown")
    facts = {
        code: Facts(*found)
        for code, *found in connection.execute(_text("facts.sql"), {"floor": floor}).fetchall()
    }
    links = connection.execute(
        "select indicator_code, unnest(string_split(concat_ws(';', input_a, input_b), ';')) as input "
        "from source.marts.indicators"
    ).fetchall()
    withheld = decide(facts, [(one, other) for one, other in links if other], _before(connection, earlier))
    if withheld:
        rows = [(one.indicator_code, one.scope.name.lower()) for one in withheld]
        connection.executemany("insert into withheld values (?, ?)", rows)
    connection.execute(f"create temp table hidden as {_text('hidden.sql')}")
    return withheld


def _before(connection: duckdb.DuckDBPyConnection, earlier: list[Path]) -> dict[str, Scope]:
    """Return the most that any earlier public variant withheld of each indicator."""
    before: dict[str, Scope] = {}
    for folder in earlier:
        path = str(folder / "parquet" / "withheld.parquet")
        for code, scope in connection.read_parquet(path).project("indicator_code, scope").fetchall():
            before[code] = max(before.get(code, Scope.NOTHING), Scope[scope.upper()])
    return before


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
