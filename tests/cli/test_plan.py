from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

MINSHENG = Path(sys.executable).with_name("minsheng")
MINIMAL = Path(__file__).parent.parent / "plans" / "minimal"


def plan(home: Path, command: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"MINSHENG_HOME": str(home), "MINSHENG_PLAN": str(MINIMAL)}
    return subprocess.run(
        [MINSHENG, "plan", command, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=60,
    )


def check(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return plan(home, "check", *arguments)


def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    shutil.copytree(MINIMAL, folder)
    rules = folder / "status_rules.csv"
    rules.write_text(rules.read_text(encoding="utf-8").replace("yellow", "黄"), encoding="utf-8")
    return folder


def test_a_clean_plan_is_summed_up(tmp_path: Path) -> None:
    result = check(tmp_path)

    assert result.returncode == 0, result.stderr
    assert "no fault" in result.stdout
    assert "23 targets (12 at_least" in result.stdout


def test_a_fault_is_one_line_and_the_status_is_1(tmp_path: Path) -> None:
    result = check(tmp_path, broken(tmp_path))

    assert result.returncode == 1
    assert result.stdout.splitlines()[0] == (
        "status_rules.csv:3:light: '黄' is no light: it is one of green, yellow, red, grey [unknown_word]"
    )
    assert "1 fault in 1 file" in result.stderr


def test_faults_come_in_json_too(tmp_path: Path) -> None:
    result = check(tmp_path, broken(tmp_path), "--json")

    answer = json.loads(result.stdout)
    assert result.returncode == 1
    assert [(fault["file"], fault["line"], fault["column"], fault["code"]) for fault in answer["faults"]] == [
        ("status_rules.csv", 3, "light", "unknown_word")
    ]
    assert answer["plan_version"] is None
    assert answer["counts"]["faults"] == 1


def test_a_clean_plan_names_its_version_in_json(tmp_path: Path) -> None:
    answer = json.loads(check(tmp_path, "--json").stdout)

    assert answer["faults"] == []
    assert len(answer["plan_version"]) == 64
    assert answer["counts"]["targets_by_comparator"]["at_least"] == 12


def test_the_index_is_printed_as_a_page_and_in_json(tmp_path: Path) -> None:
    page = plan(tmp_path, "index")
    answer = json.loads(plan(tmp_path, "index", "--json").stdout)

    assert page.stdout.startswith("# Index of the plan")
    assert any("G01-01" in sentence["target_codes"] for sentence in answer["sentences"])


def test_a_plan_with_faults_is_not_indexed(tmp_path: Path) -> None:
    result = plan(tmp_path, "index", broken(tmp_path))

    assert (result.returncode, result.stdout) == (1, "")
    assert "plan check" in result.stderr
