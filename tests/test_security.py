from __future__ import annotations

import re
from pathlib import Path

from warehouse.settings import PROJECT

NAMED = re.findall(
    r"`(tests/[\w/]+\.py)::(test_\w+)`", (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
)


def text_of(file: Path) -> str:
    """Return what a file holds: nothing where it is not there."""
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_every_threat_names_a_test() -> None:
    page = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
    _, threats = page.split("| threat |")

    rows = [line for line in threats.split("\n## ")[0].splitlines()[2:] if line.startswith("|")]

    assert [row for row in rows if "::test_" not in row] == []
    assert len(rows) > 10


def test_the_test_of_a_threat_exists() -> None:
    texts = {file: text_of(PROJECT / file) for file, _ in NAMED}

    assert texts
    assert {(file, name) for file, name in NAMED if f"\ndef {name}(" not in texts[file]} == set()
