"""A ledger has a format: `init` brings an older one up to date, and nothing else works on it meanwhile."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from warehouse import ledger
from warehouse.errors import LedgerFormatError
from warehouse.ledger import formats
from warehouse.settings import Settings
from warehouse.version import release


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home whose ledger this release has made."""
    made = Settings(home=tmp_path, lock_seconds=0.3)
    with ledger.upgrading(made):
        pass
    return made


def read(settings: Settings) -> None:
    with ledger.reading(settings):
        pass


def write(settings: Settings) -> None:
    with ledger.writing(settings):
        pass


def prepare(settings: Settings) -> None:
    with ledger.preparing(settings):
        pass


WAYS = pytest.mark.parametrize("way", [read, write, prepare])


def change(settings: Settings, statement: str) -> None:
    with duckdb.connect(str(settings.ledger_file)) as connection:
        connection.execute(statement)


def numbers(settings: Settings) -> list[int]:
    with duckdb.connect(str(settings.ledger_file), read_only=True) as connection:
        return [
            number
            for (number,) in connection.execute("select number from home.migrations order by 1").fetchall()
        ]


def make_older(settings: Settings) -> None:
    """Turn the ledger into one of the format before."""
    change(
        settings,
        "drop table ledger.explanations; drop table plan.supervision_rules; "
        "alter table ledger.rulings drop column period; alter table ledger.rulings drop column until_day; "
        "alter table plan.organizations drop column leader; "
        "alter table plan.organizations drop column responsible; "
        "alter table plan.organizations drop column contact; "
        f"delete from home.migrations where number = {ledger.FORMAT}",
    )


@WAYS
def test_an_older_ledger_is_refused_with_what_to_do(
    settings: Settings, way: Callable[[Settings], None]
) -> None:
    make_older(settings)

    with pytest.raises(LedgerFormatError, match=r"of an older release.*run `minsheng init`"):
        way(settings)


@WAYS
def test_a_newer_ledger_is_refused_with_what_to_do(
    settings: Settings, way: Callable[[Settings], None]
) -> None:
    change(settings, "insert into home.migrations select number + 1, * exclude (number) from home.migrations")

    with pytest.raises(LedgerFormatError, match=r"of a newer release.*use the newer release"):
        way(settings)


def test_init_does_not_touch_a_newer_ledger(settings: Settings) -> None:
    change(settings, "insert into home.migrations select number + 1, * exclude (number) from home.migrations")

    with pytest.raises(LedgerFormatError, match="of a newer release"), ledger.upgrading(settings):
        pass


def test_views_of_another_release_are_made_anew_by_init_alone(settings: Settings) -> None:
    change(settings, "comment on table ledger.submissions is 'views of another'; drop view ledger.answers")

    with pytest.raises(LedgerFormatError, match="views of the ledger"), ledger.reading(settings):
        pass
    with ledger.upgrading(settings):
        pass

    with ledger.reading(settings) as connection:
        assert connection.execute("select count(*) from ledger.answers").fetchall() == [(0,)]


def test_an_older_ledger_is_upgraded_and_its_copy_is_the_owners_alone(settings: Settings) -> None:
    make_older(settings)

    with ledger.upgrading(settings):
        pass

    copy = settings.backup_folder / f"warehouse-format-{ledger.FORMAT - 1}.duckdb"
    assert numbers(settings) == list(range(1, ledger.FORMAT + 1))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert formats.format_of(connection) == formats.Format(ledger.FORMAT - 1, has_these_views=True)


def test_an_upgrade_that_fails_leaves_the_ledger_as_it_was(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "0099_broken.sql"
    broken.write_text("create table ledger.half (one integer); select error('out of luck');")
    monkeypatch.setattr(formats, "_MIGRATIONS", {**formats._MIGRATIONS, ledger.FORMAT + 1: broken})
    monkeypatch.setattr(formats, "FORMAT", ledger.FORMAT + 1)

    with pytest.raises(duckdb.Error, match="out of luck"), ledger.upgrading(settings):
        pass
    monkeypatch.undo()

    with ledger.reading(settings) as connection:
        assert "ledger.half" not in formats.tables(connection)


def test_each_program_that_writes_is_noted_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    write(settings)
    monkeypatch.setattr(formats, "release", lambda: "9.9.9")
    write(settings)
    write(settings)

    with ledger.reading(settings) as connection:
        programs = connection.execute("select program, duckdb from home.programs order by first_wrote_at")
        assert programs.fetchall() == [(release(), duckdb.__version__), ("9.9.9", duckdb.__version__)]


def test_migrations_are_numbered_without_a_gap() -> None:
    assert list(formats._MIGRATIONS) == list(range(1, ledger.FORMAT + 1))
