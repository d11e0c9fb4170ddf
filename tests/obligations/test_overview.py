"""The board: months by departments, with what became of each month as a whole."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.obligations.conftest import Reporting
from warehouse import ledger, notifications, obligations
from warehouse.errors import LedgerBusyError, MinshengError
from warehouse.obligations import Board, Obligation
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

JUNE = Period(2023, 6)


@pytest.fixture
def on_10_july(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime.fromisoformat("2023-07-10T09:00:00")
    monkeypatch.setattr("warehouse.obligations.overview.now", lambda: moment)


def cell(board: Board, organization: str, period: str) -> Obligation | None:
    place = [month.period for month in board.months].index(period)
    return next(row for row in board.rows if row.organization_code == organization).cells[place]


def test_it_ends_with_the_newest_month_that_is_asked_for(reporting: Reporting, on_10_july: None) -> None:
    board = obligations.board(reporting.settings, months=3)

    assert [month.period for month in board.months] == ["2023-04", "2023-05", "2023-06"]


def test_it_begins_no_earlier_than_the_first_reported_month(reporting: Reporting, on_10_july: None) -> None:
    board = obligations.board(reporting.settings, months=12)

    assert board.months[0].period == "2023-03"


@pytest.mark.parametrize(("asked", "shown"), [(Period(2020, 1), "2023-03"), (Period(2030, 1), "2026-02")])
def test_a_month_outside_the_plan_shows_the_nearest_in_it(
    reporting: Reporting, asked: Period, shown: str
) -> None:
    assert obligations.board(reporting.settings, 1, asked).months[0].period == shown


def test_a_cell_says_what_came_of_a_departments_month_and_names_the_newest_file(
    reporting: Reporting, on_10_july: None
) -> None:
    reporting.send_all("2023-07-04", "2023-06")
    reporting.send("2023-07-07", "2023-06,AIR-001,,many,\n")

    june = cell(obligations.board(reporting.settings, 2, JUNE), "ENVIRONMENT", "2023-06")

    assert june is not None
    assert (june.standing, june.rows_refused) == ("complete", 1)
    receipt = obligations.receipt_of(reporting.settings, str(june.newest_submission_id))
    assert (receipt["file_name"], receipt["organization_name"]) == (
        "2023-07-07.csv",
        "示例市生态环境局示例区分局",
    )


def test_months_do_not_mix(reporting: Reporting, on_10_july: None) -> None:
    reporting.send_all("2023-07-04", "2023-06")

    board = obligations.board(reporting.settings, 2, JUNE)

    may, june = (cell(board, "ENVIRONMENT", period) for period in ("2023-05", "2023-06"))
    assert may is not None
    assert june is not None
    assert (may.standing, may.missing, june.standing) == ("overdue", 3, "complete")


def test_a_quarters_figures_are_owed_for_its_last_month_alone(reporting: Reporting, on_10_july: None) -> None:
    board = obligations.board(reporting.settings, 2, JUNE)

    may, june = (cell(board, "CIVIC", period) for period in ("2023-05", "2023-06"))
    assert june is not None
    assert june.expected > (may.expected if may else 0)


def test_open_incidents_stand_on_it(reporting: Reporting) -> None:
    notifications.report_incident(reporting.settings, "a cause", "磁盘将满", "还剩 2 GB", "docs/runbook.md")
    assert [one.cause for one in obligations.board(reporting.settings, 1).incidents] == ["a cause"]

    notifications.close_incident(reporting.settings, "a cause")
    assert obligations.board(reporting.settings, 1).incidents == []


def test_a_published_month_names_its_edition_and_a_checked_one_its_verdict(published: Settings) -> None:
    board = obligations.board(published, 2, Period(2023, 12))

    november, december = board.months
    assert (november.edition, november.gate) == (None, None)
    assert (december.edition, board.newest_edition) == ("2023-12/r1", "2023-12/r1")
    assert december.gate is not None
    assert december.gate.verdict == "passed"
    assert board.is_sample


def test_who_does_not_wait_is_told_that_a_writer_holds_the_ledger(reporting: Reporting) -> None:
    impatient = reporting.settings.model_copy(update={"lock_seconds": 0})

    with ledger.writing(reporting.settings), pytest.raises(LedgerBusyError):
        obligations.board(impatient, 1)


def test_a_receipt_that_is_not_there_is_said_to_be_missing(reporting: Reporting) -> None:
    with pytest.raises(MinshengError, match="no receipt of S-1"):
        obligations.receipt_of(reporting.settings, "S-1")


def test_a_home_without_a_plan_says_what_to_run(reporting: Reporting) -> None:
    empty = Settings(home=reporting.settings.home / "empty", plan=PROJECT / "seeds")
    with ledger.upgrading(empty):
        pass

    with pytest.raises(MinshengError, match="minsheng init"):
        obligations.board(empty, 1)
