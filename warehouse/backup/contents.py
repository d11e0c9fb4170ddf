"""What a backup holds: everything of a home that cannot be made again, and an inventory of it with hashes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from warehouse.published import CURRENT

INVENTORY = "minsheng-backup.json"
FORMAT = 1
# What the next run makes again, what only tells of past runs, the backups themselves, and a lakehouse's rows:
# the backup has them in the ledger's file.
_LEFT_OUT = {"airflow", "backups", "candidate", "dbt", "extensions", "ledger", "logs"}
CURRENT_LINK = f"editions/{CURRENT}"
_EDITION = re.compile(r"[0-9]{4}-[0-9]{2}/r[1-9][0-9]*")


@dataclass(frozen=True)
class Contents:
    """The folders and files to be kept, by their names there, in the order in which they are written."""

    folders: dict[str, Path]
    files: dict[str, Path]
    current: str | None
    """What the link `current` points to; no other link is kept."""
    left: list[str]
    """What cannot be kept, relative to the home: a dropped link, a pipe, what may not be read."""


def contents_of(home: Path, ledger_file: Path) -> Contents:
    """Look through the home; the caller sees to it that nothing moves in it meanwhile."""
    folders: dict[str, Path] = {}
    files: list[tuple[int, Path]] = []
    left: list[str] = []
    for path in _entries(home):
        name, state = str(path.relative_to(home)), path.lstat()
        if not (stat.S_ISLNK(state.st_mode) or os.access(path, os.R_OK)):
            left.append(name)
        elif stat.S_ISDIR(state.st_mode):
            folders[name] = path
        elif stat.S_ISREG(state.st_mode):
            files.append((state.st_ctime_ns, path))
        elif name != CURRENT_LINK:
            left.append(name)
    link = home / CURRENT_LINK
    # Intake takes files in the order of their arrival: what is unpacked in that order keeps it.
    return Contents(
        folders,
        {ledger_file.name: ledger_file} | {str(path.relative_to(home)): path for _, path in sorted(files)},
        str(link.readlink()) if link.is_symlink() else None,
        left,
    )


def is_in_a_folder_of(name: str, folders: Collection[str]) -> bool:
    """Whether a member's name, as a backup gives it, lies in one of the folders that it gave before.

    These were made by the unpacking itself, so that none of them is a link to somewhere else.
    """
    path = PurePosixPath(name)
    is_plain = str(path) == name and bool(path.name) and path.name != ".." and not path.is_absolute()
    return is_plain and (str(path.parent) == "." or str(path.parent) in folders)


def is_link_to_an_edition(name: str, target: str) -> bool:
    """Whether a link is the one that a home has: `current`, to an edition beside it."""
    return name == CURRENT_LINK and _EDITION.fullmatch(target) is not None


def _entries(home: Path) -> Iterator[Path]:
    for top in sorted(home.iterdir()):
        if top.is_dir() and not top.is_symlink() and top.name not in _LEFT_OUT and top.name[0] != ".":
            yield top
            yield from _below(top)


def _below(folder: Path) -> Iterator[Path]:
    """Yield what lies under a folder, without what is hidden: locks, and files still being written."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        yield path
        if path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
            yield from _below(path)
