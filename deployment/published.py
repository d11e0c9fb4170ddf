"""What is left to do: do deliveries wait to be taken in, and is a month published from what is known now."""

from __future__ import annotations

from pathlib import Path

from warehouse import ledger
from warehouse.editions import Edition, editions_of
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.progress import candidate_of
from warehouse.settings import Settings
from warehouse.version import code_version

_KNOWN = Path(__file__).with_name("known.sql")


def deliveries_wait(settings: Settings) -> bool:
    """Tell whether a file lies in an inbox, or was begun and not completed."""
    return any(settings.inbox.glob("*/*")) or any((settings.archive / "claimed").glob("*/*/*/*"))


def newest(settings: Settings, months: list[Period]) -> list[Edition]:
    """Return the newest edition of each of the months that has one."""
    by_month = {edition.period: edition for edition in editions_of(settings)}
    return [by_month[str(month)] for month in months if str(month) in by_month]


def all_published(settings: Settings, months: list[Period]) -> bool:
    """Tell whether each month's last build used all that is known now, and is published.

    The build says what it used, not the edition: new submissions that change no figure make no new edition.
    """
    with ledger.reading(settings) as connection:
        submissions, plan_version = connection.execute(_KNOWN.read_text(encoding="utf-8")).fetchall()[0]
    known = {"submissions": submissions, "plan_version": plan_version, "code_version": code_version()}
    editions = newest(settings, months)
    return len(editions) == len(months) and all(_is_built_from(settings, known, one) for one in editions)


def _is_built_from(settings: Settings, known: dict[str, object], edition: Edition) -> bool:
    try:
        build = candidate_of(settings, Period.parse(edition.period)).build_facts()
    except MinshengError:
        return False
    published = {**known, "as_of": None, "marts_sha256": edition.manifest()["marts_sha256"]}
    return all(build[name] == value for name, value in published.items())
