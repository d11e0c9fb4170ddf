"""Disks and folders that a test mounts for itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest


def mount(*words: object) -> None:
    """Mount as root may; elsewhere the test is skipped, and fails where CI must be able to."""
    done = subprocess.run(["mount", *map(str, words)], check=False, capture_output=True)
    if done.returncode:
        reason = "a disk or folder of the test's own needs the right to mount"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def mounted(folder: Path, *words: object) -> Iterator[None]:
    """Mount what these words of `mount` name on the folder until the block ends."""
    mount(*words, folder)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def small_disk(folder: Path, size: int) -> AbstractContextManager[None]:
    """Mount a disk of so many bytes, in memory, on the folder until the block ends."""
    return mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")
