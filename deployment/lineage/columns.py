"""Which columns of which tables each column of a model is computed from, by the SQL that dbt compiled.

sqlglot reads the SQL; what is followed are values, not the conditions of joins and filters.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp, parse_one
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope
from sqlglot.schema import MappingSchema

Origin = tuple[str, str]
"""A table as `database.schema.table`, and one of its columns."""
Origins = dict[str, set[Origin]]
"""Of each column of a table, what it is computed from."""

_DIALECT = "duckdb"


def origins(models: Mapping[str, str], columns: Mapping[str, list[str]]) -> dict[str, Origins]:
    """Trace the columns of each model down to tables that are no models.

    `models` has each model's SQL by its table, in the order in which they run; `columns` the columns of every
    table. A column that is computed from no table, such as a constant, has no origin.
    """
    schema = MappingSchema(dialect=_DIALECT)
    for table, names in columns.items():
        schema.add_table(exp.to_table(table), dict.fromkeys(names, "text"), match_depth=False)
    found: dict[str, Origins] = {}
    for table, sql in models.items():
        query = qualify(
            parse_one(sql, dialect=_DIALECT), schema=schema, dialect=_DIALECT, validate_qualify_columns=False
        )
        scope = build_scope(query)
        direct = _Tracing().columns_of(scope) if scope else {}
        found[table] = {name: _followed(of, found) for name, of in direct.items()}
    return found


def _followed(direct: set[Origin], found: dict[str, Origins]) -> set[Origin]:
    """Put what a model's column was computed from in the place of that column."""
    return {
        origin
        for table, column in direct
        for origin in (found[table].get(column, set()) if table in found else {(table, column)})
    }


class _Tracing:
    """The columns of one statement's scopes, each traced once: a statement reads some scopes many times."""

    def __init__(self) -> None:
        self._known: dict[int, Origins] = {}

    def columns_of(self, scope: Scope) -> Origins:
        """Return what each column that a scope gives is computed from."""
        if id(scope) not in self._known:
            # A recursive query reads itself: what it adds comes from its first part.
            self._known[id(scope)] = {}
            self._known[id(scope)] = (
                self._of_union(scope) if scope.set_operation_scopes else self._of_select(scope)
            )
        return self._known[id(scope)]

    def _of_union(self, scope: Scope) -> Origins:
        first, *others = [self.columns_of(one) for one in scope.set_operation_scopes]
        rows = [list(other.values()) for other in others]
        return {
            name: of.union(*(row[place] for row in rows if place < len(row)))
            for place, (name, of) in enumerate(first.items())
        }

    def _of_select(self, scope: Scope) -> Origins:
        return {one.alias_or_name: self._read_by(one, scope) for one in scope.expression.selects}

    def _read_by(self, expression: exp.Expression, scope: Scope) -> set[Origin]:
        read = {id(query) for query in expression.find_all(exp.Query)}
        inner = [one for one in scope.subquery_scopes if id(one.expression) in read]
        found = [of for one in inner for of in self.columns_of(one).values()]
        columns = expression.find_all(exp.Column)
        return set().union(*found, *(self._origins_of(column, scope) for column in columns))

    def _origins_of(self, column: exp.Column, scope: Scope) -> set[Origin]:
        source = scope.sources.get(column.table)
        if isinstance(source, exp.Table):
            return {(".".join(part.name for part in source.parts), column.name)}
        if isinstance(source, Scope) and source.is_udtf:
            return self._read_by(source.expression, scope)
        return self.columns_of(source).get(column.name, set()) if isinstance(source, Scope) else set()
