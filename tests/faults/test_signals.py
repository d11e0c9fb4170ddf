"""Ctrl-C and SIGTERM: a command ends with one sentence and the conventional status, and can be run again."""

from __future__ import annotations

import signal

import pytest

from tests.faults.district import District, tried, words_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("step", "number", "word"),
    tried(
        [
            ("build", signal.SIGTERM, "Terminated"),
            ("ingest", signal.SIGINT, "Interrupted"),
            ("check", signal.SIGTERM, "Terminated"),
            ("publish", signal.SIGINT, "Interrupted"),
        ],
        few=2,
    ),
)
@pytest.mark.parametrize("fraction", [0.5, pytest.param(0.1, marks=pytest.mark.long)])
def test_a_signal_ends_a_command_which_can_be_run_again(
    district: District, step: str, number: signal.Signals, word: str, fraction: float
) -> None:
    ended = district.interrupt(words_of(step), number, fraction * district.seconds[step])

    *progress, sentence = ended.said.strip().splitlines()
    assert ended.status == 128 + number
    assert sentence == f"minsheng: {word}: run the same command again to complete it"
    assert not any("Traceback" in line for line in progress)
    district.run()
    assert district.checker.faults() == []
