"""The ledger as one file that nobody writes to, for as long as a backup reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import durable, ledger
from warehouse.ledger.move import move
from warehouse.settings import Settings


@contextmanager
def ledger_at_rest(settings: Settings, beside: Path) -> Iterator[Path]:
    """Keep the ledger's writers out, and give its own file, or a copy of the lakehouse made in `beside`.

    Raises MinshengError where there is no ledger, and where a copy is not the same as the lakehouse.
    """
    with ledger.sharing(settings):
        pass  # a home without a ledger is refused here, before one is made
    with _copied(settings, beside) if settings.ledger else _held(settings) as file:
        yield file


@contextmanager
def _held(settings: Settings) -> Iterator[Path]:
    """Share the file's lock, with all that was committed in the file and none of it in its log."""
    log = settings.ledger_file.with_name(f"{settings.ledger_file.name}.wal")
    while True:
        with ledger.writing(settings) as connection:
            connection.execute("checkpoint")
        with ledger.sharing(settings):
            if not log.exists():  # nobody wrote, and was killed, between the two locks
                yield settings.ledger_file
                return


@contextmanager
def _copied(settings: Settings, beside: Path) -> Iterator[Path]:
    """Keep out this home's intake and the lakehouse's writers, so that archive and copy are of one moment."""
    durable.remove(beside)  # what a killed backup left
    copy = settings.model_copy(update={"home": beside, "ledger": ""})
    with ledger.preparing(settings) as preparation, preparation.turn():
        beside.mkdir(mode=0o700)
        try:
            move(settings, copy)
            yield copy.ledger_file
        finally:
            durable.remove(beside)
