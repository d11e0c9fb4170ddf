"""The organizations of the plan in force, and the one that was meant where a code is none of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from gettext import gettext as _

import duckdb

from warehouse.errors import UsageError

_ORGANIZATIONS = """
    select organization_code, name_zh, kind, coalesce(aliases, '') as aliases
    from plan.current_organizations
    order by organization_code
"""


@dataclass(frozen=True)
class Organization:
    """An organization as the plan has it."""

    organization_code: str
    name_zh: str
    kind: str
    aliases: list[str]


def organizations(connection: duckdb.DuckDBPyConnection) -> list[Organization]:
    """Return the organizations of the plan in force, by their codes."""
    return [
        Organization(code, name, kind, [alias.strip() for alias in aliases.split(";") if alias.strip()])
        for code, name, kind, aliases in connection.execute(_ORGANIZATIONS).fetchall()
    ]


def required(connection: duckdb.DuckDBPyConnection, code: str) -> Organization:
    """Return the organization with the code; raises UsageError, with the closest one, where there is none."""
    known = {one.organization_code: one for one in organizations(connection)}
    if code in known:
        return known[code]
    if meant := closest(list(known.values()), code):
        found = f"{meant.organization_code} {meant.name_zh}"
        raise UsageError(
            _(
                "The plan has no organization {code}: did you mean {found}? "
                "`minsheng organizations` lists all"
            ).format(code=code, found=found)
        )
    raise UsageError(
        _("The plan has no organization {code}: `minsheng organizations` lists them").format(code=code)
    )


def closest(known: list[Organization], text: str) -> Organization | None:
    """Return the organization that a text most likely means, whatever its letter case; None for none.

    It is a short form of a name (人社局 of 人力资源和社会保障局), or most like a code, a name or an alias.
    """
    by_words: dict[str, Organization] = {}
    for one in known:
        for words in (one.organization_code, one.name_zh, *one.aliases):
            by_words.setdefault(words.casefold(), one)
    short_of = sorted((words for words in by_words if _is_short_form(text, words)), key=len)
    likest = short_of or get_close_matches(text.casefold(), by_words, n=1)
    return by_words[likest[0]] if likest else None


def _is_short_form(text: str, words: str) -> bool:
    """Tell whether a Chinese text is made of characters of the words, in their order."""
    rest = iter(words)
    return bool(text) and not text.isascii() and all(character in rest for character in text)
