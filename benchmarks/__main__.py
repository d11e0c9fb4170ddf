"""`make bench`: each figure as a ratio to its limit, measured in turn in one run."""

from __future__ import annotations

import importlib
import os

from benchmarks.measure import HEADER, machine
from warehouse.logs import keep_quiet

SUBJECTS = ("intake", "build", "gate", "publication", "dag")


def main() -> None:
    """Print a table for Markdown; SCALE=0.1 makes every input a tenth."""
    keep_quiet()
    scale = float(os.environ.get("SCALE", "1"))
    print(f"{machine()}, scale {scale:g}\n\n{HEADER}", flush=True)
    for subject in SUBJECTS:
        for measurement in importlib.import_module(f"benchmarks.{subject}").measurements(scale):
            print(measurement.row(), flush=True)


if __name__ == "__main__":
    main()
