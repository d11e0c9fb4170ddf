from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from warehouse.progress.models import _Telling
from warehouse.steps import Step

NODES = 40


def event(name: str, **data: Any) -> SimpleNamespace:
    return SimpleNamespace(info=SimpleNamespace(name=name), data=SimpleNamespace(**data))


def test_models_that_end_at_once_are_told_one_after_the_other() -> None:
    told: list[Step] = []

    def listener(step: Step) -> None:
        before = len(told)
        time.sleep(0.001)
        assert len(told) == before
        told.append(step)

    telling = _Telling(listener)
    telling(event("LogStartLine", total=NODES))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(telling, [event("NodeFinished") for _ in range(NODES)]))

    assert told == [Step("build models", done, NODES) for done in range(1, NODES + 1)]
