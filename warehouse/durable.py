"""Files that are whole or not there: written beside, synced, and renamed into place."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal, without holding the file in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's entries, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all() -> None:
    """Make everything written so far survive a loss of power: one call for thousands of small files."""
    os.sync()


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step: a reader sees the old file or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.write_bytes(content)
    sync(beside)
    beside.replace(path)
    sync(path.parent)


def copy(source: Path, target: Path) -> None:
    """Copy a file in one step; its owner alone may read the copy."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        with source.open("rb") as content:
            shutil.copyfileobj(content, stream, _CHUNK)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(target)
    sync(target.parent)


def link(path: Path, target: str) -> None:
    """Point the symbolic link at `path` to the relative `target` in one step."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.replace(path)
    sync(path.parent)


def remove(folder: Path) -> None:
    """Remove a folder that may not be there, and whose folders may be read-only already."""
    if folder.exists():
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder)
