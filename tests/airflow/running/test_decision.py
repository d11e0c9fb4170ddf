"""A month of which the gate only warns: who is asked, what a decision does, and what becomes of silence."""

from __future__ import annotations

import pytest

from deployment.embedded import Airflow, Api, Run
from deployment.embedded.configuration import password
from tests.airflow.conftest import SILENT
from tests.airflow.running.conftest import asked, end_of, expire, log_of, states, until
from warehouse import editions, notifications
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

APPROVE, REJECT = "批准发布 · approve", "不予发布 · reject"


@pytest.fixture(scope="module")
def silent(airflow: Airflow, backfilled: list[Run]) -> Run:
    """A run of a month that nobody has reported, which waits for a decision."""
    return asked(airflow, airflow.api.trigger("publish_monthly", str(SILENT)))


def as_user(airflow: Airflow, settings: Settings, user: str) -> Api:
    """Sign in to the same Airflow as somebody else."""
    return Api(airflow.url, user, password(settings, user))


def about(settings: Settings, period: Period) -> set[str]:
    """Return the causes of the open incidents of a month."""
    causes = {incident.cause for incident in notifications.open_incidents(settings)}
    return {cause for cause in causes if str(period) in cause}


def test_a_month_that_passed_is_not_asked_about(airflow: Airflow, backfilled: list[Run]) -> None:
    assert states(airflow, backfilled[0])["decide"] == "success"
    assert airflow.api.result(backfilled[0], "decide") == {"approved_by": None, "note": None}


def test_the_question_shows_what_did_not_hold_in_markdown(airflow: Airflow, silent: Run) -> None:
    question = airflow.api.question(silent, "decide")

    assert str(SILENT) in question["subject"]
    assert "| `submission_compliance.few_stay_silent` |" in question["body"]
    assert question["options"] == [APPROVE, REJECT]


def test_nothing_is_published_while_a_month_waits(settings: Settings, silent: Run) -> None:
    assert str(SILENT) not in {edition.period for edition in editions.editions_of(settings)}
    assert about(settings, SILENT) == {f"decision {SILENT}"}


def test_who_may_only_look_cannot_decide(airflow: Airflow, settings: Settings, silent: Run) -> None:
    with pytest.raises(MinshengError, match="Forbidden"):
        as_user(airflow, settings, "viewer").answer(silent, "decide", APPROVE, "样例")


def test_the_task_that_waits_can_be_cleared_and_asks_again(airflow: Airflow, silent: Run) -> None:
    airflow.api.clear(silent, "decide")

    asked(airflow, silent)


def test_a_run_that_waits_for_a_person_is_not_late_too(
    airflow: Airflow, settings: Settings, silent: Run
) -> None:
    expire(settings, "deadline", "deadline_time")

    assert about(settings, SILENT) == {f"decision {SILENT}"}


def test_silence_ends_as_not_published_and_says_so(airflow: Airflow, settings: Settings, silent: Run) -> None:
    expire(settings, "task_instance", "trigger_timeout")

    run = end_of(airflow, silent)

    assert run.state == "failed"
    assert states(airflow, run)["publish"] == "upstream_failed"
    assert "is not published: nobody decided within 2 days" in log_of(airflow, run, "decide")
    (incident,) = (one for one in notifications.open_incidents(settings) if str(SILENT) in one.cause)
    assert "nobody decided within 2 days" in incident.events[-1].text
    assert incident.runbook == f"{airflow.url}/minsheng/handbook/runbook.md#a-month-waits-for-an-approval"


def test_a_rejected_month_ends_skipped_with_the_reason(
    airflow: Airflow, settings: Settings, silent: Run
) -> None:
    run = asked_again(airflow, silent)

    as_user(airflow, settings, "reviewer").answer(run, "decide", REJECT, "样例：等待补报")

    assert end_of(airflow, run).state == "success"
    assert states(airflow, run)["decide"] == states(airflow, run)["publish"] == "skipped"
    (incident,) = (one for one in notifications.open_incidents(settings) if one.cause == f"decision {SILENT}")
    assert "reviewer 决定不发布 2024-02：样例：等待补报" in incident.events[-1].text
    assert str(SILENT) not in {edition.period for edition in editions.editions_of(settings)}


def test_who_started_the_run_cannot_approve_it(airflow: Airflow, silent: Run) -> None:
    run = asked_again(airflow, silent)

    airflow.api.answer(run, "decide", APPROVE, "样例")

    assert end_of(airflow, run).state == "failed"
    assert "admin started this run and cannot approve it" in log_of(airflow, run, "decide")


def test_an_approved_month_names_who_approved_it_and_why(
    airflow: Airflow, settings: Settings, silent: Run
) -> None:
    run = asked_again(airflow, silent)

    as_user(airflow, settings, "reviewer").answer(run, "decide", APPROVE, "样例：已电话核实")

    assert end_of(airflow, run).state == "success"
    manifest = editions.find(settings, str(SILENT)).manifest()
    assert (manifest["approved_by"], manifest["reason"]) == (["reviewer"], "样例：已电话核实")
    assert manifest["accounts"] == {
        "system": "airflow", "started_by": "admin", "decided_by": "reviewer", "run": run.run_id,
    }  # fmt: skip
    until(airflow, lambda: about(settings, SILENT) == set())


def asked_again(airflow: Airflow, run: Run) -> Run:
    """Return the run once it waits for a decision; one that has ended is cleared from there on."""
    if airflow.api.run(run).has_ended:
        airflow.api.clear(run, "decide")
    return asked(airflow, run)
