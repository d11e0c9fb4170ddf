"""Naming the machine and the versions that the figures are from."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("duckdb", "dbt-core", "great-expectations", "apache-airflow", "pandas")


def machine() -> dict[str, str]:
    """Return what the figures depend on, by name: processor, cores, memory, system, versions."""
    return {
        "processor": _first_line(Path("/proc/cpuinfo"), "model name") or platform.machine(),
        "cores": f"{len(os.sched_getaffinity(0))} cores",
        "memory": f"{_memory_gibibytes():.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": f"Python {platform.python_version()}",
        **{name: f"{name} {version(name)}" for name in _PACKAGES},
    }


def in_words(named: dict[str, str]) -> str:
    """Return a machine as one line."""
    return ", ".join(named.values())


def load() -> float:
    """Return how many processes wanted a core over the last minute: far above the cores, the clock lies."""
    return os.getloadavg()[0]


def _memory_gibibytes() -> float:
    return int(_first_line(Path("/proc/meminfo"), "MemTotal").split()[0]) / 2**20


def _first_line(path: Path, name: str) -> str:
    """Return what the first line of that name says; both files are Linux's."""
    with path.open(encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")
