"""WeCom (企业微信): a group's robot, whose address is its only secret."""

from __future__ import annotations

from pydantic import SecretStr

from warehouse.notifications.channels.webhook import post
from warehouse.notifications.message import Message

_LARGEST = 2048


class WeCom:
    """Posts to a robot of a WeCom group."""

    name = "wecom"

    def __init__(self, webhook: SecretStr, timeout_seconds: float) -> None:
        self._webhook, self._timeout_seconds = webhook, timeout_seconds

    def send(self, message: Message) -> None:
        """Post the message as text, which shows an error's signs as they are."""
        body = {"msgtype": "text", "text": {"content": message.within(_LARGEST)}}
        post(self._webhook.get_secret_value(), body, self._timeout_seconds)
