"""What the lock file pins: the list of licences is current, and an audit that could not ask says so."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from deployment import audit, licences
from warehouse.settings import PROJECT

ROW = re.compile(r"^\| ([^ |]+) \| ([^ |]+) \| [^|]+ \|$", re.MULTILINE)
VULNERABLE = {
    "name": "example",
    "version": "1.0",
    "vulns": [{"id": "EXAMPLE-2023-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}],
}


def test_the_list_of_licences_is_what_make_audit_writes() -> None:
    page = licences.DOCUMENT.read_text(encoding="utf-8")

    assert page == licences.render(licences.locked())


def test_every_package_of_the_lock_file_is_on_the_list_in_its_version() -> None:
    table, _ = licences.DOCUMENT.read_text(encoding="utf-8").split("\n## ")
    listed = dict(ROW.findall(table)[2:])

    assert listed == {one.name: one.version for one in licences.locked()}
    assert len(listed) > 100


def test_the_licence_of_each_package_is_allowed() -> None:
    names = [package.name for package in licences.locked()]

    assert len(names) > 100
    assert {name: licences.licence_of(name) for name in names if not licences.is_allowed(name)} == {}


def test_every_special_reason_is_that_of_a_package_in_use() -> None:
    assert licences.SPECIAL.keys() <= {one.name for one in licences.locked()}


def test_a_vulnerable_package_is_named_with_what_mends_it() -> None:
    assert audit.faults_of([VULNERABLE]) == ["example 1.0: EXAMPLE-2023-1, mended in 1.1"]


def test_a_package_that_the_service_does_not_know_is_not_taken_for_sound() -> None:
    (said,) = audit.faults_of([{"name": "example", "skip_reason": "not found"}])

    assert said.startswith("1 of 1 packages were not audited")


def test_an_audit_that_reaches_no_service_says_so_and_fails() -> None:
    nowhere = "http://127.0.0.1:9"
    environment = {
        **os.environ,
        "HTTPS_PROXY": nowhere,
        "https_proxy": nowhere,
        "NO_PROXY": "",
        "no_proxy": "",
    }

    asked = subprocess.run(
        [sys.executable, "-m", "deployment.audit"],
        cwd=PROJECT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )

    assert asked.returncode == 1
    assert asked.stderr.startswith("No vulnerability service could be reached, so nothing was audited")
