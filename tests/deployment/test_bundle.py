"""The bundle for a server without a network: whole by its digests, and installed without asking anybody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from deployment import bundle
from tests.deployment.pages import typed

pytestmark = pytest.mark.slow
# Small ones that need no others: what is tested is how they are carried, not what they are.
PACKAGES = ("six", "pytimeparse")
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unpacked bundle, of a lock with two packages, without images."""
    folder = tmp_path_factory.mktemp("bundle")
    lock = folder / "server.lock"
    text = bundle.LOCK.read_text(encoding="utf-8")
    blocks = [re.search(rf"^{name}==.*?(?=^\S)", text, re.M | re.S) for name in PACKAGES]
    lock.write_text("".join(block[0] for block in blocks if block), encoding="utf-8")
    made = bundle.write(folder, images=False, lock=lock)
    with tarfile.open(made) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.glob("minsheng-*-bundle"))


def test_every_file_has_its_digest(unpacked: Path) -> None:
    _, check = typed("offline.md", "## Installing it")[0].split("cd minsheng-*-bundle\n")

    subprocess.run(["sh", "-euc", check], cwd=unpacked, check=True)

    listed = {line.split("  ", 1)[1] for line in (unpacked / "SHA256SUMS").read_text().splitlines()}
    there = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert listed == there - {"SHA256SUMS"}


def test_a_file_that_was_altered_on_the_way_is_found(unpacked: Path) -> None:
    plan = unpacked / "checkout" / "seeds" / "plan.csv"
    before = plan.read_bytes()
    plan.write_bytes(before + b"x")

    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=unpacked, check=False)

    plan.write_bytes(before)
    assert checked.returncode != 0


def test_what_it_holds_is_installed_where_there_is_no_network(unpacked: Path) -> None:
    install = typed("offline.md", "## Installing it")[2].splitlines()[:3]
    script = "\n".join(install).replace("python3", sys.executable, 1)
    cut_off = {**os.environ, "PIP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE, "HTTP_PROXY": NOWHERE}

    subprocess.run(["sh", "-euc", script], cwd=unpacked, env=cut_off, check=True, capture_output=True)

    installed = {
        path.name.split("-")[0] for path in unpacked.glob("minsheng/lib/*/site-packages/*.dist-info")
    }
    assert {"minsheng", *PACKAGES} <= installed


def test_it_holds_what_compose_needs_and_no_certificate_of_this_machine(unpacked: Path) -> None:
    checkout = unpacked / "checkout"

    assert {"docker-compose.yml", "deployment", "seeds", "docs"} <= {path.name for path in checkout.iterdir()}
    assert list(checkout.rglob("*.crt")) == []
