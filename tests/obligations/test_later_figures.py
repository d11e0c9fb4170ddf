"""What others publish later: the figure of the year 2023 is due in the round of February 2024."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.obligations.conftest import Reporting
from warehouse import obligations
from warehouse.obligations import Obligation
from warehouse.periods import Period

DECEMBER, FEBRUARY = Period(2023, 12), Period(2024, 2)
LATER = "2023-12,EDU-002,,5200,\n"


def owed_by_civic(reporting: Reporting, period: Period) -> Obligation:
    found = obligations.status(reporting.settings, period).organizations
    return next(one for one in found if one.organization_code == "CIVIC")


def is_missing(one: Obligation, indicator: str, period: str) -> bool:
    return (indicator, period) in {
        (figure["indicator_code"], figure["period"]) for figure in one.missing_figures
    }


def test_it_is_owed_in_the_round_in_which_it_is_due_under_its_own_month(reporting: Reporting) -> None:
    december, february = (owed_by_civic(reporting, month) for month in (DECEMBER, FEBRUARY))

    assert not is_missing(december, "EDU-002", "2023-12")
    assert is_missing(february, "EDU-002", "2023-12")
    assert is_missing(february, "SOC-001", "2024-02")


def test_it_is_in_time_until_the_deadline_of_its_round(reporting: Reporting) -> None:
    before = owed_by_civic(reporting, FEBRUARY)
    reporting.send("2024-03-05", LATER, organization="CIVIC")

    after = owed_by_civic(reporting, FEBRUARY)

    assert not is_missing(after, "EDU-002", "2023-12")
    assert (after.received, after.on_time) == (before.received + 1, before.on_time + 1)


def test_its_file_is_about_the_round(reporting: Reporting) -> None:
    reporting.send("2024-03-01", LATER, "2023-12,EDU-002,,many,\n", organization="CIVIC")

    december, february = (owed_by_civic(reporting, month) for month in (DECEMBER, FEBRUARY))

    assert (december.rows_refused, february.rows_refused) == (0, 1)
    assert (december.newest_submission_id is None, february.newest_submission_id is None) == (True, False)


def test_the_receipt_says_what_else_is_due_in_the_round(reporting: Reporting) -> None:
    reporting.send("2024-03-01", LATER, organization="CIVIC")

    newest = str(owed_by_civic(reporting, FEBRUARY).newest_submission_id)
    missing = obligations.receipt_of(reporting.settings, newest)["missing"]

    assert ("SOC-001", "2024-02", "2024-03-05") in {
        (one["indicator_code"], one["period"], one["deadline"]) for one in missing
    }
    assert ("EDU-002", "2023-12") not in {(one["indicator_code"], one["period"]) for one in missing}


def test_the_receipt_asks_for_the_base_that_the_first_report_needs(reporting: Reporting) -> None:
    reporting.send("2024-03-01", LATER, organization="CIVIC")

    newest = str(owed_by_civic(reporting, FEBRUARY).newest_submission_id)
    missing = obligations.receipt_of(reporting.settings, newest)["missing"]

    assert ("EDU-002", "2022-12") in {(one["indicator_code"], one["period"]) for one in missing}


def test_a_receipt_of_the_month_asks_for_it_by_its_own_month(reporting: Reporting) -> None:
    reporting.send("2024-03-01", "2024-02,SOC-001,,700,\n", organization="CIVIC")

    newest = str(owed_by_civic(reporting, FEBRUARY).newest_submission_id)
    missing = obligations.receipt_of(reporting.settings, newest)["missing"]

    assert ("EDU-002", "2023-12") in {(one["indicator_code"], one["period"]) for one in missing}


def test_the_notice_names_the_month_that_it_is_of(reporting: Reporting) -> None:
    reporting.remind("2024-03-01")

    assert '<td>生均公用经费</td><td class="period">2023-12</td>' in reporting.notice("CIVIC")


def test_the_month_that_is_asked_about_by_default_is_the_newest_round(reporting: Reporting) -> None:
    reporting.send("2024-01-04", "2023-12,SOC-001,,700,\n", organization="CIVIC")
    before = obligations.status(reporting.settings).period
    reporting.send("2024-03-01", LATER, organization="CIVIC")

    assert (before, obligations.status(reporting.settings).period) == ("2023-12", "2024-02")


def test_the_board_ends_with_the_last_round_of_the_plan(
    reporting: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime.fromisoformat("2030-01-10T09:00:00")
    monkeypatch.setattr("warehouse.obligations.overview.now", lambda: moment)

    months = obligations.board(reporting.settings, months=3).months

    assert [month.period for month in months] == ["2025-12", "2026-01", "2026-02"]
    assert [month.deadline is None for month in months] == [False, True, False]
