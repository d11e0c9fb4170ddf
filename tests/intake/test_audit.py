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

from tests.intake.conftest import Home, table
from tests.intake.test_xlsx import GOOD, rows, workbook
from warehouse.intake import audit
from warehouse.intake.report import RowCounts, Taken
from warehouse.settings import Settings

MINSHENG = Path(sys.executable).with_name("minsheng")
PLAN = Path(__file__).parents[1] / "plans" / "minimal"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "深").mkdir(parents=True)
    (folder / "other.csv").write_text("a,b\n1,2\n\n", encoding="utf-8")
    (folder / "深" / "broken.XLSX").write_bytes(workbook(rows(GOOD))[:500])
    (folder / "notes.md").write_text("no table", encoding="utf-8")
    (folder / "link.csv").symlink_to(folder / "other.csv")
    return folder


@pytest.fixture(scope="module")
def answer(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command says of the folder; it leaves no home behind, and a refused file is no fault."""
    home = tmp_path_factory.mktemp("audit") / "home"
    arguments = ["intake-audit", str(corpus), "--json", "--plan", str(PLAN), "--home", str(home)]
    result = subprocess.run([MINSHENG, *arguments], capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stderr
    assert not home.exists()
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def test_each_table_of_the_folder_gets_its_outcome(answer: dict[str, Any]) -> None:
    audited = {one["file"]: one for one in answer["files"]}

    assert {file: (one["outcome"], one["reason"]) for file, one in audited.items()} == {
        "other.csv": ("refused", "missing_columns"),
        "深/broken.XLSX": ("refused", "broken_workbook"),
    }
    assert audited["other.csv"]["rows"] == vars(RowCounts(read=3, refused=2, blank=1))


def test_the_outcomes_are_added_up(answer: dict[str, Any]) -> None:
    assert answer["totals"] == {"refused": 2}


def crash(_settings: Settings) -> None:
    os._exit(7)


def hang(_settings: Settings) -> None:
    time.sleep(60)


@pytest.mark.parametrize(
    ("fault", "outcome", "most_seconds"), [(crash, "crashed", 60), (hang, "timed_out", 0.3)]
)
def test_a_crash_and_a_hang_are_outcomes_and_the_next_file_follows(
    corpus: Path, tmp_path: Path, monkeypatch: Any, fault: Any, outcome: str, most_seconds: float
) -> None:
    # The child is forked, so that it has the fault too.
    monkeypatch.setattr(audit, "take_in", fault)
    monkeypatch.setattr(audit, "_START", "fork")
    settings = Settings(home=tmp_path / "home", plan=PLAN)

    audited = list(audit.audit(settings, corpus, most_seconds))

    assert [one.outcome for one in audited] == [outcome, outcome]
    assert all(one.is_fault for one in audited)


def test_what_does_not_add_up_is_unaccounted(home: Home) -> None:
    wrong = {
        "sum": RowCounts(read=3, accepted=1, non_data=1),
        "ledger": RowCounts(read=3, accepted=2, non_data=1),
        "not told": RowCounts(read=3, accepted=1, refused=1, non_data=1),
    }
    home.drop("a.csv", table("2025-03,AIR,,,95,,,,"))
    (taken,) = home.take_in().submissions
    assert audit._fault(home.settings, taken) is None

    faults = {
        fault: audit._fault(home.settings, Taken(**vars(taken) | {"rows": counts})) or ""
        for fault, counts in wrong.items()
    }

    assert {fault: said for fault, said in faults.items() if fault not in said} == {}


def run_audit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    words = ["intake-audit", str(folder), "--json", "--plan", str(PLAN), *arguments]
    return subprocess.run([MINSHENG, *words], capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder with a file whose headings are another office's, and what they mean beside it."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.csv").write_text("Mois,Code,Chiffre\n2023-12,EMP-001,5\n", encoding="utf-8")
    meant = "heading,column\nMois,period\nChiffre,value\n"
    (tmp_path / "headings.csv").write_text(meant, encoding="utf-8")
    return tmp_path


def test_a_file_with_other_headings_reaches_the_ledger_as_an_organizations(foreign: Path) -> None:
    meant = str(foreign / "headings.csv")

    answer = run_audit(foreign / "files", "--as-organization", "LABOUR", "--headings", meant)

    (file,) = json.loads(answer.stdout)["files"]
    assert (file["outcome"], file["rows"]["accepted"] + file["rows"]["warned"]) == ("loaded", 1)


def test_an_organization_that_the_plan_lacks_is_one_sentence(foreign: Path) -> None:
    answer = run_audit(foreign / "files", "--as-organization", "NOBODY")

    assert answer.returncode == 2
    assert "no organization NOBODY" in answer.stderr


def test_a_heading_that_is_to_mean_no_column_is_one_sentence(foreign: Path) -> None:
    (foreign / "headings.csv").write_text("heading,column\nMois,month\n", encoding="utf-8")

    answer = run_audit(foreign / "files", "--headings", str(foreign / "headings.csv"))

    assert answer.returncode == 2
    assert "month is no column of a submission" in answer.stderr
