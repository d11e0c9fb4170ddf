"""What several packages of tests need: a month of the minimal plan, built for real."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from tests import timing, workers
from tests.prepared import Prepared
from warehouse import editions, gate, home, intake, ledger, progress, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

MONTH = Period(2023, 12)


def pytest_addoption(parser: pytest.Parser) -> None:
    timing.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Time the tests where they are shared out, not in each worker again."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(timing.Timing())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the groups that take longest first, so that the short ones fill up the end of a run."""
    workers.longest_first(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> workers.ByGroup:
    """Keep on one worker what shares something that takes long to make."""
    return workers.ByGroup(config, log)


@pytest.fixture(scope="session", autouse=True)
def without_pdf() -> Iterator[None]:
    """Print no PDF at each of the many publications; the tests of the PDF name their browser."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MINSHENG_BROWSER", "")
        yield


@pytest.fixture(scope="session", autouse=True)
def in_english() -> Iterator[None]:
    """Have the command line answer in the language of the code, whatever the locale of this machine."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LANGUAGE", "en")
        yield


@pytest.fixture(autouse=True)
def logs_as_at_the_start() -> Iterator[None]:
    """Leave no test's way of logging to the next: a command that ran in this process has set its own."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Prepared:
    """Folders that are made once for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return Prepared((own if worker_id == "master" else own.parent) / "prepared")


@pytest.fixture(scope="session")
def built_home(prepared: Prepared) -> Path:
    """A home with the real plan, two months of sample submissions taken in, and one candidate built."""

    def make(folder: Path) -> None:
        settings = _settings(folder)
        home.initialise(settings)
        samples.write(settings, MONTH)
        intake.take_in(settings)
        progress.build(settings, MONTH)

    return prepared.folder("built", make)


@pytest.fixture(scope="session")
def new_home(built_home: Path) -> Callable[[Path], Path]:
    """Make an empty home that knows the dbt project already: parsing it takes seconds of each first build."""

    def made(folder: Path) -> Path:
        shutil.copytree(built_home / "dbt", folder / "dbt", ignore=shutil.ignore_patterns("target", "logs"))
        return folder

    return made


@pytest.fixture(scope="session")
def checked_home(prepared: Prepared, built_home: Path) -> Path:
    """A copy of that home whose candidate passed the gate."""

    def make(folder: Path) -> None:
        shutil.copytree(built_home, folder, dirs_exist_ok=True)
        gate.check(_settings(folder), MONTH)

    return prepared.folder("checked", make)


@pytest.fixture(scope="session")
def published(prepared: Prepared, checked_home: Path) -> Settings:
    """The settings of a copy of that home with the month published, for tests that change nothing in it."""

    def make(folder: Path) -> None:
        shutil.copytree(checked_home, folder, dirs_exist_ok=True)
        editions.publish(_settings(folder), MONTH)

    return _settings(prepared.folder("published", make))


@pytest.fixture
def built(built_home: Path, tmp_path: Path) -> Settings:
    """The settings of a copy of the built home, for one test to change as it likes."""
    return in_a_copy(built_home, tmp_path / "home")


@pytest.fixture
def checked(checked_home: Path, tmp_path: Path) -> Settings:
    """The settings of a copy of the checked home, for one test to change as it likes."""
    return in_a_copy(checked_home, tmp_path / "home")


@pytest.fixture
def with_edition(published: Settings, tmp_path: Path) -> Settings:
    """The settings of a copy of the published home, for one test to change as it likes."""
    return in_a_copy(published.home, tmp_path / "home")


def in_a_copy(home: Path, folder: Path) -> Settings:
    """Copy a home without its inboxes and outboxes; return the settings of the copy."""
    shutil.copytree(home, folder, ignore=shutil.ignore_patterns("inbox", "outbox", "target"), symlinks=True)
    return _settings(folder)


def ledger_rows(settings: Settings) -> list[tuple[object, ...]]:
    """Return every row of a ledger, wherever it lies, behind its schema and table."""
    with ledger.reading(settings) as connection:
        return [
            (*table.split("."), *row)
            for table in ledger.tables(connection)
            for row in connection.execute(f"from {table} order by all").fetchall()
        ]


def _settings(folder: Path) -> Settings:
    return Settings(home=folder, plan=PROJECT / "seeds", stable_seconds=0)
