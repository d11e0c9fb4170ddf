"""Reminders follow from the ledger, the day and what was sent before, and nothing is sent twice."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.obligations.conftest import Reporting
from warehouse import notifications, obligations
from warehouse.errors import UsageError


def told(reporting: Reporting, day: str) -> dict[str, int]:
    """Return how many figures of each month the environment branch is told to owe."""
    reminders = reporting.remind(day)
    return next((one.missing for one in reminders.notified if one.organization_code == "ENVIRONMENT"), {})


def test_a_month_is_asked_for_from_its_25th(settled: Reporting) -> None:
    assert told(settled, "2023-06-24") == {}
    assert told(settled, "2023-06-25") == {"2023-06": 3}


def test_the_notice_says_what_is_missing_until_when_and_how_long_that_is(settled: Reporting) -> None:
    settled.send("2023-06-30", "2023-06,AIR-001,,90,\n")

    settled.remind("2023-07-02")

    notice = settled.notice()
    assert "报送提醒" in notice
    assert "2023-07-05 截止，还剩 3 天" in notice
    assert "应报 3 项，已收 1 项，缺 2 项" in notice
    assert "SAF-001" in notice
    assert "AIR-001" not in notice


def test_the_notice_names_the_areas_that_are_missing(reporting: Reporting) -> None:
    reporting.remind("2023-07-02")

    row = '<td>城镇新增就业人数</td><td class="period">2023-06</td><td>东街街道、西街街道</td>'
    assert row in reporting.notice("LABOUR")


@pytest.mark.parametrize(
    ("day", "words"),
    [("2023-07-05", "今天截止"), ("2023-07-06", "已逾期 1 天"), ("2023-07-20", "已逾期 15 天")],
)
def test_the_last_day_is_in_time_and_the_next_is_past_due(settled: Reporting, day: str, words: str) -> None:
    settled.remind(day)

    assert words in settled.notice()
    assert ("逾期催报单" in settled.notice()) == (day > "2023-07-05")


def test_running_twice_on_one_day_sends_nothing_twice(reporting: Reporting) -> None:
    first = reporting.remind("2023-07-06")
    notice, messages, escalations = reporting.notice(), reporting.messages(), reporting.escalations()
    reporting.send_all("2023-07-06", "2023-06")

    second = reporting.remind("2023-07-06")

    assert (first.sent_before, second.sent_before) == (False, True)
    assert second.notified == first.notified
    assert (reporting.notice(), reporting.messages(), reporting.escalations()) == (
        notice, messages, escalations,
    )  # fmt: skip


def test_what_was_cut_off_before_its_record_is_completed_without_a_second_message(
    reporting: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr("warehouse.obligations.reminders._record", _killed)
        with pytest.raises(OSError, match="killed"):
            reporting.remind("2023-07-06")
    messages = reporting.messages()

    again = reporting.remind("2023-07-06")

    assert not again.sent_before
    assert messages
    assert reporting.messages() == messages


def test_who_has_reported_everything_loses_the_notice(settled: Reporting) -> None:
    settled.remind("2023-07-02")
    assert settled.notice()
    settled.send_all("2023-07-02", "2023-06")

    settled.remind("2023-07-03")

    assert settled.notice() == ""
    assert settled.notice("LABOUR")


def test_a_day_in_the_past_is_judged_by_what_was_known_then(settled: Reporting) -> None:
    settled.send_all("2023-07-02", "2023-06")

    assert told(settled, "2023-07-01") == {"2023-06": 3}
    assert told(settled, "2023-07-02") == {}


def test_a_day_that_is_still_to_come_is_refused_and_leaves_no_record(reporting: Reporting) -> None:
    with pytest.raises(UsageError, match="still to come"):
        reporting.remind("2999-01-01")

    assert not (reporting.settings.archive / "notices").exists()


def test_the_inspection_office_hears_of_it_the_day_after_the_deadline(settled: Reporting) -> None:
    before = [settled.remind(day) for day in ("2023-07-04", "2023-07-05")]

    after = settled.remind("2023-07-06")

    assert ["2023-06" in one.escalated_months for one in [*before, after]] == [False, False, True]
    page = (settled.settings.outbox / "INSPECTION" / "逾期督办_2023-07-06.html").read_text(encoding="utf-8")
    assert "2023-07-05 截止，已逾期 1 天" in page
    assert "牵头单位" in page


def test_what_stays_overdue_is_escalated_weekly_and_a_new_month_at_once(reporting: Reporting) -> None:
    days = [date(2023, 7, 6 + step) for step in range(9)] + [date(2023, 8, day) for day in (4, 5, 6, 7)]

    escalated = [str(day) for day in days if obligations.remind(reporting.settings, day).escalated_months]

    assert escalated == ["2023-07-06", "2023-07-13", "2023-08-04", "2023-08-06"]


def test_an_escalation_that_was_missed_is_made_up_for_on_the_next_day_that_runs(
    reporting: Reporting,
) -> None:
    reporting.remind("2023-07-01")

    assert "2023-06" in reporting.remind("2023-07-09").escalated_months


def test_the_channels_get_one_reminder_and_one_escalation_a_day(reporting: Reporting) -> None:
    reporting.remind("2023-07-05")
    reporting.remind("2023-07-06")

    assert sum(title.startswith("报送提醒（2023-07-05）") for title in reporting.messages()) == 1
    assert sum(title.startswith("逾期督办") for title in reporting.messages()) == 2
    assert notifications.open_incidents(reporting.settings) == []


def test_what_was_sent_is_on_record(reporting: Reporting) -> None:
    reporting.remind("2023-07-06")

    record = json.loads((reporting.settings.archive / "notices" / "2023-07-06.json").read_text())
    assert record["day"] == "2023-07-06"
    assert {one["organization_code"] for one in record["notified"]} >= {"ENVIRONMENT", "LABOUR"}
    assert "2023-06" in record["escalated_months"]


def _killed(*_: object) -> None:
    raise OSError("killed")
