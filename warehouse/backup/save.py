"""Making a backup while the pipeline runs: one moment of the home, in one file, proved by unpacking it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from warehouse import durable
from warehouse.alone import LOCK, alone
from warehouse.backup.at_rest import ledger_at_rest
from warehouse.backup.contents import CURRENT_LINK, FORMAT, INVENTORY, Contents, contents_of
from warehouse.backup.encryption import encrypt, recipients_in
from warehouse.backup.unpack import unpack
from warehouse.backup.whole import Whole, prove
from warehouse.clock import now
from warehouse.errors import MinshengError
from warehouse.logs import logger
from warehouse.published import settled
from warehouse.settings import Settings
from warehouse.version import code_version


@dataclass(frozen=True)
class Backup:
    """A backup that was written and restored once, to prove it."""

    file: str
    sha256: str
    size_bytes: int
    holds: Whole
    left: list[str]
    """What is no file or folder, or may not be read, and so is not in the backup."""


class _Hashed:
    """A file on its way into the backup, hashed as it passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        content = self._stream.read(size)
        self.digest.update(content)
        return content


def backup(settings: Settings, file: Path) -> Backup:
    """Write the home to `file`, a tar, and restore it once beside; raises MinshengError where that fails.

    Where the settings name recipients, the proved tar is then encrypted for them.

    Builds, checks, publications and readers go on meanwhile; intake and approvals wait until it is written.
    Its owner alone may read the file, and what it is unpacked to.
    """
    if not file.parent.is_dir():
        raise MinshengError(f"There is no folder {file.parent}: make it, or name another")
    with alone(file):
        return _made(settings, file)


def _made(settings: Settings, file: Path) -> Backup:
    if file.exists():
        raise MinshengError(f"There is a file {file} already: name one that does not exist yet")
    recipients = recipients_in(settings.backup_recipients) if settings.backup_recipients else []
    beside, proof, encrypted = _beside(file)
    try:
        _remove_beside(file)  # what a killed backup left
        left = _write(settings, beside)
        holds = prove(settings, proof, unpack(beside, proof))
        if recipients:
            encrypt(beside, encrypted, recipients)
        final = encrypted if recipients else beside
        durable.sync(final)
        final.rename(file)
        durable.sync(file.parent)
    except OSError as error:
        raise MinshengError(
            f"The backup {file} could not be made ({error.strerror or error}): see that its disk has room "
            "for the home twice, since it is restored once to prove it, and may be written to"
        ) from error
    finally:
        _remove_beside(file)
    made = Backup(str(file), durable.sha256_of(file), file.stat().st_size, holds, left)
    logger(__name__).info("backed up", file=made.file, sha256=made.sha256, left=left)
    return made


def remove_leftovers(folder: Path) -> None:
    """Remove what killed backups to files of the folder left behind; one that is under way keeps its own."""
    for lock in folder.glob(f".*{LOCK}"):
        file = folder / lock.name.removeprefix(".").removesuffix(LOCK)
        with suppress(MinshengError), alone(file):
            _remove_beside(file)


def _beside(file: Path) -> tuple[Path, Path, Path]:
    """Return where a backup is written, where it is unpacked to prove it, and where it is encrypted."""
    beside, proof, encrypted = (file.with_name(f".{file.name}.{kind}") for kind in ("tmp", "proof", "age"))
    return beside, proof, encrypted


def _remove_beside(file: Path) -> None:
    beside, proof, encrypted = _beside(file)
    beside.unlink(missing_ok=True)
    encrypted.unlink(missing_ok=True)
    durable.remove(proof)


def _write(settings: Settings, beside: Path) -> list[str]:
    with ledger_at_rest(settings, beside.with_suffix(".ledger")) as ledger_file:
        with settled(settings):
            contents = contents_of(settings.home, ledger_file)
        with (
            _private(beside) as stream,
            tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar,
        ):
            _fill(tar, contents)
    return contents.left


def _private(path: Path) -> IO[bytes]:
    """Make a file that its owner alone may read, from its first moment."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _fill(tar: tarfile.TarFile, contents: Contents) -> None:
    for name, folder in contents.folders.items():
        tar.addfile(_member(tar, name, folder))
    files = {name: _add(tar, name, path) for name, path in contents.files.items()}
    if contents.current is not None:
        link = tarfile.TarInfo(CURRENT_LINK)
        link.type, link.linkname = tarfile.SYMTYPE, contents.current
        tar.addfile(link)
    inventory = {
        "format": FORMAT,
        "made_at": now().isoformat(timespec="seconds"),
        "code_version": code_version(),
        "current": contents.current,
        "files": files,
    }
    content = json.dumps(inventory, indent=1, sort_keys=True).encode()
    last = tarfile.TarInfo(INVENTORY)
    last.size = len(content)
    tar.addfile(last, io.BytesIO(content))


def _add(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    # Whoever may write to an inbox could put a link in the place of the file that was seen there.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
        member = _member(tar, name, path, stream)
        passing = _Hashed(stream)
        tar.addfile(member, passing)  # type: ignore[arg-type]  # it only reads
    return {"sha256": passing.digest.hexdigest(), "bytes": member.size}


def _member(tar: tarfile.TarFile, name: str, path: Path, stream: IO[bytes] | None = None) -> tarfile.TarInfo:
    """Describe one entry, without the names of this machine's accounts."""
    member = tar.gettarinfo(str(path), name, stream)
    # The same file under two names is kept twice: a link would have to be trusted when it is unpacked.
    member.type = tarfile.DIRTYPE if stream is None else tarfile.REGTYPE
    member.size = 0 if stream is None else os.fstat(stream.fileno()).st_size
    member.uid = member.gid = 0
    member.uname = member.gname = member.linkname = ""
    return member
