"""What becomes of the real plan when a target is revised: the old version stays, with date and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.plan.conftest import Folder
from tests.plan.mingshan import SEEDS
from warehouse import ledger
from warehouse.plan import check, load
from warehouse.settings import Settings

TARGETS, REVISIONS = "targets.csv", "target_revisions.csv"


@pytest.fixture
def seeds(tmp_path: Path) -> Folder:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return Folder(tmp_path / "seeds")


def revise(seeds: Folder) -> None:
    """Raise the new urban jobs of three years to 7,000, as a district could decide."""
    header, *rows = seeds.rows(TARGETS)
    (old,) = [row for row in rows if row[0] == "G01-01"]
    new = dict(zip(header, old, strict=True)) | {"target_code": "G01-01-R2", "target_value": "7000"}
    seeds.write(TARGETS, [header, *rows, list(new.values())])
    seeds.change(TARGETS, "G01-01", "superseded_by", "G01-01-R2")
    seeds.append(REVISIONS, "G01-01,G01-01-R2,2024-06-30,样例审核人,样例：上半年完成好于预期。")


def test_a_revised_target_is_no_fault(seeds: Folder) -> None:
    revise(seeds)

    assert check(seeds.path) == []


def test_a_revision_that_the_target_does_not_name_is_a_fault(seeds: Folder) -> None:
    revise(seeds)

    seeds.change(TARGETS, "G01-01", "superseded_by", "")

    assert [fault.code for fault in check(seeds.path)] == ["revision_without_successor"]


def test_both_versions_and_the_reason_are_in_the_ledger(seeds: Folder, tmp_path: Path) -> None:
    with ledger.upgrading(Settings(home=tmp_path / "home")) as connection:
        before = load(connection, SEEDS)
        revise(seeds)
        after = load(connection, seeds.path)

        values = connection.execute(
            "select target_code, target_value::integer from plan.current_targets "
            "where target_code like 'G01-01%' order by all"
        ).fetchall()
        reasons = connection.execute(
            "select revised_on::varchar, reason_zh from plan.target_revisions"
        ).fetchall()
        versions = connection.execute("select plan_version from plan.versions order by sequence").fetchall()

    assert values == [("G01-01", 6000), ("G01-01-R2", 7000)]
    assert reasons == [("2024-06-30", "样例：上半年完成好于预期。")]
    assert versions == [(before,), (after,)]
