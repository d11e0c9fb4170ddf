"""Handing a message to every channel: each is tried by itself, and one that fails holds up no other."""

from __future__ import annotations

from collections.abc import Collection

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from warehouse.logs import logger
from warehouse.notifications import settings as notification_settings
from warehouse.notifications.channels import Channel, channels_of
from warehouse.notifications.channels.errors import DeliveryError
from warehouse.notifications.message import Message
from warehouse.notifications.settings import NotificationSettings
from warehouse.settings import Settings

Outcome = dict[str, str | None]
"""Each channel that was tried, and why it did not take the message (None where it did)."""


def channel_names(settings: Settings) -> list[str]:
    """Return the names of the channels that are set up."""
    return [channel.name for channel in channels_of(settings, notification_settings.load(settings))]


def send(settings: Settings, message: Message, through: Collection[str]) -> Outcome:
    """Hand the message to these channels, by name; a failure is in the outcome, and in the log.

    Where an installation has several districts, the title begins with the name of the district.
    Raises MinshengError only where the settings of the channels are wrong.
    """
    chosen = notification_settings.load(settings)
    if settings.district:
        message = Message(f"〔{settings.district}〕{message.title}", message.text)
    channels = [channel for channel in channels_of(settings, chosen) if channel.name in through]
    return {channel.name: _handed_over(channel, message, chosen) for channel in channels}


def _handed_over(channel: Channel, message: Message, chosen: NotificationSettings) -> str | None:
    attempts = Retrying(
        retry=retry_if_exception(lambda error: isinstance(error, DeliveryError) and error.may_pass),
        stop=stop_after_attempt(chosen.attempts),
        wait=wait_exponential(multiplier=chosen.retry_seconds),
        reraise=True,
    )
    try:
        attempts(channel.send, message)
    except DeliveryError as error:
        logger(__name__).error("not delivered", channel=channel.name, title=message.title, reason=str(error))
        return str(error)
    logger(__name__).info("delivered", channel=channel.name, title=message.title)
    return None
