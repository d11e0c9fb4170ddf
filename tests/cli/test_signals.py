"""Work that does not stop at a signal is left where it is: after five seconds, or at the second signal."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

STUBBORN = """
import time
from warehouse.cli import signals
signals.listen()
try:
    print("at work", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("goes on", flush=True)
time.sleep(60)
"""


@pytest.fixture
def stubborn() -> subprocess.Popen[str]:
    """A process whose work goes on after it was interrupted."""
    command = [sys.executable, "-c", STUBBORN]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "at work\n"
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "goes on\n"
    return process


def test_after_five_seconds_it_ends_with_the_sentence_and_the_status(stubborn: subprocess.Popen[str]) -> None:
    _, said = stubborn.communicate(timeout=60)

    assert stubborn.returncode == 128 + signal.SIGTERM
    assert said == "minsheng: Terminated: run the same command again to complete it\n"


def test_a_second_signal_ends_it_at_once(stubborn: subprocess.Popen[str]) -> None:
    stubborn.send_signal(signal.SIGINT)

    _, said = stubborn.communicate(timeout=60)

    assert (stubborn.returncode, said) == (-signal.SIGINT, "")
