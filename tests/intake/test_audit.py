"""`minsheng intake-audit`: every file of a folder gets an outcome, also one that intake does not survive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import HEADER, Home
from tests.intake.test_xlsx import GOOD, rows, workbook
from warehouse.intake import audit
from warehouse.intake.report import RowCounts, Taken
from warehouse.settings import Settings

MINSHENG = Path(sys.executable).with_name("minsheng")
PLAN = Path(__file__).parents[1] / "plans" / "minimal"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", plan=PLAN)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "深").mkdir(parents=True)
    (folder / "other.csv").write_text("a,b\n1,2\n\n", encoding="utf-8")
    (folder / "深" / "broken.XLSX").write_bytes(workbook(rows(GOOD))[:500])
    (folder / "notes.md").write_text("no table", encoding="utf-8")
    (folder / "link.csv").symlink_to(folder / "other.csv")
    return folder


def test_each_table_of_the_folder_gets_its_outcome(settings: Settings, corpus: Path) -> None:
    audited = {one.file: one for one in audit.audit(settings, corpus, most_seconds=60)}

    assert {file: (one.outcome, one.reason) for file, one in audited.items()} == {
        "other.csv": ("refused", "missing_columns"),
        "深/broken.XLSX": ("refused", "broken_workbook"),
    }
    assert audited["other.csv"].rows == RowCounts(read=3, refused=2, blank=1)
    assert not settings.home.exists()


def crash(_settings: Settings) -> None:
    os._exit(7)


def hang(_settings: Settings) -> None:
    time.sleep(60)


@pytest.mark.parametrize(("fault", "outcome"), [(crash, "crashed"), (hang, "timed_out")])
def test_a_crash_and_a_hang_are_outcomes_and_the_next_file_follows(
    settings: Settings, corpus: Path, monkeypatch: Any, fault: Any, outcome: str
) -> None:
    # The child is forked, so that it has the fault too.
    monkeypatch.setattr(audit, "take_in", fault)
    monkeypatch.setattr(audit, "_START", "fork")

    audited = list(audit.audit(settings, corpus, most_seconds=1))

    assert [one.outcome for one in audited] == [outcome, outcome]
    assert all(one.is_fault for one in audited)


@pytest.mark.parametrize(
    ("counts", "fault"),
    [
        (RowCounts(read=3, accepted=1, non_data=1), "sum"),
        (RowCounts(read=3, accepted=2, non_data=1), "ledger"),
        (RowCounts(read=3, accepted=1, refused=1, non_data=1), "not told"),
    ],
)
def test_what_does_not_add_up_is_unaccounted(home: Home, counts: RowCounts, fault: str) -> None:
    home.drop("a.csv", f"{HEADER}\n2025-03,AIR,,,95,,,,\n")
    (taken,) = home.take_in().submissions
    assert audit._fault(home.settings, taken) is None

    wrong = Taken(**vars(taken) | {"rows": counts})

    assert fault in (audit._fault(home.settings, wrong) or "")


def test_the_command_answers_in_json_and_fails_only_for_faults(corpus: Path, tmp_path: Path) -> None:
    arguments = ["intake-audit", str(corpus), "--json", "--plan", str(PLAN), "--home", str(tmp_path / "home")]

    result = subprocess.run([MINSHENG, *arguments], capture_output=True, text=True, check=False, timeout=120)

    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert answer["totals"] == {"refused": 2}
    assert {one["file"]: one["outcome"] for one in answer["files"]}["other.csv"] == "refused"
