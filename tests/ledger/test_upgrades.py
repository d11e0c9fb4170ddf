"""Homes of earlier releases: upgraded by `init`, verified, rebuilt and built, each from a home that it made.

`homes/` holds one home a release, named by its commit, made by that release's `init`, `sample --through
2023-04` and `ingest` with the minimal plan of its time. `lakehouse` is of 4a8ffce~1: its catalog holds rows.
"""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing, suppress
from pathlib import Path

import duckdb
import pytest

from tests.prepared import Prepared
from tests.progress.compiled import CompiledProject, compiled_project
from tests.progress.tables import tables
from tests.services.extensions import with_extensions
from warehouse import home, intake, ledger, verification
from warehouse.errors import LedgerFormatError, MinshengError
from warehouse.ledger.formats import Format, format_of
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

HOMES = Path(__file__).parent / "homes"
IN_A_FILE = ("2524506", "598b088", "198d27d", "63cbf8b")
RELEASES = (*IN_A_FILE, "lakehouse")
MINIMAL = PROJECT / "tests" / "plans" / "minimal"
MONTH = Period(2023, 4)


@pytest.fixture(scope="module")
def compiled(prepared: Prepared) -> CompiledProject:
    return compiled_project(prepared)


@pytest.fixture(params=RELEASES)
def old(request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path) -> Settings:
    """The home of an earlier release."""
    with tarfile.open(HOMES / f"{request.param}.tar.xz") as tar:
        tar.extractall(tmp_path / "home", filter="data")
    found = Settings(home=tmp_path / "home", plan=MINIMAL)
    return in_its_lakehouse(found, prepared) if request.param == "lakehouse" else found


def in_its_lakehouse(settings: Settings, prepared: Prepared) -> Settings:
    """Say where the lakehouse lies now: its catalog names the folder in which it was made."""
    catalog = settings.home / "catalog.sqlite"
    with closing(sqlite3.connect(catalog)) as connection, connection:
        connection.execute(
            "update ducklake_metadata set value = ? where key = 'data_path'", [f"{settings.home / 'ledger'}/"]
        )
    with_extensions(prepared, settings.home)
    return settings.model_copy(update={"ledger": f"ducklake:sqlite:{catalog}"})


def upgrade(settings: Settings) -> None:
    """Run `init`; a plan that may not be loaded leaves the upgraded ledger with the one that it had."""
    with suppress(MinshengError):
        home.initialise(settings)


def statements(settings: Settings) -> list[dict[str, object]]:
    with ledger.reading(settings) as connection:
        rows = connection.execute("from ledger.observations order by sequence, sheet, row_number")
        return list(rows.to_arrow_table().to_pylist())


def test_nothing_but_init_works_on_it(old: Settings) -> None:
    with pytest.raises(LedgerFormatError, match="run `minsheng init`"):
        intake.take_in(old)


def test_it_is_whole_after_its_upgrade(old: Settings) -> None:
    upgrade(old)

    found = verification.verify(old)

    assert (found.batches, found.submissions > 5) == (1, True)


def test_the_ledger_made_again_from_its_archive_is_the_same_and_so_are_its_marts(
    old: Settings, compiled: CompiledProject, tmp_path: Path
) -> None:
    upgrade(old)
    marts, before = tables(compiled.build(old, MONTH)), statements(old)

    again = intake.rebuild(old, tmp_path / "again")
    Path(again.ledger_file).replace(old.ledger_file)

    made_again = old.model_copy(update={"ledger": ""})
    assert again.differs_from_ledger_in_use == []
    assert statements(made_again) == before
    assert tables(compiled.build(made_again, MONTH)) == marts


@pytest.mark.parametrize("old", IN_A_FILE, indirect=True)
def test_going_back_is_putting_the_copy_in_its_place(old: Settings) -> None:
    upgrade(old)

    (copy,) = old.backup_folder.glob("warehouse-format-*.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert format_of(connection) == Format(0, has_these_views=False)
        ((rows,),) = connection.execute("select count(*) from ledger.observations").fetchall()
    assert rows == len(statements(old))
