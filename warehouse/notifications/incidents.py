"""Incidents: one for each cause that is wrong, told when it opens, when it changes, and when it is over.

What happened is written down before anybody is told, and who was told is written down after: a process that
is killed in between leaves a message that the next call sends. The records are files in the archive, so they
outlive the ledger.
"""

from __future__ import annotations

from datetime import timedelta

from warehouse.clock import now
from warehouse.logs import logger
from warehouse.notifications import delivery, records
from warehouse.notifications import settings as notification_settings
from warehouse.notifications.message import Message
from warehouse.notifications.records import Event, Incident
from warehouse.settings import Settings

DECISION = "decision"
"""With a month behind it, the cause of the incident that the month waits for a person's decision."""

# What is over is no news after this long: a channel that was down for weeks is not flooded when it is back.
_OLD = timedelta(days=1)
_HEADS = {"opened": "【告警】", "updated": "【更新】", "closed": "【恢复】", "dismissed": "【关闭】"}


def report_incident(settings: Settings, cause: str, title: str, text: str, runbook: str) -> Incident:
    """Say that something is wrong; the same `cause` is the same incident until it is closed.

    `cause` names what is wrong and nothing that changes from one report to the next, such as
    `publish_monthly.check 2025-03`; `runbook` says where to read what to do. The first report is told at
    once. Later ones are written down, and told when they say something else and the last message is old
    enough (`quiet_minutes`). A channel that fails is in the log, and is tried again with the next report of
    anything. Raises MinshengError where the settings of the channels are wrong.
    """
    owed_to = delivery.channel_names(settings)
    with records.alone(settings):
        incident = records.open_incident(settings, cause)
        if incident is None:
            incident = Incident(cause, runbook, [_event("opened", title, text, owed_to)])
        elif _is_worth_a_message(settings, incident, title, text):
            incident.events.append(_event("updated", title, text, owed_to))
        else:
            incident.events.append(_event("seen", title, text, []))
        incident.runbook = runbook
        records.keep(settings, incident)
    logger(__name__).warning("incident", cause=cause, title=title, kind=incident.events[-1].kind)
    tell(settings)
    return incident


def close_incident(settings: Settings, cause: str, reason: str | None = None) -> Incident | None:
    """Say that it is over; where nothing of that cause was wrong, nothing happens and None is returned.

    `reason` says why a person dismisses it; without one it ended by itself.
    """
    owed_to = delivery.channel_names(settings)
    with records.alone(settings):
        incident = records.open_incident(settings, cause)
        if incident is not None:
            kind, title = "dismissed" if reason else "closed", incident.last_message.title
            incident.events.append(_event(kind, title, _ended(incident, reason), owed_to))
            records.keep(settings, incident)
            logger(__name__).info("incident closed", cause=cause)
    tell(settings)
    return incident


def is_dismissed(settings: Settings, cause: str) -> bool:
    """Tell whether a person closed the newest incident of a cause, for which there may be no other end."""
    newest = records.newest_incident(settings, cause)
    return newest is not None and newest.events[-1].kind == "dismissed"


def open_incidents(settings: Settings) -> list[Incident]:
    """Return what is wrong now, the oldest first."""
    return [one for one in records.all_incidents(settings) if one.is_open]


def tell(settings: Settings) -> None:
    """Send what is still owed to some channel, whoever wrote it down; what fails again stays owed for a day.

    What is still wrong stays owed however old it is.

    A channel that fails is left alone until the next call: one that is down costs one wait, not one for each
    incident.
    """
    names = set(delivery.channel_names(settings))
    with records.telling(settings):
        for incident in records.untold(settings):
            event = incident.last_message
            if not incident.is_open and now() - event.moment > _OLD:
                continue
            outcome = delivery.send(settings, _message(incident, event), names & set(event.owed_to))
            taken = {name for name, reason in outcome.items() if reason is None}
            names -= outcome.keys() - taken
            if taken:
                still = [name for name in event.owed_to if name not in taken]
                records.note_told(settings, incident, event, still)


def _event(kind: str, title: str, text: str, owed_to: list[str]) -> Event:
    return Event(kind, now().isoformat(timespec="milliseconds"), title, text, owed_to)


def _is_worth_a_message(settings: Settings, incident: Incident, title: str, text: str) -> bool:
    last = incident.last_message
    quiet = timedelta(minutes=notification_settings.load(settings).quiet_minutes)
    return (title, text) != (last.title, last.text) and now() - last.moment >= quiet


def _ended(incident: Incident, reason: str | None) -> str:
    opened_at = incident.events[0].moment
    minutes = (now() - opened_at).total_seconds() / 60
    reports = len(incident.events)
    how = f"人工关闭：{reason}" if reason else "已恢复正常"
    return f"{how}。自 {opened_at:%Y-%m-%d %H:%M} 起，历时 {minutes:.0f} 分钟，共报告 {reports} 次。"


def _message(incident: Incident, event: Event) -> Message:
    if event.kind == "announced":
        return Message(event.title, event.text)
    lines = [event.text, "", f"事项：{incident.cause}", f"时间：{event.moment:%Y-%m-%d %H:%M}（北京时间）"]
    if incident.is_open:
        lines.append(f"处置：{incident.runbook}")
    return Message(f"{_HEADS[event.kind]}{event.title}", "\n".join(lines))
