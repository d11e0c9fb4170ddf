"""The least rights of each account of a server, tried by the system itself: real user and group numbers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.programs import required
from warehouse import editions, gate, home, intake, progress, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

MONTH = Period(2023, 3)
GOOD = "报告期,指标编码,地区编码,数值\n2023-03,EMP-001,999999001,12\n"
# The groups of docs/deployment.md, by numbers that no account of this machine has.
GROUPS = {"minsheng-hrss": 61001, "minsheng-analysts": 61002}
CHGRP = re.compile(r"^ *sudo (chgrp .*)$", re.MULTILINE)


@dataclass(frozen=True)
class Account:
    """A user of the server, with the one group that an administrator gave it."""

    uid: int
    gid: int

    def can(self, command: str, path: Path) -> bool:
        """Tell whether a shell of this account can do it: `command` with the path as its `$1`."""
        return self.can_with([path], command) == [path]

    def can_with(self, paths: list[Path], *commands: str) -> list[Path]:
        """Return the paths with which one shell of this account can do any of the commands."""
        tried = "".join(f"try{number}() {{ {command}; }}\n" for number, command in enumerate(commands))
        any_of = " || ".join(f'try{number} "$path" > /dev/null 2>&1' for number in range(len(commands)))
        script = f"{tried}for path; do if {any_of}; then printf '%s\\0' \"$path\"; fi; done"
        done = subprocess.run(
            ["/bin/sh", "-c", script, "sh", *map(str, paths)],
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            cwd="/",
            env={"PATH": os.environ["PATH"]},
            check=True,
            capture_output=True,
        )
        return [Path(os.fsdecode(name)) for name in done.stdout.split(b"\0")[:-1]]


LABOUR = Account(61001, GROUPS["minsheng-hrss"])
ANALYST = Account(61002, GROUPS["minsheng-analysts"])
STRANGER = Account(61003, 61003)
READ, LIST, WRITE = 'cat "$1" > /dev/null', 'ls "$1" > /dev/null', 'echo changed >> "$1"'
ADD, REMOVE = 'echo new > "$1/new.csv"', 'rm -rf "$1"'


def bytes_under(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def settings(new_home: Callable[[Path], Path]) -> Iterator[Settings]:
    """A home as `minsheng init` and the administrator's commands of docs/deployment.md make it, published."""
    if os.geteuid() != 0:
        required(None, "a right to act as other accounts: run as root")
    # pytest's own folders are closed to other accounts.
    folder = Path(tempfile.mkdtemp(prefix="server-"))
    folder.chmod(0o711)
    plan = PROJECT / "tests" / "plans" / "minimal"
    made = Settings(home=new_home(folder / "home"), plan=plan, stable_seconds=0)
    home.initialise(made)
    for command in CHGRP.findall((PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8")):
        for name, number in GROUPS.items():
            command = command.replace(name, str(number))  # noqa: PLW2901
        # The department of this plan, for that of the shipped one.
        command = command.replace("/HRSS", "/LABOUR").replace("/srv/minsheng", str(folder))  # noqa: PLW2901
        subprocess.run(command, shell=True, check=True)
    samples.write(made, MONTH)
    intake.take_in(made)
    progress.build(made, MONTH)
    gate.check(made, MONTH)
    editions.publish(made, MONTH)
    yield made
    shutil.rmtree(folder)


def test_the_administrators_commands_are_in_the_docs() -> None:
    commands = CHGRP.findall((PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8"))

    assert {name for name in GROUPS for command in commands if name in command} == set(GROUPS)


def test_a_department_drops_files_into_its_own_inbox_and_reads_its_own_receipts(settings: Settings) -> None:
    receipt = next((settings.outbox / "LABOUR").glob("*.receipt.json"))

    assert LABOUR.can(ADD, settings.inbox / "LABOUR")
    assert LABOUR.can(READ, receipt)


def test_a_department_can_neither_see_nor_write_anothers_folders(settings: Settings) -> None:
    others = [settings.inbox / "CIVIC", settings.outbox / "CIVIC"]

    assert LABOUR.can_with(others, LIST, ADD) == []
    assert not LABOUR.can(LIST, settings.inbox)


@pytest.mark.parametrize("account", [LABOUR, ANALYST, STRANGER], ids=["department", "analyst", "stranger"])
def test_nobody_but_the_owner_reads_or_writes_the_ledger_and_the_archive(
    settings: Settings, account: Account
) -> None:
    kept = [
        settings.ledger_file,
        settings.ledger_lock,
        *settings.archive.rglob("*"),
        *settings.logs.rglob("*"),
    ]
    files = [path for path in kept if path.is_file()]

    assert account.can_with(files, READ, WRITE) == []
    assert not account.can(ADD, settings.home)
    folders = {settings.home, settings.archive, settings.archive / "records"}
    assert folders <= {path.parent for path in files}


@pytest.mark.parametrize("account", [LABOUR, ANALYST, STRANGER], ids=["department", "analyst", "stranger"])
def test_nobody_changes_adds_to_or_removes_an_edition(settings: Settings, account: Account) -> None:
    edition = settings.editions / str(MONTH) / "r1"
    before = bytes_under(settings.editions)

    files = [edition / "minsheng.duckdb", edition / "manifest.json"]
    account.can_with(files, WRITE)
    account.can_with(files, REMOVE)
    account.can(ADD, edition)
    account.can(REMOVE, settings.editions / "current")
    account.can(REMOVE, edition)

    assert bytes_under(settings.editions) == before


@pytest.mark.parametrize("account", [LABOUR, ANALYST, STRANGER], ids=["department", "analyst", "stranger"])
def test_nobody_but_the_owner_can_open_a_lock(settings: Settings, account: Account) -> None:
    locks = [path for path in settings.home.rglob("*lock") if path.is_file()]

    assert account.can_with(locks, READ) == []
    assert {path.name for path in locks} >= {"warehouse.lock", ".lock"}


def test_an_analyst_reads_current_and_nothing_of_how_it_came_about(settings: Settings) -> None:
    current = settings.editions / "current"
    closed = [settings.inbox / "LABOUR", settings.outbox / "LABOUR", settings.candidate, settings.archive]

    assert ANALYST.can(READ, current / "minsheng.duckdb")
    assert ANALYST.can(LIST, settings.editions)
    assert ANALYST.can_with(closed, LIST, ADD) == []


def test_who_is_no_analyst_does_not_read_an_edition(settings: Settings) -> None:
    current = settings.editions / "current" / "minsheng.duckdb"

    assert not LABOUR.can(READ, current)
    assert not STRANGER.can(READ, current)


def test_the_ledgers_log_is_closed_to_others_while_it_is_written(settings: Settings) -> None:
    holding = (
        "import sys, pathlib; from warehouse import ledger; from warehouse.settings import Settings\n"
        "with ledger.writing(Settings(home=pathlib.Path(sys.argv[1]))) as connection:\n"
        "    connection.execute('create table ledger.passing as select 1 as one')\n"
        "    connection.execute('drop table ledger.passing')\n"
        "    print(oct(pathlib.Path(sys.argv[1] + '/warehouse.duckdb.wal').stat().st_mode & 0o777))\n"
    )

    said = subprocess.run(
        [sys.executable, "-c", holding, str(settings.home)], check=True, capture_output=True, text=True
    )

    assert said.stdout.strip() == "0o640"


def drop_closed(settings: Settings) -> Path:
    """Let a department drop a file that it lets nobody else read."""
    closed = settings.inbox / "CIVIC" / "closed.csv"
    closed.write_text(GOOD)
    closed.chmod(0o600)
    os.chown(closed, LABOUR.uid, LABOUR.gid)
    return closed


def without_roots_rights(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `minsheng` as root without its right to read everything: an account like any other."""
    dropped = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    program = str(Path(sys.executable).with_name("minsheng"))
    given = ["--home", str(settings.home), "--plan", str(settings.plan)]
    return subprocess.run([*dropped, program, *words, *given], check=False, capture_output=True, text=True)


def test_a_file_that_may_not_be_read_holds_up_no_backup(settings: Settings, tmp_path: Path) -> None:
    closed = drop_closed(settings)

    done = without_roots_rights(settings, "backup", str(tmp_path / "backup.tar"))
    closed.unlink()

    assert done.returncode == 0, done.stderr
    assert "no file or folder that may be read: inbox/CIVIC/closed.csv" in done.stdout


def test_a_file_that_may_not_be_read_is_refused_and_holds_nobody_up(settings: Settings) -> None:
    drop_closed(settings)
    (settings.inbox / "LABOUR" / "good.csv").write_text(GOOD)

    done = without_roots_rights(settings, "ingest")

    (refused,) = (settings.outbox / "CIVIC").glob("closed.csv*.receipt.json")
    assert done.returncode == 0, done.stderr
    assert '"no_right_to_read"' in refused.read_text(encoding="utf-8")
    assert list((settings.outbox / "LABOUR").glob("good.csv.*.receipt.json"))
