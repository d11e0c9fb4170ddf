"""Letting a process work for a given time of its own: however busy the machine is, it then is equally far."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

_TICK = 1 / os.sysconf("SC_CLK_TCK")
_LOOK_SECONDS = 0.005
# Of what Linux tells of a process behind its name: the time in its own code, and in the system's for it.
_USER, _SYSTEM = 11, 12


def work_for(process: Any, seconds: float = math.inf) -> float:
    """Let a process of `multiprocessing` take so much of the processor, or end; return what it took."""
    took = 0.0
    while process.is_alive() and took < seconds:
        process.join(_LOOK_SECONDS)
        took = max(took, _taken_by(process.pid))
    return took


def _taken_by(number: int) -> float:
    """Return the time that a process took of all processors so far, or 0 where it has gone."""
    try:
        told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    fields = told.rpartition(")")[2].split()
    return (int(fields[_USER]) + int(fields[_SYSTEM])) * _TICK
