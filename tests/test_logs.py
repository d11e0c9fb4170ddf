"""The log of a home: what each line is about, so that one submission or one month can be followed."""

from __future__ import annotations

import json
from typing import Any

from warehouse import gate, intake
from warehouse.logs import LOG_FILE, keep_quiet, log_to_home, logger
from warehouse.periods import Period
from warehouse.settings import Settings

MONTH = Period(2023, 12)


def logged(settings: Settings) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (settings.logs / LOG_FILE).read_text(encoding="utf-8").splitlines()]


def test_each_submission_is_named_with_what_became_of_it(built: Settings) -> None:
    folder = built.inbox / "CIVIL_AFFAIRS"
    folder.mkdir(parents=True)
    (folder / "empty.csv").write_text("")
    log_to_home(built)

    (taken,) = intake.take_in(built).submissions

    (line,) = [one for one in logged(built) if one.get("submission_id") == taken.submission_id]
    assert (line["status"], line["organization"]) == ("refused", "CIVIL_AFFAIRS")


def test_every_line_of_a_check_names_its_month(built: Settings) -> None:
    log_to_home(built)

    gate.check(built, MONTH)

    lines = logged(built)
    assert {"audited", "checked"} <= {line["event"] for line in lines}
    assert {line["period"] for line in lines} == {"2023-12"}


def test_what_was_kept_quiet_until_a_home_was_known_is_logged_from_then_on(built: Settings) -> None:
    keep_quiet()

    log_to_home(built)
    logger("test").info("heard")

    assert [line["event"] for line in logged(built)] == ["heard"]
