"""A database that drops its sessions: no row of the lakehouse is lost or doubled, whoever had the turn."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
import pytest

from tests.faults.district import District, in_a_lake
from tests.prepared import Prepared
from tests.services.cutting import cut_at
from tests.services.extensions import with_extensions
from tests.services.postgresql import new_database, postgresql
from warehouse import home, intake, ledger
from warehouse.errors import CatalogLostError, MinshengError
from warehouse.intake import appending
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

CATALOG = "ducklake:postgres:"
OTHERS = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
VERSION = "insert into plan.versions values (?, 9, timestamp '2023-11-30')"
WRITER = "select pid from pg_locks where locktype = 'advisory' and granted"


class Database:
    """The database of a ledger's catalog, seen by its administrator."""

    def __init__(self, settings: Settings) -> None:
        self.place = settings.ledger.removeprefix(CATALOG)

    def ask(self, query: str) -> list[int]:
        with closing(psycopg2.connect(self.place)) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return [number for (number,) in cursor.fetchall()]

    def drop(self, sessions: str) -> None:
        """End the sessions that a query finds."""
        for session in self.ask(sessions):
            self.ask(f"select pg_terminate_backend({session})::int")

    def wait_for_writer(self) -> None:
        while not self.ask(WRITER):
            time.sleep(0.01)


def add_version(settings: Settings, name: str) -> None:
    with ledger.writing(settings) as connection:
        connection.execute(VERSION, [name])


def added_versions(settings: Settings) -> list[str]:
    with ledger.reading(settings) as connection:
        rows = connection.execute("select plan_version from plan.versions where sequence = 9")
        return [name for (name,) in rows.fetchall()]


def through(place: str, settings: Settings) -> Settings:
    """The same ledger, its catalog reached at another address."""
    return settings.model_copy(update={"ledger": f"{CATALOG}{place}"})


@dataclass(frozen=True)
class Template:
    """A district in a lakehouse, and its catalog at two moments, to be copied for each test."""

    server: str
    home: Path
    rows: Path

    def at(self, place: str) -> District:
        """Return the district itself, with a catalog."""
        return in_a_lake(self.home, f"{CATALOG}{place}", self.rows)

    def copied(self, moment: str, folder: Path) -> District:
        """Return a copy of the district as it was then. All share the rows, none of which is ever altered."""
        shutil.copytree(self.home, folder, symlinks=True)
        place = new_database(self.server, f"{moment}_{folder.parent.name}", template=moment)
        return in_a_lake(folder, f"{CATALOG}{place}", self.rows)


@pytest.fixture(scope="module")
def template(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    folder = tmp_path_factory.mktemp("template")
    with postgresql() as server:
        made = Template(server, with_extensions(prepared, folder / "home"), folder / "rows")
        home.initialise(made.at(new_database(server, "planned")).settings)
        made.at(new_database(server, "opened", template="planned")).open()
        yield made


@pytest.fixture
def planned(template: Template, tmp_path: Path) -> Settings:
    """The settings of a district that has its plan and no submission."""
    return template.copied("planned", tmp_path / "home").settings


@pytest.fixture
def district(template: Template, tmp_path: Path) -> District:
    """A district with samples, and files that wait in its inboxes."""
    district = template.copied("opened", tmp_path / "home")
    district.deliver()
    return district


def test_an_intake_whose_every_session_is_dropped_fails_and_the_next_one_completes_it(
    district: District,
) -> None:
    database = Database(district.settings)
    said = district.settings.home.parent / "said"
    process = district.start("ingest", said=said)
    database.wait_for_writer()
    while process.is_alive():
        database.drop(OTHERS)
        time.sleep(0.05)
    process.join()
    *_, sentence = said.read_text(encoding="utf-8").splitlines()

    district.take_steps("ingest")

    assert process.exitcode == 1
    assert sentence.startswith("minsheng: ")
    assert "Unexpected" not in sentence
    assert district.checker.faults_of_intake() == []


@pytest.mark.parametrize("opened", [ledger.reading, ledger.writing])
def test_who_is_at_work_when_the_database_drops_the_session_is_told_of_it(
    district: District, opened: Callable[[Settings], Any]
) -> None:
    database = Database(district.settings)

    def lose_the_session() -> None:
        with opened(district.settings) as connection:
            connection.begin()
            connection.execute("from ledger.submissions").fetchall()
            database.drop(OTHERS)
            while database.ask(OTHERS):
                time.sleep(0.01)
            connection.execute("from ledger.observations").fetchall()

    with pytest.raises(CatalogLostError, match="ended or refused the session"):
        lose_the_session()


@pytest.mark.parametrize("word", ["BEGIN", "ducklake_snapshot", "COMMIT"])
@pytest.mark.parametrize("opened", [ledger.reading, ledger.writing])
def test_who_opens_the_ledger_when_the_session_is_cut_is_told_of_it(
    planned: Settings, opened: Callable[[Settings], Any], word: str
) -> None:
    with (
        cut_at(word, Database(planned).place) as place,
        pytest.raises(CatalogLostError, match="ended or refused the session"),
        opened(through(place, planned)),
    ):
        pass


def test_who_loses_the_session_as_he_commits_is_told_of_it(planned: Settings) -> None:
    with cut_at("INSERT", Database(planned).place) as place, pytest.raises(CatalogLostError):
        add_version(through(place, planned), "lost")

    add_version(planned, "kept")
    assert added_versions(planned) == ["kept"]


def test_no_row_of_the_ledger_lies_in_the_catalog(planned: Settings) -> None:
    add_version(planned, "small")

    in_the_catalog = "select count(*) from ducklake_inlined_data_tables"
    assert Database(planned).ask(in_the_catalog) == [0]


@pytest.mark.parametrize("opened", [ledger.reading, ledger.writing])
def test_who_finds_no_database_is_told_so(
    prepared: Prepared, tmp_path: Path, opened: Callable[[Settings], Any]
) -> None:
    folder = with_extensions(prepared, tmp_path / "home")
    nowhere = Settings(home=folder, ledger=f"{CATALOG}dbname=none host=127.0.0.1 port=9")

    with pytest.raises(CatalogLostError, match="Connection refused"), opened(nowhere):
        pass


def test_a_writer_who_lost_the_turn_does_not_commit_after_another(planned: Settings) -> None:
    with ledger.writing(planned) as first:
        first.begin()
        first.execute(VERSION, ["first"])
        Database(planned).drop(WRITER)
        add_version(planned, "second")
        with pytest.raises(duckdb.Error):
            first.commit()

    assert added_versions(planned) == ["second"]


def test_an_intake_that_lost_the_turn_before_its_transaction_gives_no_number_twice(
    district: District, prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(district.settings)
    folder, rows = with_extensions(prepared, tmp_path / "other"), Path(district.settings.ledger_data)
    other = in_a_lake(folder, district.settings.ledger, rows)
    home.initialise(other.settings)
    other.remember(rounds=1)
    other.deliver()
    judge = appending.judge

    def lose_the_turn(*arguments: Any) -> None:
        judge(*arguments)
        monkeypatch.undo()
        database.drop(WRITER)
        intake.take_in(other.settings)

    monkeypatch.setattr(appending, "judge", lose_the_turn)
    with pytest.raises(MinshengError, match="another writer has taken in files meanwhile"):
        intake.take_in(district.settings)
    district.take_steps("ingest")

    # The other machine's files are in the archive of its own home.
    assert [fault for fault in district.checker.faults_of_intake() if fault[0] != "8"] == []
