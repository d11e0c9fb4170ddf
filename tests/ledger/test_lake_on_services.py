"""The lakehouse as several machines share it: its catalog in PostgreSQL, its rows in an S3 store."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import MONTH
from tests.services.postgresql import postgresql
from tests.services.s3 import s3_store
from warehouse import editions, gate, home, intake, ledger, progress, samples
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

MINIMAL = PROJECT / "tests" / "plans" / "minimal"
TAKE_IN = """
import sys
from pathlib import Path
from warehouse import intake
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
def settings(place: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in place.items():
        monkeypatch.setenv(name, value)
    made = Settings(home=tmp_path / "home")
    home.initialise(made)
    return made


def test_two_machines_take_in_at_once_and_every_row_counts_once(settings: Settings, tmp_path: Path) -> None:
    others = [settings.model_copy(update={"home": tmp_path / f"machine{number}"}) for number in range(2)]
    for number, one in enumerate(others):
        home.initialise(one)
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


def test_a_month_goes_from_the_inboxes_to_an_edition(settings: Settings) -> None:
    samples.write(settings, MONTH)
    intake.take_in(settings)

    progress.build(settings, MONTH)
    report = gate.check(settings, MONTH)
    edition = editions.publish(settings, MONTH)

    assert report.verdict == "passed"
    assert not settings.ledger_file.exists()
    assert editions.query(edition, "select count(*) from marts.indicator_progress").rows[0][0] > 0
