"""The inboxes: which files lie still and can be taken, and taking them in one atomic step each.

A claim is a rename into `archive/claimed/<moment>/<run>/<organization>/<file>`: from then on the file is
ours, a crash finds it again with the moment of its arrival, and the same bytes dropped later are another one.
A run holds files whose names sort as they arrived, so that the order needs no folder for each file.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
import time
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.clock import now
from warehouse.intake.deliveries import Claim, readable
from warehouse.settings import Settings

_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", "~")
_HIDDEN = (".", "~$")
_MOMENT = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True)
class Left:
    """Something in the inbox that was not taken, and why."""

    organization_code: str
    file_name: str
    reason: str


@dataclass(frozen=True)
class _Found:
    path: Path
    organization_code: str
    state: os.stat_result

    @property
    def signature(self) -> tuple[int, int, int]:
        return (self.state.st_ino, self.state.st_size, self.state.st_mtime_ns)


def claim(settings: Settings, organizations: Set[str]) -> list[Left]:
    """Take every file of a known organization that lies still; return what was left lying, and why."""
    found, left = _look(settings, organizations)
    found, moving = _still(settings, found)
    moment = settings.archive / "claimed" / now().strftime(_MOMENT)
    for number, run in enumerate(_runs(sorted(found, key=_arrival))):
        folder = moment / f"{number:06d}"
        for organization_code in {one.organization_code for one in run}:
            (folder / organization_code).mkdir(parents=True)
        for one in run:
            # Whoever dropped a file may have taken it away again.
            with suppress(FileNotFoundError):
                one.path.rename(folder / one.organization_code / one.path.name)
    return left + moving


def _runs(found: list[_Found]) -> list[list[_Found]]:
    """Part what arrived into as few runs as there can be in which the names sort as the files arrived."""
    runs: list[list[_Found]] = []
    for one in found:
        if not runs or _place_in_run(runs[-1][-1].path) > _place_in_run(one.path):
            runs.append([])
        runs[-1].append(one)
    return runs


def _place_in_run(path: Path) -> tuple[str, str]:
    return (path.name, path.parent.name)


def claimed(settings: Settings) -> Iterator[list[Claim]]:
    """Yield what is claimed and not yet answered, moment by moment, each in order of arrival."""
    for moment in sorted((settings.archive / "claimed").glob("*")):
        received_at = datetime.strptime(moment.name, _MOMENT)  # noqa: DTZ007
        yield [Claim(one, one.parent.name, readable(one.name), received_at) for one in _claimed_at(moment)]
        _sweep(moment)


def on_their_way(settings: Settings) -> set[tuple[str, str]]:
    """Return the organization and the name of each file that is claimed; nothing is touched."""
    claims = (settings.archive / "claimed").glob("*/*/*/*")
    return {(path.parent.name, readable(path.name)) for path in claims}


def batches(claims: list[Claim], most_files: int, most_bytes: int) -> Iterator[list[Claim]]:
    """Part claims into bounded batches, the same ones each time."""
    batch: list[Claim] = []
    size = 0
    for one in claims:
        batch.append(one)
        size += one.path.lstat().st_size
        if len(batch) >= most_files or size >= most_bytes:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def release(claims: list[Claim]) -> None:
    """Remove claims that are answered; the archive has their bytes."""
    for one in claims:
        one.path.unlink()


def _claimed_at(moment: Path) -> list[Path]:
    return [one for run in sorted(moment.iterdir()) for one in sorted(run.glob("*/*"), key=_place_in_run)]


def _sweep(moment: Path) -> None:
    """Remove the folders of a moment that hold nothing more, also those that a crash left empty."""
    for folder in (*moment.glob("*/*"), *moment.iterdir(), moment):
        if not any(folder.iterdir()):
            folder.rmdir()


def _arrival(found: _Found) -> tuple[int, int, str, str]:
    """Order by the change time, which a rename or a write sets; the name breaks a tie."""
    state = found.state
    return (state.st_ctime_ns, state.st_mtime_ns, found.organization_code, found.path.name)


def _look(settings: Settings, organizations: Set[str]) -> tuple[list[_Found], list[Left]]:
    found: list[_Found] = []
    left: list[Left] = []
    for folder in sorted(settings.inbox.glob("*")):
        code = readable(folder.name)
        if folder.is_symlink() or not folder.is_dir():
            left.append(
                Left("", code, "not an organization's folder: drop files into inbox/<organization_code>/")
            )
        elif code not in organizations:
            left.append(Left(code, "", f"the plan has no organization {code}: correct the folder's name"))
        else:
            _look_into(folder, found, left)
    return found, left


def _look_into(folder: Path, found: list[_Found], left: list[Left]) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        left.append(Left(folder.name, "", f"the folder cannot be looked into ({error.strerror})"))
        return
    for entry in entries:
        # Whoever dropped a file may have taken it away again.
        with suppress(FileNotFoundError):
            if entry.is_dir(follow_symlinks=False):
                left.append(
                    Left(folder.name, readable(entry.name), "a folder: put the files themselves here")
                )
            elif entry.name.startswith(_HIDDEN) or entry.name.lower().endswith(_UNFINISHED):
                left.append(
                    Left(folder.name, readable(entry.name), "hidden or still being written, by its name")
                )
            else:
                found.append(_Found(Path(entry.path), folder.name, entry.stat(follow_symlinks=False)))


def _still(settings: Settings, found: list[_Found]) -> tuple[list[_Found], list[Left]]:
    """Part the files that lie still from those being written; waits once for those changed just now."""
    ages = {one: time.time() - one.state.st_mtime for one in found}
    young = {one for one, age in ages.items() if age < settings.stable_seconds}
    if young:
        time.sleep(settings.stable_seconds - max(0.0, min(ages[one] for one in young)))
    still: list[_Found] = []
    moving: list[Left] = []
    for one in found:
        if (one not in young or _unchanged(one)) and not _is_open_for_writing(one):
            still.append(one)
        else:
            moving.append(Left(one.organization_code, readable(one.path.name), "still being written"))
    return still, moving


def _unchanged(found: _Found) -> bool:
    try:
        state = found.path.lstat()
    except FileNotFoundError:
        return False
    return (state.st_ino, state.st_size, state.st_mtime_ns) == found.signature


def _is_open_for_writing(found: _Found) -> bool:
    """Ask for a read lease, refused while a writer has the file open.

    Only Linux has leases, and not every file system: elsewhere a file counts as written when it lies still.
    """
    if not hasattr(fcntl, "F_SETLEASE") or not stat.S_ISREG(found.state.st_mode):
        return False
    try:
        descriptor = os.open(found.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        # Should a writer come in this very moment, the signal must not be one that ends the process.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False
