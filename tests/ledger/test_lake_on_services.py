"""The lakehouse as several machines share it: its catalog in PostgreSQL, its rows in an S3 store."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests.intake.conftest import HEADER
from tests.prepared import Prepared
from tests.services.extensions import with_extensions
from tests.services.postgresql import postgresql
from tests.services.s3 import s3_store
from warehouse import editions, gate, home, intake, ledger, progress, samples
from warehouse.intake import appending, records
from warehouse.intake.archive import Arrival
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

MONTH = Period(2023, 6)
MINIMAL = PROJECT / "tests" / "plans" / "minimal"
TAKE_IN = """
import sys
from pathlib import Path
from warehouse import intake
from warehouse.periods import Period
from warehouse.settings import Settings
intake.take_in(Settings(home=Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def place() -> Iterator[dict[str, str]]:
    with postgresql() as catalog, s3_store("ledger") as store:
        yield {
            "MINSHENG_LEDGER": f"ducklake:postgres:{catalog}",
            "MINSHENG_LEDGER_DATA": "s3://ledger/rows",
            "MINSHENG_PLAN": str(MINIMAL),
            "MINSHENG_STABLE_SECONDS": "0",
            **store,
        }


@pytest.fixture
def settings(
    place: dict[str, str], prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    for name, value in place.items():
        monkeypatch.setenv(name, value)
    made = Settings(home=with_extensions(prepared, tmp_path / "home"))
    home.initialise(made)
    return made


@pytest.fixture
def new_machine(settings: Settings, prepared: Prepared, tmp_path: Path) -> Callable[[str], Settings]:
    """Make another machine at the same ledger, with a home of its own."""

    def made(name: str) -> Settings:
        other = settings.model_copy(update={"home": with_extensions(prepared, tmp_path / name)})
        home.initialise(other)
        return other

    return made


@pytest.fixture
def machine(new_machine: Callable[[str], Settings]) -> Settings:
    return new_machine("machine")


def drop(settings: Settings, name: str, remark: str, figure: str = "none,,") -> None:
    content = f"{HEADER}\n2023-03,{figure},1,,,,{remark}\n"
    (settings.inbox / "LABOUR" / name).write_text(content, encoding="utf-8")


def files_named(settings: Settings, name: str) -> int:
    with ledger.reading(settings) as connection:
        query = "select count(*) from ledger.submissions where file_name = $1"
        ((files,),) = connection.execute(query, [name]).fetchall()
    return int(files)


def interrupted(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], Any]) -> list[list[Arrival]]:
    """Let something happen when the next batch is read and not yet judged; return what each reading read."""
    stage = appending.stage
    stagings: list[list[Arrival]] = []

    def staged(*arguments: Any) -> Any:
        readings = stage(*arguments)
        stagings.append(arguments[2])
        if len(stagings) == 1:
            meanwhile()
        return readings

    monkeypatch.setattr(appending, "stage", staged)
    return stagings


def test_a_machine_reads_its_files_while_another_has_the_turn(
    settings: Settings, machine: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(machine, "beside.csv", "beside")
    is_read = Event()
    interrupted(monkeypatch, is_read.set)
    worker = Thread(target=intake.take_in, args=(machine,))

    with ledger.writing(settings):
        worker.start()
        was_read_meanwhile = is_read.wait(60)
        held_meanwhile = files_named(settings, "beside.csv")
    worker.join()

    assert was_read_meanwhile
    assert held_meanwhile == 0
    assert files_named(settings, "beside.csv") == 1


def test_what_another_machine_took_in_meanwhile_is_a_duplicate(
    settings: Settings, machine: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (settings, machine):
        drop(one, "both.csv", "both", figure="EMP-001,,999999001")
    drop(machine, "own.csv", "own")

    stagings = interrupted(monkeypatch, lambda: intake.take_in(settings))
    report = intake.take_in(machine)

    assert {one.file_name: one.status for one in report.submissions} == {
        "both.csv": "duplicate",
        "own.csv": "refused",
    }
    assert files_named(settings, "both.csv") == 1
    assert [{one.file_name for one in each} for each in stagings] == [
        {"both.csv", "own.csv"},
        {"both.csv"},
        {"own.csv"},
    ]


def test_what_came_from_another_machine_meanwhile_only_moves_the_numbers(
    settings: Settings, machine: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(settings, "first.csv", "first")
    drop(machine, "second.csv", "second")

    stagings = interrupted(monkeypatch, lambda: intake.take_in(settings))
    intake.take_in(machine)

    with ledger.reading(settings) as connection:
        rows = connection.execute("select file_name from ledger.submissions order by sequence").fetchall()
    assert rows[-2:] == [("first.csv",), ("second.csv",)]
    assert len(stagings) == 2


def test_what_was_read_by_a_plan_that_is_no_longer_in_force_is_read_again(
    settings: Settings, machine: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(machine, "judged.csv", "judged")
    revised = shutil.copytree(MINIMAL, tmp_path / "revised")
    written = (revised / "plan.csv").read_text(encoding="utf-8")
    (revised / "plan.csv").write_text(written.replace("（示例）", "（示例，修订）"), encoding="utf-8")
    other = settings.model_copy(update={"plan": revised})

    stagings = interrupted(monkeypatch, lambda: home.initialise(other))
    intake.take_in(machine)

    with ledger.reading(settings) as connection:
        ((in_force,),) = connection.execute("select plan_version from plan.current_version").fetchall()
    (recorded,) = records.recorded_arrivals(machine)
    assert recorded.plan_version == in_force
    assert [one.plan_version == in_force for (one,) in stagings] == [False, True]


def test_two_machines_take_in_at_once_and_every_row_counts_once(
    settings: Settings, new_machine: Callable[[str], Settings]
) -> None:
    others = [new_machine(f"machine{number}") for number in range(2)]
    for number, one in enumerate(others):
        samples.write(one, MONTH)
        for path in sorted(one.inbox.glob("*/*"))[number::2]:
            path.unlink()

    workers = [
        subprocess.Popen([sys.executable, "-c", TAKE_IN, str(one.home)], cwd=PROJECT) for one in others
    ]

    assert [worker.wait(120) for worker in workers] == [0, 0]
    with ledger.reading(settings) as connection:
        counted = connection.execute(
            "select count(*), count(distinct submission_id), count(distinct sequence), max(sequence) "
            "from ledger.submissions"
        ).fetchall()
    ((files, different, sequences, last),) = counted
    assert files == different == sequences == last > 10


def test_a_month_goes_from_the_inboxes_to_an_edition(settings: Settings, checked_in_a_lake: Path) -> None:
    shutil.copytree(checked_in_a_lake / "dbt", settings.home / "dbt")
    samples.write(settings, MONTH)
    intake.take_in(settings)

    progress.build(settings, MONTH)
    report = gate.check(settings, MONTH)
    edition = editions.publish(settings, MONTH)

    assert report.verdict == "passed"
    assert not settings.ledger_file.exists()
    assert editions.query(edition, "select count(*) from marts.indicator_progress").rows[0][0] > 0
