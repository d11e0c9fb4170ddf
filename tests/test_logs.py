"""The log of a home: what each line is about, so that one submission or one month can be followed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.conftest import MONTH
from tests.gate.conftest import with_own_suites
from warehouse import gate, home, intake
from warehouse.logs import LOG_FILE, keep_quiet, log_to_home, log_to_home_too, logger
from warehouse.settings import PROJECT, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a home with the minimal plan to which nobody has reported anything."""
    made = Settings(home=tmp_path / "home", plan=PROJECT / "tests" / "plans" / "minimal", stable_seconds=0)
    home.initialise(made)
    return made


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """Leave the log to the tests that come after as it was."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def logged(settings: Settings) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (settings.logs / LOG_FILE).read_text(encoding="utf-8").splitlines()]


def test_each_submission_is_named_with_what_became_of_it(settings: Settings) -> None:
    (settings.inbox / "CIVIC" / "empty.csv").write_text("")
    log_to_home(settings)

    (taken,) = intake.take_in(settings).submissions

    (line,) = [one for one in logged(settings) if one.get("submission_id") == taken.submission_id]
    assert (line["status"], line["organization"]) == ("refused", "CIVIC")


@pytest.mark.slow
def test_every_line_of_a_check_names_its_month(built: Settings, tmp_path: Path) -> None:
    with_few = with_own_suites(built, tmp_path / "expectations")
    for suite in with_few.suites.glob("*.yml"):
        if suite.stem not in {"canary", "areas", "targets"}:
            suite.unlink()
    log_to_home(with_few)

    gate.check(with_few, MONTH)

    lines = logged(with_few)
    assert {line.get("suite") for line in lines if line["event"] == "audited"} >= {"areas", "targets"}
    assert [line["period"] for line in lines if line["event"] == "checked"] == ["2023-12"]
    assert {line.get("period") for line in lines} == {"2023-12"}


def test_a_process_that_logs_elsewhere_logs_to_the_home_too(settings: Settings) -> None:
    elsewhere = io.StringIO()
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(elsewhere),
    )

    log_to_home_too(settings)
    log_to_home_too(settings)
    logger("test").info("ours")
    structlog.get_logger().info("theirs")

    assert [json.loads(line)["event"] for line in elsewhere.getvalue().splitlines()] == ["ours", "theirs"]
    assert [line["event"] for line in logged(settings)] == ["ours"]


def test_what_was_kept_quiet_until_a_home_was_known_is_logged_from_then_on(settings: Settings) -> None:
    keep_quiet()

    log_to_home(settings)
    logger("test").info("heard")

    assert [line["event"] for line in logged(settings)] == ["heard"]


def test_a_process_that_turns_to_another_home_writes_into_that_ones_log(tmp_path: Path) -> None:
    one, other = Settings(home=tmp_path / "one"), Settings(home=tmp_path / "other")

    for settings in (one, other):
        log_to_home_too(settings)
        logger(__name__).info("of this home", home=settings.home.name)

    assert [[line["home"] for line in logged(settings)] for settings in (one, other)] == [["one"], ["other"]]
