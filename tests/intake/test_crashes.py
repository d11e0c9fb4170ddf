"""Promises 1 and 7: whatever is stopped whenever, each row is in the ledger once, each file is answered."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import HEADER, Home, copied_home
from tests.prepared import Prepared
from warehouse import intake
from warehouse.intake import appending, archive, inbox, receipts, taking_in
from warehouse.settings import Settings

FILES = {
    f"{month:02d}.csv": f"{HEADER}\n2024-{month:02d},JOBS,,210504002,{9 - month},,,,\n"
    for month in range(1, 9)
}
KILLS = 12


class Stopped(BaseException):
    """The process ended here."""


def drop_all(home: Home) -> None:
    for name, content in FILES.items():
        home.drop(name, content)


def outcome(home: Home) -> list[tuple[Any, ...]]:
    return home.query(
        "select file_name, sequence, status, rows_read, rows_accepted, "
        "(select list((period, value, row_number)) from ledger.observations as o "
        "where o.submission_id = s.submission_id) from ledger.submissions as s order by file_name"
    )


def assert_all_answered_once(home: Home) -> None:
    found = outcome(home)
    assert [name for name, *_ in found] == sorted(FILES)
    assert sorted(sequence for _, sequence, *_ in found) == list(range(1, len(FILES) + 1))
    assert {row[2:5] for row in found} == {("accepted", 2, 1)}
    assert [len(rows) for *_, rows in found] == [1] * len(FILES)
    outbox = home.settings.outbox / "LABOUR"
    for name in FILES:
        (as_json,) = outbox.glob(f"{name}.*.receipt.json")
        assert '"status": "accepted"' in as_json.read_text(encoding="utf-8")
        assert as_json.with_suffix(".xlsx").exists()
    assert list((home.settings.archive / "claimed").iterdir()) == []
    assert list((home.settings.inbox / "LABOUR").iterdir()) == []


def take_in_until(home: Home, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, stopped: Any) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(module, name, stopped)
        with pytest.raises(Stopped):
            home.take_in()


def stop(*_arguments: Any) -> Any:
    raise Stopped


def after(step: Callable[..., Any]) -> Callable[..., Any]:
    """The step is done, and then the process ends."""

    def stopped(*arguments: Any) -> Any:
        step(*arguments)
        raise Stopped

    return stopped


STOPS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "after the claims": (inbox, "claim", after(inbox.claim)),
    "before the first copy": (archive, "keep", stop),
    "after the first copy": (archive, "keep", after(archive.keep)),
    "while judging": (appending, "judge", after(appending.judge)),
    "before the record": (appending, "record_batch", stop),
    "after the record": (appending, "record_batch", after(appending.record_batch)),
    "after the commit": (appending, "append", after(appending.append)),
    "before the receipts": (receipts, "write", stop),
    "after the first receipt": (receipts, "answer", after(receipts.answer)),
    "after the receipts": (receipts, "write", after(receipts.write)),
    "before the release": (inbox, "release", stop),
}


@pytest.mark.parametrize("where", STOPS)
def test_the_next_run_completes_what_was_stopped(
    home: Home, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_all(home)
    module, name, stopped = STOPS[where]
    take_in_until(home, monkeypatch, module, name, stopped)

    home.take_in()

    assert_all_answered_once(home)


def test_what_arrived_at_one_moment_is_let_go_of_together_after_its_last_batch(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_all(home)
    monkeypatch.setattr(taking_in, "_MOST_FILES", 3)
    in_order = iter((appending.append, stop))

    def stopped_at_the_second(*arguments: Any) -> Any:
        return next(in_order)(*arguments)

    take_in_until(home, monkeypatch, appending, "append", stopped_at_the_second)

    assert sorted(path.name for path in (home.settings.archive / "claimed").glob("*/*/*/*")) == sorted(FILES)
    home.take_in()
    assert_all_answered_once(home)


def test_what_was_claimed_keeps_the_moment_of_its_arrival(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_all(home)
    take_in_until(home, monkeypatch, inbox, "claim", after(inbox.claim))
    (moment,) = (home.settings.archive / "claimed").iterdir()
    time.sleep(0.01)

    home.take_in()

    ((received_at,),) = home.query("select distinct received_at from ledger.submissions")
    assert f"{received_at:%Y%m%dT%H%M%S.%f}" == moment.name


def test_the_same_bytes_after_a_crash_are_a_duplicate_of_the_claimed_ones(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_all(home)
    take_in_until(home, monkeypatch, receipts, "write", stop)
    home.drop("again.csv", FILES["01.csv"])

    statuses = {one.file_name: one.status for one in home.take_in().submissions}

    assert statuses == dict.fromkeys(FILES, "accepted") | {"again.csv": "duplicate"}


def run_intake(settings: Settings) -> None:
    from warehouse.logs import keep_quiet

    keep_quiet()
    intake.take_in(settings)


@pytest.fixture(scope="module")
def processes() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["warehouse.intake.taking_in", "pyarrow", "pandas"])
    # The first process waits until all that is loaded.
    first = context.Process(target=int)
    first.start()
    first.join()
    return context


def seconds_of_a_run(home: Home, processes: Any) -> float:
    drop_all(home)
    begun = time.monotonic()
    one = processes.Process(target=run_intake, args=(home.settings,))
    one.start()
    one.join()
    return time.monotonic() - begun


def is_killed_after(seconds: float, home: Home, processes: Any) -> bool:
    one = processes.Process(target=run_intake, args=(home.settings,))
    one.start()
    time.sleep(seconds)
    is_alive: bool = one.is_alive()
    one.kill()
    one.join()
    return is_alive


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.long)])
def test_killed_at_any_instant_nothing_is_lost_or_doubled(
    prepared: Prepared, tmp_path: Path, processes: Any, rounds: int
) -> None:
    chance = random.Random(4)
    seconds = seconds_of_a_run(copied_home(prepared, tmp_path / "undisturbed"), processes)
    for number in range(rounds):
        home = copied_home(prepared, tmp_path / str(number))
        drop_all(home)
        # Later each time, so that every step is reached before all of them are done.
        instants = [seconds * (place + chance.random()) / KILLS for place in range(KILLS)]
        killed = sum(is_killed_after(instant, home, processes) for instant in instants)

        home.take_in()

        assert killed >= KILLS // 3
        assert_all_answered_once(home)


def test_two_runs_at_once_take_each_file_once(home: Home, processes: Any) -> None:
    drop_all(home)
    both = [processes.Process(target=run_intake, args=(home.settings,)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert [one.exitcode for one in both] == [0, 0]
    assert_all_answered_once(home)
