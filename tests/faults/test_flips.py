"""Single bits turned over anywhere in what is kept for ever: each is found and named, or changes nothing."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.district import District
from warehouse import ledger, verification
from warehouse.errors import MinshengError
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

Content = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Flip:
    """One bit of one file; `place` is a fraction of the file's length."""

    path: Path
    place: float
    bit: int

    def turn(self) -> None:
        offset = int(self.place * self.path.stat().st_size)
        with self.path.open("r+b") as stream:
            stream.seek(offset)
            (byte,) = stream.read(1)
            stream.seek(offset)
            stream.write(bytes([byte ^ (1 << self.bit)]))


@contextmanager
def turned_over(flip: Flip) -> Iterator[None]:
    """Turn the bit over, and back at the end; the file stays as read-only as it was."""
    mode = flip.path.stat().st_mode
    flip.path.chmod(0o644)
    flip.turn()
    flip.path.chmod(mode)
    try:
        yield
    finally:
        flip.path.chmod(0o644)
        flip.turn()
        flip.path.chmod(mode)


def kinds_of_files(settings: Settings) -> dict[str, list[Path]]:
    """Return the kept files by kind, so that a few small ones are tried as often as many large ones."""
    edition_files = [path for path in settings.editions.rglob("r*/**/*") if path.is_file()]
    kinds = {
        "ledger": [settings.ledger_file],
        "archived files": [path for path in settings.archive.iterdir() if len(path.name) == 64],
        "archive id": [settings.archive / "archive-id"],
        "records": [path for path in (settings.archive / "records").iterdir() if path.is_file()],
        "publication records": [*(settings.archive / "publications").glob("*.json")],
        "manifests": [path for path in edition_files if path.name in ("manifest.json", "anchor.html")],
        "edition files": edition_files,
    }
    return {kind: sorted(path for path in paths if path.stat().st_size) for kind, paths in kinds.items()}


def content_of(settings: Settings) -> Content:
    with ledger.reading(settings) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where database_name = current_database() order by all"
        ).fetchall()
        return {name: connection.table(name).order("all").fetchall() for (name,) in tables}


def found(settings: Settings) -> str | None:
    """Return what the nightly verification says, if it finds anything."""
    try:
        verification.verify(settings)
    except MinshengError as error:
        return str(error)
    return None


def is_named(flip: Flip, said: str, settings: Settings) -> bool:
    """Tell whether a sentence leads to the file: by its name, its edition or the ledger's."""
    inside = flip.path.relative_to(settings.home)
    edition = "/".join(inside.parts[1:3]) if inside.parts[0] == "editions" else inside.name
    return flip.path.name in said or edition in said


@pytest.mark.parametrize("flips", [28, pytest.param(500, marks=pytest.mark.long)])
def test_each_bit_that_turned_over_is_found_and_named_or_changes_nothing(
    district: District, flips: int
) -> None:
    settings = district.settings
    seed = secrets.randbelow(2**32)
    chance = random.Random(seed)
    kinds = kinds_of_files(settings)
    before = content_of(settings)
    unsound = []

    for number in range(flips):
        paths = kinds[list(kinds)[number % len(kinds)]]
        flip = Flip(chance.choice(paths), chance.random(), chance.randrange(8))
        with turned_over(flip):
            said = found(settings)
            if said is None:
                is_sound = flip.path == settings.ledger_file and content_of(settings) == before
            else:
                is_sound = is_named(flip, said, settings)
        if not is_sound:
            unsound.append((flip, said))

    assert unsound == [], f"seed {seed}"
    assert found(settings) is None
