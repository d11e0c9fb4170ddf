"""The home folder: who has an inbox in it, and whose plan it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse import home, intake
from warehouse.errors import MinshengError
from warehouse.settings import PROJECT, Settings

PLANS = PROJECT / "tests" / "plans"


def test_every_body_that_can_submit_has_an_inbox_and_an_outbox_and_nobody_else(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)

    made = home.initialise(settings)

    inboxes = {path.name for path in settings.inbox.iterdir()}
    assert {"HRSS", "SUBDISTRICT_BEIDI", "MINGTAI_COMPANY"} <= inboxes
    assert {"STATE_COUNCIL", "ALL_DEPARTMENTS"} & inboxes == set()
    assert made.inboxes == len(inboxes)
    assert {path.name for path in settings.outbox.iterdir()} == inboxes


def test_a_home_with_submissions_refuses_another_plan_and_names_both(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, plan=PLANS / "minimal", stable_seconds=0)
    before = home.initialise(settings)
    (settings.inbox / "LABOUR" / "march.csv").write_text(
        "报告期,指标编码,地区编码,数值\n2023-03,EMP-001,999999001,12\n", encoding="utf-8"
    )
    (taken,) = intake.take_in(settings).submissions
    assert taken.status == "accepted"

    other = settings.model_copy(update={"plan": PLANS / "other-city"})
    with pytest.raises(MinshengError, match=r"EXAMPLE-2023, .*other-city is EXAMPLE-CITY-2024"):
        home.initialise(other)
    assert home.initialise(settings).plan_version == before.plan_version


def test_a_home_that_was_made_for_the_wrong_plan_takes_the_right_one_before_anything_is_reported(
    tmp_path: Path,
) -> None:
    wrong = home.initialise(Settings(home=tmp_path, plan=PLANS / "minimal"))

    right = home.initialise(Settings(home=tmp_path, plan=PLANS / "other-city"))

    assert right.plan_version != wrong.plan_version
