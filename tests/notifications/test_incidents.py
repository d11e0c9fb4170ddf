"""One incident for each cause: told when it opens, when it changes and when it is over, and never a storm."""

from __future__ import annotations

import multiprocessing
from datetime import datetime, timedelta

import pytest

from tests.notifications.conftest import Webhook
from warehouse import notifications
from warehouse.notifications import Incident
from warehouse.settings import Settings

CAUSE = "publish_monthly.check 2025-03"


class Clock:
    """The time, as the test says."""

    def __init__(self) -> None:
        self.moment = datetime.fromisoformat("2025-04-06T08:10:00")

    def __call__(self) -> datetime:
        return self.moment

    def go(self, minutes: int) -> None:
        self.moment += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("warehouse.notifications.incidents.now", made)
    return made


@pytest.fixture
def robot(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    monkeypatch.setenv("MINSHENG_NOTIFY_WECOM_WEBHOOK", webhook.url)
    return webhook


def report(settings: Settings, text: str = "街道合计与全区不符", cause: str = CAUSE) -> Incident:
    return notifications.report_incident(
        settings, cause, "2025-03 被拦下", text, "docs/runbook.md#a-month-is-blocked"
    )


def test_the_first_report_is_told_with_what_when_and_what_to_do(
    settings: Settings, clock: Clock, robot: Webhook
) -> None:
    report(settings)

    (text,) = robot.texts()
    assert text == (
        "【告警】2025-03 被拦下\n街道合计与全区不符\n\n"
        f"事项：{CAUSE}\n时间：2025-04-06 08:10（北京时间）\n处置：docs/runbook.md#a-month-is-blocked"
    )


def test_the_same_report_over_and_over_is_one_message(
    settings: Settings, clock: Clock, robot: Webhook
) -> None:
    for _ in range(20):
        incident = report(settings)
        clock.go(minutes=10)

    assert len(robot.asked) == 1
    assert len(incident.events) == 20


def test_a_changed_text_is_told_once_the_last_message_is_old(
    settings: Settings, clock: Clock, robot: Webhook
) -> None:
    report(settings)
    for minute in range(70):
        clock.go(minutes=1)
        report(settings, f"第{minute}次")

    assert [text[:4] for text in robot.texts()] == ["【告警】", "【更新】"]


def test_it_is_closed_once_and_the_next_report_is_another_incident(
    settings: Settings, clock: Clock, robot: Webhook
) -> None:
    report(settings)
    clock.go(minutes=90)
    notifications.close_incident(settings, CAUSE)
    assert notifications.close_incident(settings, CAUSE) is None
    clock.go(minutes=1)
    report(settings)

    assert [text[:4] for text in robot.texts()] == ["【告警】", "【恢复】", "【告警】"]
    assert "历时 90 分钟，共报告 1 次" in robot.texts()[1]
    assert [one.cause for one in notifications.open_incidents(settings)] == [CAUSE]


def test_closing_what_was_never_wrong_tells_nobody(settings: Settings, robot: Webhook) -> None:
    assert notifications.close_incident(settings, CAUSE) is None

    assert robot.asked == []


def test_two_causes_are_two_incidents(settings: Settings, clock: Clock, robot: Webhook) -> None:
    report(settings)
    report(settings, cause="ingest_submissions.take_in")
    notifications.close_incident(settings, CAUSE)

    assert [one.cause for one in notifications.open_incidents(settings)] == ["ingest_submissions.take_in"]


def test_what_a_channel_did_not_take_it_gets_with_the_next_report_and_the_others_do_not_get_twice(
    settings: Settings, clock: Clock, robot: Webhook
) -> None:
    robot.answers = [(404, b"")]
    report(settings)
    clock.go(minutes=10)
    report(settings)

    assert [text[:4] for text in robot.texts()] == ["【告警】", "【告警】"]
    assert len(list((settings.outbox / "data-team").iterdir())) == 1


def test_a_channel_that_is_down_costs_one_wait_however_much_is_wrong(
    settings: Settings, clock: Clock, robot: Webhook
) -> None:
    robot.answers = [(404, b"")] * 10
    for number in range(4):
        report(settings, cause=f"cause {number}")

    assert len(robot.asked) == 4


def test_a_channel_that_is_set_up_later_is_not_told_of_the_past(
    settings: Settings, clock: Clock, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(settings)
    monkeypatch.setenv("MINSHENG_NOTIFY_WECOM_WEBHOOK", webhook.url)
    report(settings)

    assert webhook.asked == []


def test_a_channel_that_comes_back_after_days_is_told_only_what_is_still_wrong(
    settings: Settings, clock: Clock, robot: Webhook
) -> None:
    robot.answers = [(404, b"")] * 3
    report(settings, cause="over")
    notifications.close_incident(settings, "over")
    report(settings, cause="still wrong")
    clock.go(minutes=3 * 24 * 60)
    robot.asked.clear()

    notifications.tell(settings)

    (text,) = robot.texts()
    assert "事项：still wrong" in text


def test_a_report_whose_process_was_killed_before_it_told_anybody_is_told_by_the_next(
    settings: Settings, clock: Clock, robot: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr("warehouse.notifications.incidents.tell", lambda _settings: None)
        report(settings)
    assert robot.asked == []

    notifications.tell(settings)
    notifications.tell(settings)

    assert [text[:4] for text in robot.texts()] == ["【告警】"]


def test_many_processes_that_report_one_cause_at_once_make_one_message(
    settings: Settings, robot: Webhook
) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=report, args=(settings,)) for _ in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    (incident,) = notifications.open_incidents(settings)
    assert len(robot.asked) == 1
    assert len(incident.events) == 8


def test_records_outlive_the_ledger(settings: Settings, clock: Clock, robot: Webhook) -> None:
    report(settings)
    settings.ledger_file.unlink(missing_ok=True)

    report(settings)

    assert len(robot.asked) == 1


def test_a_person_closes_an_incident_with_a_reason_that_is_told(
    settings: Settings, robot: Webhook, clock: Clock
) -> None:
    notifications.report_incident(settings, CAUSE, "质量检查未通过", "请处理", "docs")

    notifications.close_incident(settings, CAUSE, "计划已调整，本月不再发布")

    assert notifications.open_incidents(settings) == []
    assert "人工关闭：计划已调整，本月不再发布" in robot.texts()[-1]
