"""The README promises commands; these tests hold it to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warehouse.cli.main import commands

PROJECT = Path(__file__).parent.parent
READMES = [PROJECT / "README.md", PROJECT / "README.zh.md"]
DOCUMENTS = [*READMES, PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md"))]


def targets_of_the_makefile() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), flags=re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_command_that_is_named_is_a_target(document: Path) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text(), flags=re.MULTILINE))

    assert named <= targets_of_the_makefile()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_minsheng_command_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"(?:^|`|bin/)minsheng ([a-z-]+)", document.read_text(), flags=re.MULTILINE))

    assert named <= set(commands.commands)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_two_commands_stand_in_front(readme: Path) -> None:
    first_block = re.search(r"```sh\n(.*?)```", readme.read_text(), flags=re.DOTALL)

    assert first_block is not None
    assert re.findall(r"^make (\w+)", first_block[1], flags=re.MULTILINE) == ["run", "test"]


def test_every_target_is_explained_by_make_help() -> None:
    makefile = (PROJECT / "Makefile").read_text()

    unexplained = re.findall(r"^([a-z-]+):(?!.*## )", makefile, flags=re.MULTILINE)
    assert unexplained == []
