"""`minsheng completion`: what docs/command-line.md tells people to type, and what a shell then asks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.settings import PROJECT

BIN = Path(sys.executable).parent
PAGE = (PROJECT / "docs" / "command-line.md").read_text(encoding="utf-8")
PLACES = {
    "bash": ".local/share/bash-completion/completions/minsheng",
    "zsh": ".zfunc/_minsheng",
    "fish": ".config/fish/completions/minsheng.fish",
}


def typed(words: str, home: Path, **variables: str) -> str:
    """Return what a shell prints in which this is typed."""
    environment = os.environ | {"HOME": str(home), "PATH": f"{BIN}:{os.environ['PATH']}"} | variables
    return subprocess.run(
        ["bash", "-ec", words], env=environment, capture_output=True, text=True, check=True, timeout=60
    ).stdout


@pytest.mark.parametrize("shell", PLACES)
def test_the_documented_commands_put_the_script_where_the_shell_looks(tmp_path: Path, shell: str) -> None:
    (written,) = (
        block
        for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
        if f"completion {shell}" in block
    )

    typed(written, tmp_path)

    assert "_MINSHENG_COMPLETE" in (tmp_path / PLACES[shell]).read_text(encoding="utf-8")


def test_a_shell_is_answered_with_the_commands_that_begin_so(tmp_path: Path) -> None:
    answer = typed(
        "minsheng || true",
        tmp_path,
        _MINSHENG_COMPLETE="bash_complete",
        COMP_WORDS="minsheng edi",
        COMP_CWORD="1",
    )

    assert answer == "plain,editions\n"
