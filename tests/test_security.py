from __future__ import annotations

import re

import pytest

from warehouse.settings import PROJECT

NAMED = re.findall(
    r"`(tests/[\w/]+\.py)::(test_\w+)`", (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
)


def test_every_threat_names_a_test() -> None:
    page = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
    _, threats = page.split("| threat |")

    rows = [line for line in threats.split("\n## ")[0].splitlines()[2:] if line.startswith("|")]

    assert [row for row in rows if "::test_" not in row] == []
    assert len(rows) > 10


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda text: text.rpartition("/")[2])
def test_the_test_of_a_threat_exists(file: str, name: str) -> None:
    assert f"\ndef {name}(" in (PROJECT / file).read_text(encoding="utf-8")
