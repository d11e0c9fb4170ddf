"""Every example of the analysts' page runs against a published edition."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.conftest import MONTH
from warehouse import editions
from warehouse.cli.main import run_command_line
from warehouse.settings import PROJECT, Settings

PAGE = (PROJECT / "docs" / "analysts.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def beside_var(published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder in which `var/` is the published home, as the examples expect."""
    (tmp_path / "var").symlink_to(published.home)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("sql", blocks("sql"))
def test_a_query_answers_with_rows(published: Settings, sql: str) -> None:
    answer = editions.query(editions.find(published, str(MONTH)), sql)

    assert answer.rows


@pytest.mark.parametrize("code", blocks("python"))
def test_a_piece_of_python_runs(beside_var: None, code: str) -> None:
    exec(compile(code, "docs/analysts.md", "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines()])
def test_a_command_answers(
    published: Settings, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program, *arguments = shlex.split(line)
    assert program == "minsheng"
    monkeypatch.setenv("MINSHENG_HOME", str(published.home))
    monkeypatch.setattr(sys, "argv", [program, *arguments])

    status = run_command_line()

    answer = capsys.readouterr()
    assert status == 0, answer.err
    assert answer.out.strip()


def test_every_metric_of_the_semantic_layer_is_named() -> None:
    files = (PROJECT / "dbt_project" / "models" / "semantic").glob("*.yml")
    metrics = {
        name
        for path in files
        for name in re.findall(
            r"^  - name: (\w+)\n    label", path.read_text().partition("\nmetrics:")[2], re.MULTILINE
        )
    }

    assert len(metrics) > 10
    assert {name for name in metrics if f"`{name}`" not in PAGE} == set()
