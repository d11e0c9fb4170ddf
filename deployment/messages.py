"""`make messages`: the Chinese catalogue of the command line, brought up to what the code says, and compiled.

Messages come from the calls of gettext in `warehouse/`, from the help of each command, and from Click: of
these only what the catalogue holds, since most of them nobody meets. What the code says no more is left out;
what is new stands in the catalogue untranslated.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from warehouse.cli.main import commands
from warehouse.cli.wording import CATALOGUES, DOMAIN

CATALOGUE = CATALOGUES / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
COMPILED = CATALOGUE.with_suffix(".mo")
_PACKAGE, _CLICK = Path(__file__).parent.parent / "warehouse", Path(click.__file__).parent
_KEYWORDS = {"_": None, "ngettext": (1, 2), "counted": (1, 2)}
_HEAD = "# What the command line says, in Chinese: the messages by `make messages`, the translations by hand."
_SAME_BYTES = datetime(2026, 12, 1, tzinfo=UTC)
"""The date in the head of the catalogue: the same messages give the same bytes."""


def catalogue() -> Catalog:
    """Return the catalogue with the messages of the code as they are now, and their translations."""
    with CATALOGUE.open("rb") as stream:
        known = read_po(stream, locale="zh", domain=DOMAIN)
    found = Catalog(creation_date=_SAME_BYTES)
    for message in [*_said_in(_PACKAGE), *_helps(commands), *filter(known.get, _said_in(_CLICK))]:
        found.add(message)
    known.update(found, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.creation_date = known.revision_date = _SAME_BYTES
    known.project, known.version = DOMAIN, ""
    known.header_comment, known.fuzzy = _HEAD, False
    known.msgid_bugs_address = known.last_translator = known.language_team = ""
    return known


def _said_in(folder: Path) -> Iterator[str | tuple[str, str]]:
    """Yield the messages in calls of gettext; those with a plural as pairs."""
    for _file, _line, message, _comments, _context in extract_from_dir(
        folder, [("**.py", "python")], keywords=_KEYWORDS
    ):
        yield message


def untranslated(found: Catalog) -> list[Message]:
    """Return the messages without a translation."""
    return [one for one in found if one.id and not one.string]


def contents(found: Catalog) -> tuple[bytes, bytes]:
    """Return the catalogue as the file that people edit, and as the one that programs read."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, found, width=110, no_location=True, sort_output=True)
    write_mo(compiled, found)
    return text.getvalue(), compiled.getvalue()


def _helps(command: click.Command) -> Iterator[str]:
    if command.help:
        yield cleandoc(command.help)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            yield parameter.help
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _helps(below)


def main() -> int:
    """Write both files; the exit status says whether everything is translated."""
    found = catalogue()
    text, compiled = contents(found)
    CATALOGUE.write_bytes(text)
    COMPILED.write_bytes(compiled)
    missing = untranslated(found)
    for message in missing:
        sys.stdout.write(f"{message.id!r} is not translated\n")
    sys.stdout.write(f"{CATALOGUE}: {len(found)} messages, {len(missing)} not translated\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
