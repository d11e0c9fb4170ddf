"""How long work says how far it is, and the lines that show it where there is no terminal."""

from __future__ import annotations

import pytest

from warehouse import steps
from warehouse.cli.watching import Lines
from warehouse.steps import Step


def test_each_item_is_told_when_it_is_done() -> None:
    told: list[Step] = []

    with steps.listening(told.append):
        assert list(steps.over("read", ["a", "b"])) == ["a", "b"]

    assert told == [Step("read", 0, 2), Step("read", 1, 2), Step("read", 2, 2)]


def test_nobody_need_listen() -> None:
    assert list(steps.over("read", [1, 2])) == [1, 2]


def test_who_listened_before_listens_again_afterwards() -> None:
    told: list[Step] = []

    with steps.listening(told.append):
        with steps.listening(lambda _: None):
            list(steps.over("unheard", [1]))
        list(steps.over("heard", [1]))

    assert {step.work for step in told} == {"heard"}


def test_a_line_is_written_when_the_work_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()

    for done in range(501):
        lines(Step("read files", done, 500))
    lines(Step("nothing to do", 0, 0))

    assert capsys.readouterr().err == "read files: 500 of 500\n"
