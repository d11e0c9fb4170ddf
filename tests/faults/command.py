"""A `minsheng` command as the work of a process: in a module that loads fast, since each process loads it."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


def command(words: list[str], environment: dict[str, str], said: Path | None) -> None:
    """Run it; `said` keeps what it tells people."""
    from warehouse.cli.entry import main

    os.environ.update(environment)
    sys.argv = ["minsheng", *words]
    if said is None:
        main()
    with said.open("w", encoding="utf-8") as stream, contextlib.redirect_stderr(stream):
        main()
