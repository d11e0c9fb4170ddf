"""Ctrl-C and SIGTERM: a command ends with one sentence and the conventional status, and can be run again."""

from __future__ import annotations

import signal

import pytest

from tests.faults.district import District, tried, words_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("step", "number", "word", "fraction"),
    tried(
        [
            ("build", signal.SIGTERM, "Terminated", 0.5),
            ("check", signal.SIGINT, "Interrupted", 0.5),
            ("ingest", signal.SIGINT, "Interrupted", 0.1),
            ("publish", signal.SIGHUP, "Hung up", 0.2),
            ("build", signal.SIGINT, "Interrupted", 0.1),
        ],
        few=2,
    ),
)
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
