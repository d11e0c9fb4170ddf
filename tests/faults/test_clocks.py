"""A clock that is wrong, moves back, or stands in another zone: order and figures stay as they are."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.district import District, tried, words_of
from tests.services.programs import required
from warehouse import ledger
from warehouse.intake import inbox

pytestmark = pytest.mark.slow

# What tells the moment of publication, and DuckDB's file, whose bytes differ from copy to copy.
_TELL_WHEN = {
    "anchor.html",
    "manifest.json",
    "datapackage.json",
    "indicator_progress.csv-metadata.json",
    "minsheng.duckdb",
}


def run_at(district: District, shift: str, zone: str, *words: str) -> None:
    """Run `minsheng` in a process whose whole clock is shifted and whose zone is another."""
    program = required(shutil.which("faketime"), "faketime")
    given = ["--home", str(district.settings.home), "--plan", str(district.settings.plan)]
    command = [program, "-f", shift, str(Path(sys.executable).with_name("minsheng")), *words, *given]
    environment = {**os.environ, **district.environment, "TZ": zone}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def published_bytes(district: District) -> dict[str, str]:
    """The hash of each file of the current edition that does not tell when it was published."""
    current = district.settings.editions / "current"
    return {
        str(path.relative_to(current)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(current.rglob("*"))
        if path.is_file() and path.name not in _TELL_WHEN
    }


def content_of(district: District) -> str:
    manifest = json.loads((district.settings.editions / "current" / "manifest.json").read_text("utf-8"))
    return str(manifest["content_sha256"])


@pytest.mark.parametrize(
    ("shift", "zone"), tried([("-400d", "America/Los_Angeles"), ("+400d", "Pacific/Kiritimati")])
)
def test_the_same_inputs_give_the_same_edition_under_another_clock_and_zone(
    checked_district: District, tmp_path: Path, shift: str, zone: str
) -> None:
    elsewhere = checked_district.copied(tmp_path / "elsewhere")

    checked_district.take_steps("publish")
    # The whole month once more: the candidate is built and checked by the other clock too.
    run_at(elsewhere, shift, zone, *words_of("run"))

    assert content_of(elsewhere) == content_of(checked_district)
    assert published_bytes(elsewhere) == published_bytes(checked_district)
    assert elsewhere.checker.faults() == []
    assert list(elsewhere.checker.published) == ["2023-04/r1", "2023-04/r2"]


@pytest.mark.parametrize("shift", tried(["-3d", "-2h", "+3d"]))
def test_after_the_clock_moved_the_later_report_still_replaces_the_earlier(
    district: District, shift: str
) -> None:
    district.take_steps("ingest")
    district.deliver()

    run_at(district, shift, "UTC", "ingest")

    assert district.checker.faults_of_intake() == []


def test_what_was_claimed_before_the_clock_moved_back_comes_before_what_came_after(
    district: District,
) -> None:
    with ledger.reading(district.settings) as connection:
        codes = connection.execute("select organization_code from plan.current_organizations").fetchall()
    # An intake that is killed here leaves its files claimed.
    inbox.claim(district.settings, {code for (code,) in codes})
    district.deliver()

    run_at(district, "-2h", "Asia/Shanghai", "ingest")

    assert district.checker.faults_of_intake() == []
