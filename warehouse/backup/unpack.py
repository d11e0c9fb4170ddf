"""Unpacking a backup that nobody vouches for: files, folders and `current`, each only where it belongs."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import BaseModel

from warehouse.backup.contents import (
    CURRENT_LINK,
    FORMAT,
    INVENTORY,
    is_in_a_folder_of,
    is_link_to_an_edition,
)
from warehouse.errors import MinshengError

_CHUNK = 1 << 20
_MODES = 0o755
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)


class Kept(BaseModel):
    """One file as the inventory names it."""

    sha256: str
    bytes: int


class Inventory(BaseModel):
    """What a backup says that it holds."""

    format: int
    made_at: str
    code_version: str
    current: str | None
    files: dict[str, Kept]


@dataclass
class _Unpacked:
    """What came out of the backup so far."""

    files: dict[str, Kept]
    folders: dict[str, int]
    links: dict[str, str]
    inventory: Inventory | None = None


def unpack(file: Path, folder: Path) -> Inventory:
    """Unpack a backup into a new folder and hold every file against the inventory.

    Raises MinshengError for what is no backup, for a member that would leave the folder, for a link, a device
    or anything else that a home does not have, and for a file that is missing, too many or altered.
    """
    if not file.is_file():
        raise MinshengError(f"There is no backup {file}: name the file that `minsheng backup` wrote")
    folder.mkdir(parents=True, mode=0o700)
    unpacked = _Unpacked({}, {}, {})
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                _take(file, tar, member, folder, unpacked)
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise MinshengError(f"{file} is no whole backup ({_first_line(error)}): use another one") from error
    inventory = _compared(file, unpacked)
    for name in sorted(unpacked.folders, reverse=True):
        (folder / name).chmod(unpacked.folders[name])
    return inventory


def _take(
    file: Path, tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, unpacked: _Unpacked
) -> None:
    name = member.name
    known = name in unpacked.files or name in unpacked.folders or name in unpacked.links
    if known or not is_in_a_folder_of(name, unpacked.folders.keys()):
        raise MinshengError(f"{file} is refused: its member {name!r} is outside the home, or there twice")
    target = folder / name
    if member.type == tarfile.DIRTYPE:
        target.mkdir()
        unpacked.folders[name] = member.mode & _MODES
    elif member.type == tarfile.SYMTYPE and is_link_to_an_edition(name, member.linkname):
        target.symlink_to(member.linkname)
        unpacked.links[name] = member.linkname
    elif member.type in _PLAIN and not member.issparse():
        stream = tar.extractfile(member)
        if stream is None:
            raise MinshengError(f"{file} is refused: its member {name!r} has no content")
        if name == INVENTORY:
            unpacked.inventory = Inventory.model_validate(json.loads(stream.read()))
        else:
            unpacked.files[name] = _write(stream, target, member)
    else:
        raise MinshengError(f"{file} is refused: its member {name!r} is a link or a device, not a file")


def _write(stream: IO[bytes], target: Path, member: tarfile.TarInfo) -> Kept:
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as writer:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            writer.write(chunk)
            size += len(chunk)
        writer.flush()
        os.fchmod(writer.fileno(), member.mode & _MODES)
    os.utime(target, (member.mtime, member.mtime))
    return Kept(sha256=digest.hexdigest(), bytes=size)


def _compared(file: Path, unpacked: _Unpacked) -> Inventory:
    inventory = unpacked.inventory
    if inventory is None:
        raise MinshengError(f"{file} is no whole backup (it has no {INVENTORY}): use another one")
    if inventory.format != FORMAT:
        raise MinshengError(
            f"{file} has the format {inventory.format}: restore it with minsheng {inventory.code_version}"
        )
    for name in sorted(inventory.files.keys() | unpacked.files.keys()):
        if unpacked.files.get(name) != inventory.files.get(name):
            raise MinshengError(f"{file} is damaged: {name} is missing, too many or altered: use another one")
    if unpacked.links.get(CURRENT_LINK) != inventory.current:
        raise MinshengError(f"{file} is damaged: its link `current` was altered: use another one")
    return inventory


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
