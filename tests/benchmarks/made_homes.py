"""Homes for a bench that is only tried: copies of those that all tests share, in place of fresh ones."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.homes import Step
from warehouse import home
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings


@dataclass(frozen=True)
class MadeHomes:
    """Homes of the real plan: what makes an empty one, one with a month built, and one with it checked."""

    new_home: Callable[[Path], Path]
    built: Path
    checked: Path

    @contextmanager
    def temporary_home(
        self,
        plan: Path = PROJECT / "seeds",
        through: Period | None = None,
        steps: tuple[Step, ...] = (),
        months: int = 1,
    ) -> Iterator[Settings]:
        """Give the settings of a copy that is as far, whatever the size of the plan and the last month."""
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(home=Path(folder) / "home", plan=plan, stable_seconds=0)
            if through is None:
                self.new_home(settings.home)
                home.initialise(settings)
            else:
                shutil.copytree(self.checked if steps else self.built, settings.home, symlinks=True)
            yield settings
