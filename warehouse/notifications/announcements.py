"""Announcements: what is said once, such as a day's reminder; kept like an incident that is over at once."""

from __future__ import annotations

from warehouse.clock import now
from warehouse.notifications import delivery, records
from warehouse.notifications.incidents import tell
from warehouse.notifications.message import Message
from warehouse.notifications.records import Event, Incident
from warehouse.settings import Settings


def announce(settings: Settings, key: str, message: Message) -> bool:
    """Tell the channels something once; the same `key` is never told again. Returns whether it was new.

    What a channel did not take it gets with the next call of anything here.
    """
    owed_to = delivery.channel_names(settings)
    with records.alone(settings):
        is_new = not records.is_known(settings, key)
        if is_new:
            at = now().isoformat(timespec="milliseconds")
            event = Event("announced", at, message.title, message.text, owed_to)
            records.keep(settings, Incident(key, "", [event]))
    tell(settings)
    return is_new
