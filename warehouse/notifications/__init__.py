"""Telling people: one message through every channel that is set up, and one incident for each cause."""

from warehouse.notifications.announcements import announce
from warehouse.notifications.delivery import channel_names, send
from warehouse.notifications.incidents import (
    DECISION,
    close_incident,
    is_dismissed,
    open_incidents,
    report_incident,
    tell,
)
from warehouse.notifications.message import Message
from warehouse.notifications.records import Incident

__all__ = [
    "DECISION",
    "Incident",
    "Message",
    "announce",
    "channel_names",
    "close_incident",
    "is_dismissed",
    "open_incidents",
    "report_incident",
    "send",
    "tell",
]
