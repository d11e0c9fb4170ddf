"""What a page of the documentation tells people to type."""

from __future__ import annotations

import re
import textwrap

from warehouse.settings import PROJECT


def typed(page: str, heading: str) -> list[str]:
    """Return the shell blocks of a section of `docs/<page>`, up to the next heading, in their order."""
    text = (PROJECT / "docs" / page).read_text(encoding="utf-8")
    _, _, after = text.partition(f"\n{heading}\n")
    section = re.split(r"^#{2,6} ", after, maxsplit=1, flags=re.MULTILINE)[0]
    blocks = re.findall(r"^( *)```sh\n(.*?)^\1```", section, flags=re.MULTILINE | re.DOTALL)
    assert blocks, f"docs/{page} has nothing to type under {heading!r}"
    return [textwrap.dedent(block) for _, block in blocks]
