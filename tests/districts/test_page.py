"""docs/districts.md: its list and its commands work as they are written, and it names every key."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.city.small import publish
from tests.districts.lists import MINIMAL
from warehouse.districts.listing import KEYS
from warehouse.settings import PROJECT

PAGE = (PROJECT / "docs" / "districts.md").read_text(encoding="utf-8")
MEISHAN = PROJECT / "tests" / "plans" / "meishan-2019"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def typed(folder: Path, commands: str) -> str:
    """Type commands into a shell in a folder, as the page shows them; return what they said."""
    variables = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "MINSHENG_DISTRICTS": str(folder / "districts.yml"),
        "MINSHENG_HOME": str(folder / "var"),
    }
    done = subprocess.run(
        ["sh", "-euc", commands], env=variables, cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the page's list and a plan for each of its districts."""
    (listing,) = blocks("yaml")
    (tmp_path / "districts.yml").write_text(listing, encoding="utf-8")
    shutil.copytree(MEISHAN, tmp_path / "plans" / "210504")
    shutil.copytree(MINIMAL, tmp_path / "plans" / "210505")
    return tmp_path


def test_what_the_page_tells_to_type_works(folder: Path) -> None:
    first, of_the_city = blocks("sh")

    said = typed(folder, first)
    publish(folder / "homes" / "210504")
    publish(folder / "homes" / "210505")
    made = typed(folder, of_the_city)

    assert "2 districts without a fault" in said
    assert made.startswith("2023-12/r1 of 2 districts")


def test_the_page_names_every_key_of_an_entry() -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", PAGE.partition("| key | says |")[2].partition("\n\n")[0], re.M)

    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == set(KEYS)
