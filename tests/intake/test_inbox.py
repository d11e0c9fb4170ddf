from __future__ import annotations

import fcntl
import os
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import HEADER, Home, rules_of
from warehouse.intake import inbox

GOOD = f"{HEADER}\n2025-03,JOBS,,210504002,12,,,,\n"


def left(home: Home) -> dict[str, str]:
    return {one.file_name: one.reason for one in home.take_in().left}


def patient(home: Home, seconds: float) -> Home:
    return replace(home, settings=home.settings.model_copy(update={"stable_seconds": seconds}))


def test_a_file_named_as_unfinished_is_left(home: Home) -> None:
    for name in (".hidden.csv", "~$open.xlsx", "a.csv.part", "b.CRDOWNLOAD", "c.tmp"):
        home.drop(name, GOOD)

    assert len(left(home)) == 5
    assert home.observations() == []


def test_a_file_that_a_program_holds_open_for_writing_is_left(home: Home) -> None:
    with (home.settings.inbox / "LABOUR" / "growing.csv").open("w") as stream:
        stream.write(GOOD)
        stream.flush()

        assert left(home) == {"growing.csv": "still being written"}

    assert len(home.take_in().submissions) == 1


def test_where_the_system_has_no_leases_a_file_is_taken_once_it_lies_still(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on macOS, which has neither.
    monkeypatch.delattr(fcntl, "F_SETLEASE")
    monkeypatch.delattr(fcntl, "F_SETSIG")
    home.drop("still.csv", GOOD)

    assert len(home.take_in().submissions) == 1


def test_a_file_that_grows_while_watched_is_left(home: Home) -> None:
    path = home.drop("growing.csv", GOOD)

    is_answered = threading.Event()

    def grow() -> None:
        while not is_answered.wait(0.02):
            with path.open("a") as stream:
                stream.write("2025-04,JOBS,,210504002,12,,,,\n")

    writer = threading.Thread(target=grow)
    writer.start()
    report = patient(home, 0.4).take_in()
    is_answered.set()
    writer.join()

    assert [one.reason for one in report.left] == ["still being written"]
    assert report.submissions == []


def test_a_young_file_is_taken_once_it_has_lain_still(home: Home) -> None:
    home.drop("young.csv", GOOD)
    begun = time.monotonic()

    assert len(patient(home, 0.3).take_in().submissions) == 1
    assert time.monotonic() - begun >= 0.25


def test_links_and_pipes_are_refused_with_a_receipt_and_never_opened(home: Home, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(GOOD)
    (home.settings.inbox / "LABOUR" / "link.csv").symlink_to(secret)
    os.mkfifo(home.settings.inbox / "LABOUR" / "pipe.csv")

    taken = home.take_in().submissions

    assert {one.file_name: rules_of(home.receipt(one)["refusals"]) for one in taken} == {
        "link.csv": ["not_a_file"],
        "pipe.csv": ["not_a_file"],
    }
    assert secret.exists()
    assert home.observations() == []


def test_a_file_of_a_gigabyte_is_refused_within_seconds(home: Home) -> None:
    with (home.settings.inbox / "LABOUR" / "huge.csv").open("wb") as stream:
        stream.truncate(10**9)
    begun = time.monotonic()

    (taken,) = home.take_in().submissions

    assert rules_of(home.receipt(taken)["refusals"]) == ["file_too_large"]
    assert time.monotonic() - begun < 5
    assert sum(path.stat().st_size for path in home.settings.archive.rglob("huge.csv")) == 10**9


def test_folders_and_unknown_departments_are_told_and_left(home: Home) -> None:
    (home.settings.inbox / "LABOUR" / "more").mkdir()
    stranger = home.settings.inbox / "STRANGER"
    stranger.mkdir()
    (stranger / "a.csv").write_text(GOOD)

    report = home.take_in()

    assert {(one.organization_code, one.file_name) for one in report.left} == {
        ("LABOUR", "more"),
        ("STRANGER", ""),
    }
    assert (stranger / "a.csv").exists()


def test_names_that_are_no_text_are_refused_with_a_receipt(home: Home) -> None:
    folder = os.fsencode(home.settings.inbox / "LABOUR")
    for name in (b"line\nbreak.csv", b"\xff\xfe.csv", ("长" * 80).encode() + b".csv"):
        Path(os.fsdecode(folder + b"/" + name)).write_text(GOOD)

    taken = home.take_in().submissions

    assert [rules_of(home.receipt(one)["refusals"]) for one in taken] == [["file_name"]] * 3


def test_files_are_taken_in_the_order_in_which_they_came(home: Home) -> None:
    for name, value in (("z.csv", 1), ("m.csv", 2), ("a.csv", 3)):
        home.drop(name, GOOD.replace(",12,", f",{value},"))
        time.sleep(0.02)

    home.take_in()

    assert home.query("select file_name from ledger.submissions order by sequence") == [
        ("z.csv",),
        ("m.csv",),
        ("a.csv",),
    ]


def test_a_file_that_vanishes_while_the_inbox_is_looked_at_stops_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = home.drop("gone.csv", GOOD)
    home.drop("stays.csv", GOOD)
    listed = os.scandir

    def vanishing(folder: Path) -> Any:
        entries = listed(folder)
        gone.unlink(missing_ok=True)
        return entries

    monkeypatch.setattr(inbox.os, "scandir", vanishing)

    assert [one.file_name for one in home.take_in().submissions] == ["stays.csv"]


def test_a_folder_that_cannot_be_looked_into_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.scandir

    def refused(folder: Path) -> Any:
        if Path(folder).name == "LABOUR":
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(inbox.os, "scandir", refused)

    reasons = {one.organization_code: one.reason for one in home.take_in().left}

    assert reasons["LABOUR"] == "the folder cannot be looked into (Permission denied)"
