"""The one place that reads the clock: the moment of an arrival or a decision, in the district's time."""

from datetime import datetime
from zoneinfo import ZoneInfo

TIMEZONE = "Asia/Shanghai"
_SHANGHAI = ZoneInfo(TIMEZONE)


def now() -> datetime:
    """Return the present wall-clock time in Asia/Shanghai, without a zone, as the ledger stores it."""
    return datetime.now(_SHANGHAI).replace(tzinfo=None)


def zoned(moment: datetime) -> datetime:
    """Return a moment of the ledger, which has no zone, with the district's."""
    return moment.replace(tzinfo=_SHANGHAI)


def in_words(moment: datetime) -> str:
    """Return a moment of the district's time as departments write it: 2025年4月6日 08:00."""
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
