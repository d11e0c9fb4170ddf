from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Ended
from warehouse.settings import Settings
from warehouse.version import release


@pytest.fixture
def home(published: Settings, tmp_path: Path) -> Path:
    """A copy of the published home."""
    return shutil.copytree(published.home, tmp_path / "home", symlinks=True)


def test_a_home_as_it_was_recorded_is_counted(minsheng: Callable[..., Ended], home: Path) -> None:
    answer = minsheng("verify", "--json", home=home)

    assert answer.status == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert (found["editions"], found["archived_files"]) == (1, found["submissions"])


def test_a_figure_that_was_changed_is_named_before_anything_is_built_on_it(
    minsheng: Callable[..., Ended], home: Path
) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb")) as ledger:
        ledger.execute("update ledger.observations set value = value + 1 where row_number = 3")

    ended = [minsheng(*words, home=home) for words in (("verify",), ("build", "--period", "2023-12"))]

    assert [one.status for one in ended] == [1, 1]
    assert all("The ledger and its archive differ" in one.stderr for one in ended)


def test_an_archived_file_that_was_changed_is_named(minsheng: Callable[..., Ended], home: Path) -> None:
    kept = next((home / "archive").glob("[0-9a-f]" * 64))
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes() + b"\n")

    ended = minsheng("verify", home=home)

    assert ended.status == 1
    assert kept.name in ended.stderr


def test_the_release_is_told(minsheng: Callable[..., Ended], home: Path) -> None:
    assert minsheng("--version", home=home).stdout == f"minsheng {release()}\n"
