"""Folders that several tests start from: made once in a run for all of its workers, and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

_DONE = "done"


@dataclass(frozen=True)
class Prepared:
    """The place of these folders, which all workers of a run share."""

    root: Path

    def folder(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of that name; `make` fills it where no worker has done so yet.

        The folder stays where it was made, so that it may hold paths of its own. What a worker left
        unfinished is made again.
        """
        folder, done = self.root / name, self.root / f"{name}.{_DONE}"
        self.root.mkdir(exist_ok=True)
        with FileLock(self.root / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                make(folder)
                done.touch()
        return folder
