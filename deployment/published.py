"""What is left to do: do deliveries wait to be taken in, and is a month published from what is known now."""

from __future__ import annotations

from warehouse.editions import Edition, editions_of
from warehouse.periods import Period
from warehouse.preview import Knowledge, known
from warehouse.settings import Settings


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
    knowledge, editions = known(settings), newest(settings, months)
    return len(editions) == len(months) and all(_is_built_from(settings, knowledge, one) for one in editions)


def _is_built_from(settings: Settings, knowledge: Knowledge, edition: Edition) -> bool:
    build = knowledge.build_from_it(settings, Period.parse(edition.period))
    return build is not None and build["marts_sha256"] == edition.manifest()["marts_sha256"]
