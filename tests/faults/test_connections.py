"""A database that drops its sessions: no row of the lakehouse is lost or doubled, whoever had the turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
import pytest

from tests.faults.district import MONTH, District, in_a_lake
from tests.services.cutting import cut_at
from tests.services.postgresql import postgresql
from warehouse import home, intake, ledger, samples
from warehouse.errors import CatalogLostError, MinshengError
from warehouse.intake import archive
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

OTHERS = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
VERSION = "insert into plan.versions values (?, 9, timestamp '2023-11-30')"
WRITER = "select pid from pg_locks where locktype = 'advisory' and granted"


class Database:
    """The catalog's database, seen by its administrator."""

    def __init__(self, place: str) -> None:
        self.place = place

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
    return settings.model_copy(update={"ledger": f"ducklake:postgres:{place}"})


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with postgresql() as place:
        yield Database(place)


@pytest.fixture
def new_district(database: Database, tmp_path: Path) -> District:
    """A district whose ledger is to be a lakehouse of its own in that database."""
    with closing(psycopg2.connect(database.place)) as connection:
        connection.autocommit = True
        connection.cursor().execute("drop schema public cascade; create schema public")
    return in_a_lake(tmp_path / "home", f"ducklake:postgres:{database.place}")


@pytest.fixture
def planned(new_district: District) -> Settings:
    """The settings of a district that has its plan and no submission."""
    home.initialise(new_district.settings)
    return new_district.settings


@pytest.fixture
def district(new_district: District) -> District:
    """A district with samples, and files that wait in its inboxes."""
    new_district.open()
    new_district.deliver()
    return new_district


def test_an_intake_whose_every_session_is_dropped_fails_and_the_next_one_completes_it(
    district: District, database: Database
) -> None:
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
    district: District, database: Database, opened: Callable[[Settings], Any]
) -> None:
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
    planned: Settings, database: Database, opened: Callable[[Settings], Any], word: str
) -> None:
    with (
        cut_at(word, database.place) as place,
        pytest.raises(CatalogLostError, match="ended or refused the session"),
        opened(through(place, planned)),
    ):
        pass


def test_who_loses_the_session_as_he_commits_is_told_of_it(planned: Settings, database: Database) -> None:
    with cut_at("INSERT", database.place) as place, pytest.raises(CatalogLostError):
        add_version(through(place, planned), "lost")

    add_version(planned, "kept")
    assert added_versions(planned) == ["kept"]


def test_no_row_of_the_ledger_lies_in_the_catalog(planned: Settings, database: Database) -> None:
    add_version(planned, "small")

    in_the_catalog = "select count(*) from ducklake_inlined_data_tables"
    assert database.ask(in_the_catalog) == [0]


@pytest.mark.parametrize("opened", [ledger.reading, ledger.writing])
def test_who_finds_no_database_is_told_so(tmp_path: Path, opened: Callable[[Settings], Any]) -> None:
    nowhere = Settings(home=tmp_path, ledger="ducklake:postgres:dbname=none host=127.0.0.1 port=9")

    with pytest.raises(CatalogLostError, match="Connection refused"), opened(nowhere):
        pass


def test_a_writer_who_lost_the_turn_does_not_commit_after_another(
    district: District, database: Database
) -> None:
    with ledger.writing(district.settings) as first:
        first.begin()
        first.execute(VERSION, ["first"])
        database.drop(WRITER)
        add_version(district.settings, "second")
        with pytest.raises(duckdb.Error):
            first.commit()

    assert added_versions(district.settings) == ["second"]


def test_an_intake_that_lost_the_turn_before_its_transaction_gives_no_number_twice(
    district: District, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = str(district.settings.home / "ledger")
    other = district.settings.model_copy(update={"home": tmp_path / "other", "ledger_data": rows})
    home.initialise(other)
    samples.write(other, MONTH + 1)
    record = archive.record

    def lose_the_turn(*arguments: Any) -> None:
        record(*arguments)
        monkeypatch.undo()
        database.drop(WRITER)
        intake.take_in(other)

    monkeypatch.setattr(archive, "record", lose_the_turn)
    with pytest.raises(MinshengError, match="another writer has taken in files meanwhile"):
        intake.take_in(district.settings)
    district.take_steps("ingest")

    # The other machine's files are in the archive of its own home.
    assert [fault for fault in district.checker.faults_of_intake() if fault[0] != "8"] == []
