"""What was measured, on disk: one JSON file for each bench, so that one can be run again by itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measure import Measurement, Run, Scale
from warehouse import durable
from warehouse.settings import Settings


@dataclass(frozen=True)
class Results:
    """One bench as it ran."""

    subject: str
    measured_on: str
    """The day, YYYY-MM-DD."""
    size: float
    """`Scale.size`."""
    machine: dict[str, str]
    load: float
    """The machine's load average when the bench ended."""
    measurements: list[Measurement]

    @property
    def is_judged(self) -> bool:
        """Whether the inputs were large enough for the limits, which were agreed for the whole size."""
        return not Scale(self.size).is_trial


def folder_of(settings: Settings) -> Path:
    """Return where results are kept."""
    return settings.home / "bench"


def write(folder: Path, results: Results) -> None:
    """Put the bench's results in place of its last ones."""
    content = json.dumps(asdict(results), ensure_ascii=False, indent=1)
    durable.write(folder / f"{results.subject}.json", content.encode())


def read(folder: Path, subject: str) -> Results | None:
    """Return the bench's last results, or None where it never ran."""
    path = folder / f"{subject}.json"
    if not path.exists():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    measurements = [
        Measurement(
            **one | {side: [Run(**run) for run in one[side]] for side in ("ours", "theirs")},
        )
        for one in found["measurements"]
    ]
    return Results(**found | {"measurements": measurements})
