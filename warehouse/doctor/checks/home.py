"""The home folder: that it is there, ours, closed to others, on a disk with room, and used."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

from warehouse import home as homes
from warehouse.doctor.registry import Installation, NotApplicable, check, warning
from warehouse.settings import Settings

MEBIBYTE = 1 << 20
FULL_BYTES, LOW_BYTES = 256 * MEBIBYTE, 2048 * MEBIBYTE
LOW_FILES = 10_000
STUCK_SECONDS = 24 * 3600
# A lock on these is not seen by other machines, or by nobody.
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs"}
_MOUNTS = Path("/proc/mounts")


@check("run `minsheng init`, or name another home by --home or MINSHENG_HOME")
def home_missing(installation: Installation) -> str | None:
    """There is a home."""
    home = installation.settings.home
    return None if home.is_dir() else f"there is no folder {home}"


@check("run minsheng as the account that owns the home, or give the home to this account by chown")
def home_owner(installation: Installation) -> str | None:
    """The home belongs to the account that runs this."""
    owner = _home(installation).home.stat().st_uid
    return None if owner == os.geteuid() else f"the home belongs to account {owner}, this is {os.geteuid()}"


@check("give this account the right to write it, or mount its disk for writing")
def home_writable(installation: Installation) -> str | None:
    """Files can be written in every folder of the home that is ours to write."""
    settings = _home(installation)
    folders = [settings.home, settings.archive, settings.editions, settings.outbox, settings.inbox]
    closed = [str(one) for one in folders if one.is_dir() and not os.access(one, os.W_OK | os.X_OK)]
    return f"may not be written: {', '.join(closed)}" if closed else None


@warning("run `minsheng init`, which sets the rights anew")
def home_rights(installation: Installation) -> str | None:
    """Nobody has a right in the home that `minsheng init` does not give."""
    settings = _home(installation)
    wider = [
        f"{path.relative_to(settings.home)} {stat.S_IMODE(path.stat().st_mode):o}"
        for path, mode in homes.rights(settings).items()
        if stat.S_IMODE(path.stat().st_mode) & ~mode & 0o777
    ]
    return f"open to others: {', '.join(wider)}" if wider else None


@check("put the home on a disk of this machine: writers take turns by locks")
def home_locks(installation: Installation) -> str | None:
    """Locks on files of the home work."""
    settings = _home(installation)
    try:
        with tempfile.TemporaryFile(dir=settings.home) as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return f"a file of the home cannot be locked: {error}"
    return None


@warning("put the home on a disk of this machine, or the ledger in a lakehouse (docs/deployment.md)")
def home_file_system(installation: Installation) -> str | None:
    """The home lies on a disk of this machine, not in a network's file system."""
    home = _home(installation).home.resolve()
    if not _MOUNTS.exists():
        raise NotApplicable("this system lists no mounts")
    kinds = {
        Path(where.replace("\\040", " ")): kind
        for _, where, kind, *_rest in map(str.split, _MOUNTS.read_text(encoding="utf-8").splitlines())
    }
    kind = next(kinds[one] for one in (home, *home.parents) if one in kinds)
    return f"{home} lies on {kind}, where locks may not hold" if kind in _NETWORK else None


@check("free room on the disk: `minsheng retain` removes what is old")
def disk_full(installation: Installation) -> str | None:
    """The home's disk has room for the next write."""
    free = _free(installation)
    return f"{free // MEBIBYTE} MiB are left" if free < FULL_BYTES else None


@warning(
    "plan a larger disk: `minsheng retain` removes what is old, and a backup needs room for the home twice"
)
def disk_room(installation: Installation) -> str | None:
    """The home's disk has room for the next months."""
    free = _free(installation)
    return f"{free // MEBIBYTE} MiB are left" if FULL_BYTES <= free < LOW_BYTES else None


@warning("remove small files from the disk: old logs, for example, by `minsheng retain`")
def disk_files(installation: Installation) -> str | None:
    """The home's disk can take many more files."""
    found = os.statvfs(_home(installation).home)
    few = found.f_files > 0 and found.f_favail < LOW_FILES
    return f"{found.f_favail} more files fit" if few else None


@check("run `minsheng init`, which makes them")
def inboxes(installation: Installation) -> str | None:
    """Each department has its inbox and its outbox."""
    settings = _home(installation)
    names = [{one.name for one in place.glob("*/")} for place in (settings.inbox, settings.outbox)]
    if not names[0]:
        return f"there is no inbox in {settings.inbox}"
    alone = sorted(names[0] ^ names[1])
    return f"without the one or the other: {', '.join(alone)}" if alone else None


@warning("see that `ingest_submissions` runs, or run `minsheng ingest`")
def inbox_stuck(installation: Installation) -> str | None:
    """What departments dropped is taken in within a day."""
    settings = _home(installation)
    stuck = [one for one in settings.inbox.glob("*/*") if one.is_file() and not one.name.startswith(".")]
    stuck = [one for one in stuck if _age(one) > STUCK_SECONDS]
    departments = sorted({one.parent.name for one in stuck})
    return f"{len(stuck)} files lie there for a day, of {', '.join(departments)}" if stuck else None


@warning("remove them when nothing runs: they are left from a write that was cut off")
def leftovers(installation: Installation) -> str | None:
    """No unfinished files are left."""
    settings = _home(installation)
    folders = (settings.home, settings.archive, settings.editions, settings.backup_folder)
    left = [one for folder in folders if folder.is_dir() for one in folder.glob(".*.tmp")]
    left = [one for one in left if _age(one) > STUCK_SECONDS]
    return f"{len(left)}, such as {left[0]}" if left else None


def _home(installation: Installation) -> Settings:
    if not installation.settings.home.is_dir():
        raise NotApplicable("there is no home")
    return installation.settings


def _free(installation: Installation) -> int:
    return shutil.disk_usage(_home(installation).home).free


def _age(path: Path) -> float:
    return time.time() - path.lstat().st_mtime
