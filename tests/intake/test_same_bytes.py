"""A file with the same bytes as an earlier one: its rows decide whether it is judged again."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.intake.conftest import Home, rules_of, table
from warehouse.intake import inbox

A, B = "2025-03,JOBS,,210504002,100,,,,", "2025-03,JOBS,,210504002,120,,,,"
WITHDRAWAL = "2025-03,JOBS,,210504002,,,,,撤回"


def in_force(home: Home) -> int:
    ((value,),) = home.query(
        "select arg_max(value, (sequence, row_number)) from ledger.observations where indicator_code = 'JOBS'"
    )
    return int(value)


def test_a_file_that_was_replaced_counts_again_when_it_is_sent_again(home: Home) -> None:
    first, _, again = (home.send_rows(row) for row in (A, B, A))

    assert again["status"] == "accepted"
    assert again["submission_id"] == f"{first['submission_id']}-2"
    assert in_force(home) == 100


def test_it_has_a_receipt_of_its_own(home: Home) -> None:
    receipts = [home.send_rows(row) for row in (A, B, A)]

    names = {path.name for path in (home.settings.outbox / "LABOUR").glob("*.json")}

    digest = receipts[0]["sha256"][:12]
    assert {f"report.csv.{digest}.receipt.json", f"report.csv.{digest}.receipt-2.json"} <= names


def test_a_file_that_was_withdrawn_counts_again_when_it_is_sent_again(home: Home) -> None:
    home.send_rows(A)
    home.send_rows(WITHDRAWAL)

    assert home.send_rows(A)["status"] == "accepted"
    assert in_force(home) == 100


def test_the_same_three_files_in_one_run_end_in_the_same_place(home: Home) -> None:
    for name, row in (("1.csv", A), ("2.csv", B), ("3.csv", A)):
        home.drop(name, table(row))

    statuses = [one.status for one in home.take_in().submissions]

    assert statuses == ["accepted", "accepted", "accepted"]
    assert in_force(home) == 100


def test_what_is_in_force_leaves_no_new_observation(home: Home) -> None:
    other = "2025-04,JOBS,,210504002,7,,,,"
    home.send_rows(A, other)
    home.send_rows(B)

    again = home.send_rows(A, other)

    assert again["rows"]["accepted"] == 2
    assert home.query("select count(*) from ledger.observations where period = '2025-04'") == [(1,)]


def test_a_refused_file_is_judged_again_when_its_month_has_come(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "2999-01,JOBS,,210504002,12,,,,"
    early = home.send_rows(row)
    in_february = datetime.fromisoformat("2999-02-04 09:00:00")
    monkeypatch.setattr(inbox, "now", lambda: in_february)

    due = home.send_rows(row)

    assert rules_of(early["refusals"]) == ["period_in_future"]
    assert (due["status"], in_force(home)) == ("accepted", 12)


@pytest.mark.parametrize("name", ["月报　十月.csv", "月报\u00a0十月.csv", "👩\u200d🏫.csv", "\ue000.csv"])
def test_blanks_and_signs_of_any_script_are_ordinary_in_a_name(home: Home, name: str) -> None:
    receipt = home.send(table(A), name=name)

    assert (receipt["status"], receipt["file_name"]) == ("accepted", name)


@pytest.mark.parametrize("name", ["十月\u202e月报.csv", "十月\n.csv"])
def test_what_turns_or_breaks_a_name_is_refused_and_the_renamed_file_is_taken(home: Home, name: str) -> None:
    refused = home.send(table(A), name=name)
    renamed = home.send(table(A), name="十月.csv")

    assert rules_of(refused["refusals"]) == ["file_name"]
    assert (renamed["status"], in_force(home)) == ("accepted", 100)
