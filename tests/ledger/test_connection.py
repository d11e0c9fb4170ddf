from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from warehouse import ledger
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.settings import Settings

HOLD_THE_LEDGER = """
import sys, time
from pathlib import Path
from warehouse import ledger
from warehouse.settings import Settings
with ledger.upgrading(Settings(home=Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


OPEN_THE_FILE = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, lock_seconds=0.3)


def hold_in_another_process(home: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LEDGER, str(home)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def open_in_a_shell(file: Path) -> subprocess.Popen[str]:
    """Open the ledger as a person's database tool does, which asks for no lock of ours."""
    shell = subprocess.Popen(
        [sys.executable, "-c", OPEN_THE_FILE, str(file)], stdout=subprocess.PIPE, text=True
    )
    assert shell.stdout is not None
    assert shell.stdout.readline() == "open\n"
    return shell


def test_reading_before_there_is_a_ledger_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(MinshengError, match="minsheng init"), ledger.reading(settings):
        pass


def test_opening_twice_keeps_what_was_written(settings: Settings) -> None:
    with ledger.upgrading(settings) as connection:
        connection.execute("insert into plan.versions values ('v', 1, timestamp '2023-11-30 08:00:00')")
    with ledger.upgrading(settings), pytest.raises(LedgerBusyError), ledger.reading(settings):
        pass
    with ledger.reading(settings) as connection:
        assert connection.execute("select plan_version from plan.current_version").fetchall() == [("v",)]


def test_a_second_writer_waits_and_then_says_who_holds_the_ledger(settings: Settings) -> None:
    holder = hold_in_another_process(settings.home)
    try:
        with pytest.raises(LedgerBusyError, match=f"process {holder.pid}"), ledger.upgrading(settings):
            pass
    finally:
        holder.kill()
        holder.wait()


def test_a_killed_writer_frees_the_ledger(settings: Settings) -> None:
    holder = hold_in_another_process(settings.home)
    holder.kill()
    holder.wait()

    with ledger.upgrading(settings) as connection:
        assert connection.execute("select count(*) from ledger.submissions").fetchall() == [(0,)]


def test_readers_do_not_hold_each_other_up(settings: Settings) -> None:
    with ledger.upgrading(settings):
        pass
    seen: list[int] = []

    def read() -> None:
        with ledger.sharing(settings):
            seen.append(1)

    with ledger.sharing(settings):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join(timeout=5)

    assert seen == [1]


def test_a_reader_cannot_write(settings: Settings) -> None:
    with ledger.upgrading(settings):
        pass
    with (
        ledger.reading(settings) as connection,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        connection.execute("delete from ledger.submissions")


def test_a_damaged_ledger_is_one_plain_sentence(settings: Settings) -> None:
    settings.home.mkdir(exist_ok=True)
    settings.ledger_file.write_bytes(b"not a database" * 1000)

    with pytest.raises(MinshengError, match="cannot be opened"), ledger.upgrading(settings):
        pass


@pytest.mark.parametrize("mode", [fcntl.LOCK_SH, fcntl.LOCK_EX])
def test_a_ledger_that_another_program_has_open_is_waited_for_and_then_said_to_be_held(
    settings: Settings, mode: int
) -> None:
    with ledger.upgrading(settings):
        pass
    looking = open_in_a_shell(settings.ledger_file)
    try:
        with (
            pytest.raises(LedgerBusyError, match=rf"PID {looking.pid}.*close the program"),
            ledger.writing(settings) if mode == fcntl.LOCK_EX else ledger.reading(settings),
        ):
            pass
    finally:
        looking.kill()
        looking.wait()


def test_a_look_with_another_program_costs_the_waiting_process_nothing(settings: Settings) -> None:
    with ledger.upgrading(settings):
        pass
    looking = open_in_a_shell(settings.ledger_file)
    leaves = threading.Timer(0.5, looking.kill)
    leaves.start()

    with ledger.reading(settings.model_copy(update={"lock_seconds": 30})) as connection:
        connection.execute("select 1")
    looking.wait()


def test_figures_are_decimal_everywhere(settings: Settings) -> None:
    with ledger.upgrading(settings) as connection:
        rows = connection.execute(
            "select table_name, column_name from information_schema.columns where data_type like 'DOUBLE%'"
        ).fetchall()

    assert rows == []


def test_a_reader_asks_for_no_right_to_write_the_lock(settings: Settings) -> None:
    with ledger.upgrading(settings):
        pass

    with ledger.reading(settings):
        opened = [path for path in Path("/proc/self/fd").iterdir() if path.resolve() == settings.ledger_lock]
        modes = [_access_mode(path.name) for path in opened]
    assert modes == [os.O_RDONLY]


def _access_mode(descriptor: str) -> int:
    lines = Path(f"/proc/self/fdinfo/{descriptor}").read_text(encoding="utf-8").splitlines()
    (flags,) = (line.split()[1] for line in lines if line.startswith("flags:"))
    return int(flags, base=8) & os.O_ACCMODE
