"""What people read of the command line: its language, its counts, its moments, and a word for each state.

The messages are English in the code. Where the locale is Chinese (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES` or
`LANG`), they come from the catalogue in `locale/`, which `make messages` compiles; those of Click too. What
programs read (`--json`) has no language. Click leaves colours out where no terminal shows them.
"""

from __future__ import annotations

from datetime import datetime
from gettext import bindtextdomain, find, ngettext, textdomain
from gettext import gettext as _
from pathlib import Path

import click
from rich.cells import cell_len, set_cell_size

from warehouse.clock import zoned

CATALOGUES = Path(__file__).with_name("locale")
DOMAIN = "minsheng"


def follow_the_locale() -> None:
    """Take every message of this process from the catalogue of its locale, if there is one."""
    bindtextdomain(DOMAIN, str(CATALOGUES))
    textdomain(DOMAIN)


def counted(one: str, many: str, number: int) -> str:
    """Return a count with its noun, in the form that the number asks for: `{} file`, `{} files`."""
    return ngettext(one, many, number).format(number)


def moment(when: datetime | str) -> str:
    """Return a moment of the district's time to the second, with its offset: `2025-04-06 08:00:00+08:00`."""
    told = datetime.fromisoformat(when) if isinstance(when, str) else when
    return (told if told.tzinfo else zoned(told)).isoformat(" ", "seconds")


def standing(code: str) -> str:
    """Return the word for where an organization stands with a month, in its colour, all as wide."""
    words = {
        "complete": (_("all in time"), "green"),
        "complete_late": (_("all, some late"), "yellow"),
        "awaited": (_("awaited"), "cyan"),
        "overdue": (_("overdue"), "red"),
        "nothing_due": (_("nothing due"), "bright_black"),
    }
    widest = max(cell_len(word) for word, _colour in words.values())
    word, colour = words[code]
    return click.style(set_cell_size(word, widest), colour)


def verdict(code: str) -> str:
    """Return the gate's verdict as a word, in its colour."""
    words = {
        "passed": (_("passed"), "green"),
        "warned": (_("waits for an approval"), "yellow"),
        "blocked": (_("blocked"), "red"),
    }
    word, colour = words[code]
    return click.style(word, colour)


def status(code: str | None) -> str:
    """Return what a status of the marts is called; none is no row, and a code of another release stays."""
    from warehouse.snapshot.wording import STATUSES

    if code is None:
        return _("no row")
    if (known := STATUSES.get(code)) is None:
        return code
    return known.zh if find(DOMAIN, str(CATALOGUES)) else known.en
