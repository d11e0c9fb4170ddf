"""Files damaged where they lie: it is said, nothing unsound is published, and the runbook mends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.delivered import HEADER, Delivered
from tests.faults.district import MONTH, District, tried, words_of
from warehouse import durable

pytestmark = pytest.mark.slow

# A DuckDB file opens where these are whole, and what is damaged behind them is met later.
DUCKDB_HEADERS = 3 * 4096


def alter(path: Path) -> None:
    """Turn over some bytes in every part of a file, as a sick disk does; a small one in its middle."""
    content = bytearray(path.read_bytes())
    for start in range(min(DUCKDB_HEADERS, len(content) // 2), len(content), 1 << 15):
        content[start : start + 64] = bytes(255 - byte for byte in content[start : start + 64])
    overwrite(path, bytes(content))


def cut(path: Path) -> None:
    """Lose the second half."""
    overwrite(path, path.read_bytes()[: path.stat().st_size // 2])


def replace(path: Path) -> None:
    """Put something else there."""
    overwrite(path, b"not what it was" * 1000)


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


DAMAGES = pytest.mark.parametrize("damage", tried([alter, cut, replace]), ids=lambda damage: damage.__name__)
Damage = Callable[[Path], None]


@pytest.fixture
def older(district: District, tmp_path: Path) -> Path:
    """A backup of the district, restored beside, as the runbook takes files from one."""
    district.complete("backup", str(tmp_path / "backup.tar"))
    restored = tmp_path / "restored"
    district.complete("restore", str(tmp_path / "backup.tar"), home=restored)
    return restored


@DAMAGES
def test_a_damaged_ledger_publishes_nothing_and_is_made_again_from_the_archive(
    district: District, older: Path, damage: Damage
) -> None:
    district.take_steps("ingest")
    damage(district.settings.ledger_file)
    district.deliver()

    said = district.fail("ingest")
    district.fail(*words_of("build"))
    district.fail(*words_of("run"))
    readers_meet = district.checker.faults_for_readers()
    again = district.settings.home / "again"
    shutil.copy(older / "warehouse.duckdb", district.settings.ledger_file)
    district.complete("rebuild-ledger", str(again))
    (again / "warehouse.duckdb").replace(district.settings.ledger_file)
    district.run()

    assert said.startswith("minsheng: The ledger ")
    assert readers_meet == []
    assert district.checker.faults() == []


@pytest.mark.parametrize("is_there", [True, False], ids=["an older ledger", "no ledger"])
def test_a_ledger_that_is_older_than_its_archive_is_refused_and_made_again(
    district: District, older: Path, is_there: bool
) -> None:
    district.take_steps("ingest")
    district.settings.ledger_file.unlink()
    if is_there:
        shutil.copy(older / "warehouse.duckdb", district.settings.ledger_file)
    else:
        district.complete("init")
    district.deliver()

    said = {words: district.fail(*words_of(words)) for words in ("ingest", "build", "run")}
    again = district.settings.home / "again"
    district.complete("rebuild-ledger", str(again))
    (again / "warehouse.duckdb").replace(district.settings.ledger_file)
    district.run()

    assert all("The ledger and its archive differ" in sentence for sentence in said.values())
    assert district.checker.faults() == []


@DAMAGES
def test_a_damaged_submission_in_the_archive_makes_no_backup_and_no_ledger(
    district: District, older: Path, tmp_path: Path, damage: Damage
) -> None:
    kept = district.settings.archive / district.checker.delivered[0].sha256
    damage(kept)

    said = district.fail("backup", str(tmp_path / "second.tar"))
    refused = district.fail("rebuild-ledger", str(tmp_path / "again"))
    shutil.copy(older / "archive" / kept.name, kept)
    district.complete("backup", str(tmp_path / "third.tar"))
    district.take_steps("ingest")

    assert kept.name in said
    assert kept.name in refused
    assert district.checker.faults_of_intake() == []


@DAMAGES
def test_a_damaged_receipt_holds_nothing_up_and_comes_again_with_the_same_file(
    district: District, damage: Damage
) -> None:
    whole = Delivered("LABOUR", f"{HEADER}\n{MONTH},EMP-001,999999001,7,\n".encode(), "own")
    district.drop(whole, "样例整份.csv")
    district.take_steps("ingest")
    (receipt,) = (district.settings.outbox / "LABOUR").glob(f"*.{whole.sha256[:12]}.receipt.json")
    damage(receipt)

    district.drop(whole, "样例整份.csv")
    district.take_steps("ingest")

    assert district.checker.faults_of_intake() == []


@DAMAGES
@pytest.mark.parametrize("file", tried(["minsheng.duckdb", "workbook.xlsx", "manifest.json"]))
def test_a_damaged_edition_is_named_and_comes_back_from_a_backup(
    district: District, older: Path, damage: Damage, file: str
) -> None:
    edition = district.settings.editions / "2023-04" / "r1"
    damage(edition / file)

    said = district.fail("editions", "verify")
    durable.remove(edition)
    shutil.copytree(older / "editions" / "2023-04" / "r1", edition)
    district.complete("editions", "verify")

    assert "2023-04/r1" in said
    assert district.checker.faults_for_readers() == []


@DAMAGES
# The gate blocks a candidate that it can open, and of which it can read no row.
@pytest.mark.parametrize(("step", "status"), tried([("publish", {1}), ("check", {1, 3})]))
def test_a_damaged_candidate_is_not_published_and_is_built_again(
    district: District, damage: Damage, step: str, status: set[int]
) -> None:
    damage(district.settings.candidate / "2023-04" / "minsheng.duckdb")

    district.fail(*words_of(step), status=status)
    readers_meet = district.checker.faults_for_readers()
    published = list(district.checker.published)
    district.run()

    assert readers_meet == []
    assert published == ["2023-04/r1"]
    assert district.checker.faults() == []
