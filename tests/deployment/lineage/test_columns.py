"""Which columns a model's columns are computed from, by small pieces of SQL."""

from __future__ import annotations

import pytest

from deployment.lineage.columns import origins

COLUMNS = {
    "warehouse.ledger.statements": ["area_code", "value", "kind"],
    "workings.staging.stg_statements": ["area_code", "value"],
}
STATEMENTS = "warehouse.ledger.statements"
VALUE, KIND = (STATEMENTS, "value"), (STATEMENTS, "kind")


@pytest.mark.parametrize(
    ("sql", "of_total"),
    [
        ("select value as total from {0}", {VALUE}),
        ("with rows as (select * from {0}) select sum(value) as total from rows group by all", {VALUE}),
        ("select * replace (value * 2 as value) rename (value as total) from {0}", {VALUE}),
        ("select value as total from {0} union all by name select 0 as total", {VALUE}),
        ("select value as other from {0} union all select kind from {0}", set()),
        ("select case when kind = 'x' then value end as total from {0}", {VALUE, KIND}),
        ("select (select max(s.value) from {0} as s where s.kind = o.kind) as total from {0} as o",
         {VALUE, KIND}),
        ("select max(value) over (partition by area_code) as total from {0}",
         {VALUE, (STATEMENTS, "area_code")}),
        ("select one.piece as total from {0} as s, unnest([s.value]) as one (piece)", {VALUE}),
        ("with recursive up as (select value as total from {0} union all select total from up) from up",
         {VALUE}),
        ("select 1 as total from {0} where value > 0", set()),
    ],
    ids=["plain", "star of a part", "replaced", "union by name", "other column", "condition", "subquery",
         "window", "unnested", "recursive", "constant"],
)  # fmt: skip
def test_a_column_comes_from_those_that_its_value_is_computed_from(
    sql: str, of_total: set[tuple[str, str]]
) -> None:
    query = sql.format('"warehouse"."ledger"."statements"')

    (found,) = origins({"minsheng.marts.totals": query}, COLUMNS).values()

    assert found.get("total", set()) == of_total


def test_a_column_of_another_model_is_followed_down_to_the_ledger() -> None:
    models = {
        "workings.staging.stg_statements": 'select area_code, value from "warehouse"."ledger"."statements"',
        "minsheng.marts.totals": 'select sum(value) as total from "workings"."staging"."stg_statements"',
    }

    assert origins(models, COLUMNS)["minsheng.marts.totals"] == {"total": {VALUE}}
