"""The package works without a checkout: what the wheel holds makes a home and publishes a month."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.settings import PROJECT
from warehouse.version import code_version

MAIN = "from warehouse.cli.entry import main; main()"
MINIMAL = PROJECT / "tests" / "plans" / "minimal"


@pytest.fixture(scope="module")
def minsheng(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python with the unpacked wheel before all else, in an empty folder."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run([sys.executable, *build], cwd=PROJECT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "installed")
    empty = folder / "empty"
    empty.mkdir()
    variables = {name: value for name, value in os.environ.items() if not name.startswith("MINSHENG_")}
    variables |= {"PYTHONPATH": str(folder / "installed"), "MINSHENG_BROWSER": ""}

    def run(*words: str, code: str = MAIN) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *words]
        return subprocess.run(command, check=False, cwd=empty, env=variables, capture_output=True, text=True)

    return run


@pytest.mark.slow
def test_a_month_goes_from_an_empty_folder_to_an_edition(
    minsheng: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    for words in (["init"], ["sample", "--through", "2023-04"], ["run", "--period", "2023-04"]):
        done = minsheng(*words, "--plan", str(MINIMAL))
        assert done.returncode == 0, done.stderr

    where = minsheng(code="from warehouse.settings import Settings; print(Settings().home)").stdout.strip()

    assert (Path(where).name, Path(where).parent.name) == ("var", "empty")
    assert (Path(where) / "editions" / "2023-04" / "r1" / "report.html").exists()


def test_it_brings_the_shipped_plan_the_catalogue_and_the_same_code(
    minsheng: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    checked = minsheng("plan", "check")
    in_chinese = minsheng(code=f"import os; os.environ['LANGUAGE'] = 'zh'\n{MAIN}")
    version = minsheng(code="from warehouse.version import code_version; print(code_version())")

    assert checked.returncode == 0, checked.stderr
    assert "Usage" not in in_chinese.stdout
    assert "用法" in in_chinese.stdout
    assert version.stdout.strip() == code_version()


def test_a_checkout_may_lie_in_a_path_with_blanks(tmp_path: Path) -> None:
    checkout = tmp_path / "my project"
    checkout.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(PROJECT / name, checkout)

    said = subprocess.run(
        ["make", "--dry-run", "install"], cwd=checkout, check=True, capture_output=True, text=True
    )

    words = shlex.split(said.stdout.replace("\\\n", " "))
    assert words.count(f"VIRTUAL_ENV={checkout}/.venv") == 2
