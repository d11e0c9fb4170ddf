"""`make run` on a small plan: from nothing to three editions, killed on the way, and once more."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from deployment.embedded.configuration import folder
from deployment.embedded.instance import holders
from warehouse import ledger
from warehouse.settings import PROJECT, Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

PLAN = PROJECT / "tests" / "plans" / "minimal"
MONTHS = ["2025-01", "2025-02", "2025-03"]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("home"), plan=PLAN)


def test_killed_midway_and_started_again_it_ends_in_the_same_place(settings: Settings) -> None:
    with _started(settings) as first:
        assert first.stdout is not None
        assert any("2025-01" in line and "build" in line for line in first.stdout)
        os.killpg(first.pid, signal.SIGKILL)

    said = _run(settings)

    assert _editions(settings) == [f"{month}/r1" for month in MONTHS]
    assert all(edition in said for edition in _editions(settings))
    assert (settings.editions / "current").resolve().parent.name == MONTHS[-1]
    assert _submissions_known_twice(settings) == []
    assert holders(folder(settings) / "instance.lock") == []


def test_a_second_run_has_nothing_to_do_and_takes_seconds(settings: Settings) -> None:
    before, started = _editions(settings), time.monotonic()

    said = _run(settings)

    assert "Nothing to do" in said
    assert _editions(settings) == before
    assert time.monotonic() - started < 15


def _started(settings: Settings) -> subprocess.Popen[str]:
    variables = os.environ | {"MINSHENG_HOME": str(settings.home), "MINSHENG_PLAN": str(settings.plan)}
    words = [sys.executable, "-m", "deployment.run"]
    return subprocess.Popen(
        words, env=variables, cwd=PROJECT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def _run(settings: Settings) -> str:
    with _started(settings) as process, ThreadPoolExecutor(1) as pool:
        assert process.stdout is not None
        said = pool.submit(process.stdout.read)
        while process.poll() is None:
            _try_again_at_once(settings)
            time.sleep(1)
    assert process.returncode == 0, said.result()
    return said.result()


def _try_again_at_once(settings: Settings) -> None:
    """Let the minutes pass that Airflow waits before it tries a task again."""
    database = folder(settings) / "airflow.db"
    with closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True, timeout=30)) as metadata, metadata:
        metadata.execute(
            "update task_instance set end_date = '2024-01-01 00:00:00.000000' where state = 'up_for_retry'"
        )


def _editions(settings: Settings) -> list[str]:
    return sorted(str(path.relative_to(settings.editions)) for path in settings.editions.glob("????-??/r*"))


def _submissions_known_twice(settings: Settings) -> list[tuple[str]]:
    query = "select submission_id from ledger.submissions group by all having count(*) > 1"
    with ledger.reading(settings) as connection:
        return connection.execute(query).fetchall()
