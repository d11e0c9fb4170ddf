from __future__ import annotations

import pytest

from tests.conftest import MONTH
from warehouse import gate, steps
from warehouse.settings import Settings
from warehouse.steps import Step

pytestmark = pytest.mark.slow


def test_the_gate_tells_how_many_suites_are_checked(built: Settings) -> None:
    told: list[Step] = []

    with steps.listening(told.append):
        report = gate.check(built, MONTH)

    # The canary is a suite like any other to whoever waits.
    total = len(report.suites) + 1
    assert told == [Step("check suites", done, total) for done in range(total + 1)]
