"""Who receives notices of incidents, and which incidents are open."""

from __future__ import annotations

from warehouse.doctor.registry import Installation, NotApplicable, check, warning
from warehouse.errors import MinshengError
from warehouse.notifications import incidents
from warehouse.notifications import settings as notifications

_CHANNELS = ("smtp_host", "dingtalk_webhook", "wecom_webhook")


@check("set MINSHENG_NOTIFY_… as docs/obligations.md says")
def notice_settings(installation: Installation) -> str | None:
    """The settings of mail, DingTalk and WeCom are whole."""
    try:
        notifications.load(installation.settings)
    except MinshengError as error:
        return str(error)
    return None


@warning("set up a channel as docs/obligations.md says")
def notice_channel(installation: Installation) -> str | None:
    """A channel is set up that sends notices of incidents."""
    try:
        settings = notifications.load(installation.settings)
    except MinshengError:
        raise NotApplicable("the settings are wrong: another check says how") from None
    return None if any(getattr(settings, name) for name in _CHANNELS) else "no channel is set up"


@warning("see the board, or what each incident's page of the runbook says")
def incidents_open(installation: Installation) -> str | None:
    """No incident is open."""
    found = incidents.open_incidents(installation.settings)
    pages = sorted({one.runbook for one in found})
    return f"{len(found)} are open: {', '.join(pages)}" if found else None
