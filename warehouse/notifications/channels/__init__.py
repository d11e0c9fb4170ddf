"""The channels that a message can take; each is a class with a name and one method."""

from __future__ import annotations

from typing import Protocol

from warehouse.notifications.channels.dingtalk import DingTalk
from warehouse.notifications.channels.outbox import Outbox
from warehouse.notifications.channels.smtp import Smtp
from warehouse.notifications.channels.wecom import WeCom
from warehouse.notifications.message import Message
from warehouse.notifications.settings import NotificationSettings
from warehouse.settings import Settings


class Channel(Protocol):
    """One way to people."""

    name: str

    def send(self, message: Message) -> None:
        """Hand the message over once; raises DeliveryError where it was not taken."""


def channels_of(settings: Settings, chosen: NotificationSettings) -> list[Channel]:
    """Return the channels that are set up: the outbox first, which needs nobody else."""
    channels: list[Channel] = [Outbox(settings.outbox)]
    if chosen.smtp_host:
        channels.append(Smtp(chosen))
    if chosen.dingtalk_webhook and chosen.dingtalk_secret:
        channels.append(DingTalk(chosen.dingtalk_webhook, chosen.dingtalk_secret, chosen.timeout_seconds))
    if chosen.wecom_webhook:
        channels.append(WeCom(chosen.wecom_webhook, chosen.timeout_seconds))
    return channels
