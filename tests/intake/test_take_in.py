from __future__ import annotations

import pytest

from tests.intake.conftest import HEADER, Home, rules_of

ROW = "2025-03,JOBS,新增就业,210504002,12,,,,"


def test_a_sound_row_reaches_the_ledger(home: Home) -> None:
    receipt = home.send_rows(ROW)

    assert receipt["status"] == "accepted"
    assert home.observations() == [("JOBS", "210504002", "2025-03", "figure", 12, None, None)]


def test_every_row_of_the_file_is_counted_once(home: Home) -> None:
    receipt = home.send(f"标题\n\n{HEADER}\n{ROW}\n2025-03,WRONG,,,1,,,,\n,,,,,,,,\n合计,,,,13,,,,\n")

    assert receipt["rows"] == {
        "read": 7,
        "accepted": 1,
        "warned": 0,
        "refused": 1,
        "blank": 2,
        "non_data": 3,
    }


def test_a_bad_row_holds_back_no_good_one(home: Home) -> None:
    receipt = home.send_rows("2025-03,JOBS,,210504004,many,,,,", ROW)

    assert receipt["status"] == "accepted_in_part"
    assert [(one["row"], one["column"], one["text"]) for one in receipt["refusals"]] == [(2, "数值", "many")]
    assert len(home.observations()) == 1


def test_a_bad_file_holds_back_no_other(home: Home) -> None:
    home.drop("broken.xlsx", b"PK\x03\x04 and then nothing")
    home.drop("good.csv", f"{HEADER}\n{ROW}\n")

    statuses = {one.file_name: one.status for one in home.take_in().submissions}

    assert statuses == {"broken.xlsx": "refused", "good.csv": "accepted"}


def test_the_same_bytes_again_are_a_duplicate_and_change_nothing(home: Home) -> None:
    first, again = home.send_rows(ROW), home.send_rows(ROW)

    assert again["status"] == "duplicate"
    assert again | {"status": first["status"], "received_at": first["received_at"]} == first
    assert home.query("select count(*) from ledger.submissions") == [(1,)]
    assert len(home.observations()) == 1


def test_two_copies_in_one_run_are_one_submission(home: Home) -> None:
    home.drop("a.csv", f"{HEADER}\n{ROW}\n")
    home.drop("b.csv", f"{HEADER}\n{ROW}\n")

    statuses = [one.status for one in home.take_in().submissions]

    assert statuses == ["accepted", "duplicate"]
    assert len(home.observations()) == 1


def test_the_same_bytes_from_another_department_are_its_own_submission(home: Home) -> None:
    home.send_rows(ROW)
    other = home.send_rows(ROW, organization="HEALTH")

    assert other["status"] == "refused"
    assert rules_of(other["refusals"]) == ["not_your_indicator"]


def test_a_later_file_comes_after_in_the_chain(home: Home) -> None:
    home.send_rows(ROW)
    home.send_rows("2025-03,JOBS,,210504002,15,,,,")

    assert home.query("select sequence, value from ledger.observations order by 1") == [(1, 12), (2, 15)]


def test_taking_in_again_changes_nothing(home: Home) -> None:
    home.send_rows(ROW)

    assert home.take_in().submissions == []
    assert len(home.observations()) == 1


def test_the_archive_has_the_file_byte_for_byte(home: Home) -> None:
    content = f"{HEADER}\n{ROW}\n".encode("gb18030")
    receipt = home.send(content)

    kept = home.settings.archive / receipt["sha256"]
    assert kept.read_bytes() == content
    assert kept.stat().st_mode & 0o222 == 0


def test_without_a_plan_nobody_can_submit(home: Home) -> None:
    from warehouse import ledger
    from warehouse.errors import MinshengError

    with ledger.writing(home.settings) as connection:
        connection.execute("delete from plan.versions")

    with pytest.raises(MinshengError, match="minsheng init"):
        home.take_in()
