"""A build without dbt's own work for each node: dbt compiles its project once, one connection runs the SQL.

A scenario costs one second in this way, not six. `test_compiled.py` holds both ways to the same tables.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import yaml

from tests.prepared import Prepared
from warehouse import home, ledger
from warehouse.errors import MinshengError
from warehouse.ledger import STORAGE_VERSION, Attachment
from warehouse.periods import Period
from warehouse.progress.candidate import Candidate, building, candidate_of
from warehouse.progress.models import run_dbt
from warehouse.progress.plan_in_force import plan_in_force
from warehouse.progress.project import parsed
from warehouse.settings import PROJECT, Settings

# The project is compiled with these; each build has its own month, day and plan in their place.
PERIOD, DAY, PLAN, YEAR_STARTS = "7777-07", "8888-08-08", "the-plan-in-force", "9797"
SCHEMAS = ("staging", "intermediate", "minsheng.marts")


@dataclass(frozen=True)
class Step:
    """One seed, model or data test as statements of SQL."""

    name: str
    sql: str
    is_test: bool = False


@dataclass(frozen=True)
class CompiledProject:
    """The steps of a build in their order."""

    of_all_known: list[Step]
    as_of_a_day: list[Step]

    def build(self, settings: Settings, period: Period, as_of: date | None = None) -> Candidate:
        """Build the month's candidate, without its `build.json`.

        Raises MinshengError as `progress.build` does: where a statement fails, or a data test finds a row.
        """
        day = as_of.isoformat() if as_of else ""
        with (
            building(settings, period) as candidate,
            ledger.sharing(settings) as attachment,
            _connected(settings, candidate, attachment) as connection,
        ):
            plan = plan_in_force(settings, attachment, period, as_of, of_now=False)
            in_place = {
                PERIOD: str(period), DAY: day, PLAN: plan.plan_version, YEAR_STARTS: str(plan.year_starts)
            }  # fmt: skip
            for step in self.as_of_a_day if day else self.of_all_known:
                _run(connection, step, _filled_in(step.sql, in_place))
        return candidate_of(settings, period)


def compiled_project(prepared: Prepared) -> CompiledProject:
    """Return the project, which dbt compiles once for all workers of a run."""
    folder = prepared.folder("compiled", _compile)
    return CompiledProject(_read(_file(folder, "")), _read(_file(folder, DAY)))


def _compile(folder: Path) -> None:
    settings = Settings(home=folder / "home", plan=PROJECT / "tests" / "plans" / "minimal")
    home.initialise(settings)
    _assert_only_variables_are_replaced(settings.dbt_project)
    for day in ("", DAY):
        steps = [asdict(step) for step in _steps(settings, day)]
        _file(folder, day).write_text(json.dumps(steps, ensure_ascii=False), encoding="utf-8")


def _file(folder: Path, day: str) -> Path:
    return folder / ("as_of_a_day.json" if day else "of_all_known.json")


def _read(file: Path) -> list[Step]:
    return [Step(**step) for step in json.loads(file.read_text(encoding="utf-8"))]


def _assert_only_variables_are_replaced(project: Path) -> None:
    sources = [path for kind in ("sql", "yml", "csv") for path in project.rglob(f"*.{kind}")]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    assert texts
    assert not any(word in text for word in (PERIOD, DAY, PLAN, YEAR_STARTS) for text in texts)


def _steps(settings: Settings, day: str) -> list[Step]:
    candidate = Candidate(settings.home / "compiled")
    candidate.folder.mkdir(exist_ok=True)
    with ledger.sharing(settings) as attachment:
        variables = {"period": PERIOD, "as_of": day, "plan_version": PLAN, "year_starts": YEAR_STARTS}
        run = partial(run_dbt, settings, candidate, attachment, variables)
        left_out = ("test_type:unit", "resource_type:exposure")
        results = run(["compile", "--exclude", *left_out], manifest(settings, run)).result
    nodes = {result.node.unique_id: result.node for result in results}
    return [_step(settings, node) for node in _in_order(nodes)]


def manifest(settings: Settings, run: Callable[[list[str]], Any]) -> Any:
    """Return the project as the home keeps it; where it does not, dbt parses it."""
    kept = settings.home / "dbt" / "candidate.manifest"
    return parsed(settings.dbt_project, kept, lambda: run(["parse"]).result)


def _in_order(nodes: dict[str, Any]) -> Iterator[Any]:
    """Give each node after those that it reads."""
    waiting = dict(nodes)
    while waiting:
        ready = [key for key, node in waiting.items() if not set(node.depends_on_nodes) & waiting.keys()]
        for key in sorted(ready):
            yield waiting.pop(key)


def _step(settings: Settings, node: Any) -> Step:
    if node.resource_type == "test":
        return Step(node.name, node.compiled_code, is_test=True)
    if node.resource_type == "seed":
        file = settings.dbt_project / node.original_file_path
        # dbt takes whole numbers for integers, DuckDB would for bigints.
        types = "auto_type_candidates = ['boolean', 'integer', 'varchar']"
        return Step(node.name, f"create table {node.relation_name} as from read_csv('{file}', {types})")
    if node.config.materialized == "view":
        return Step(node.name, f"create view {node.relation_name} as ({node.compiled_code})")
    assert node.config.materialized == "table", node.name
    columns = ", ".join(_column(column) for column in node.columns.values())
    names = ", ".join(node.columns)
    return Step(
        node.name,
        f"create table {node.relation_name} ({columns}); "
        f"insert into {node.relation_name} select {names} from ({node.compiled_code})",
    )


def _column(column: Any) -> str:
    constraints = " ".join(constraint.type.value.replace("_", " ") for constraint in column.constraints)
    return f"{column.name} {column.data_type} {constraints}"


@contextmanager
def _connected(
    settings: Settings, candidate: Candidate, attachment: Attachment
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the three databases as dbt's profile does."""
    profiles = yaml.safe_load((settings.dbt_project / "profiles.yml").read_text(encoding="utf-8"))
    session = profiles["minsheng"]["outputs"]["candidate"]["settings"]
    config = {"storage_compatibility_version": STORAGE_VERSION, **attachment.configuration}
    with duckdb.connect(str(candidate.workings), config=config) as connection:
        for name, value in session.items():
            connection.execute(f"set {name} = '{value}'")
        connection.execute(attachment.sql())
        connection.execute(f"attach '{candidate.marts}' as minsheng (storage_version '{STORAGE_VERSION}')")
        for schema in SCHEMAS:
            connection.execute(f"create schema {schema}")
        yield connection


def _filled_in(sql: str, in_place: dict[str, str]) -> str:
    for placeholder, value in in_place.items():
        sql = sql.replace(placeholder, value)
    return sql


def _run(connection: duckdb.DuckDBPyConnection, step: Step, sql: str) -> None:
    try:
        found = connection.execute(sql).fetchall()
    except duckdb.Error as error:
        raise MinshengError(f"The model {step.name} failed: {error}") from error
    if step.is_test and found:
        raise MinshengError(f"The model {step.name} failed: Got {len(found)} results")
