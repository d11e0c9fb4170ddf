"""Names of sheets: any Chinese name made one that Excel takes, and no two alike."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST = 31
_RESERVED = "history"


class SheetNames:
    """Gives each sheet of one workbook a name of its own; Excel does not tell `A` from `a`."""

    def __init__(self) -> None:
        self._taken = {_RESERVED}

    def give(self, wanted: str) -> str:
        """Return `wanted`, or what is nearest to it among the names that are valid and free."""
        plain = _FORBIDDEN.sub("_", wanted).strip("' ") or "_"
        name = plain[:_LONGEST].rstrip("' ")
        number = 1
        while name.casefold() in self._taken:
            number += 1
            suffix = f"({number})"
            name = plain[: _LONGEST - len(suffix)].rstrip("' ") + suffix
        self._taken.add(name.casefold())
        return name


def link_to(name: str) -> str:
    """Return a link to the first cell of another sheet."""
    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!A1"
