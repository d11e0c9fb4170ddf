"""DingTalk (钉钉): a group's robot, each message signed (加签)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from urllib.parse import urlencode

from pydantic import SecretStr

from warehouse.notifications.channels.webhook import post
from warehouse.notifications.message import Message

# The robot takes 20,000 bytes of JSON, in which a line break or a quotation mark takes two.
_LARGEST = 9_000


class DingTalk:
    """Posts to a robot of a DingTalk group."""

    name = "dingtalk"

    def __init__(self, webhook: SecretStr, secret: SecretStr, timeout_seconds: float) -> None:
        self._webhook, self._secret, self._timeout_seconds = webhook, secret, timeout_seconds

    def send(self, message: Message) -> None:
        """Post the message as text, which shows an error's signs as they are."""
        body = {"msgtype": "text", "text": {"content": message.within(_LARGEST)}}
        # The signature holds for an hour of the real clock, which is not the district's wall clock.
        url = signed(self._webhook, self._secret, round(time.time() * 1000))
        post(url, body, self._timeout_seconds)


def signed(webhook: SecretStr, secret: SecretStr, timestamp: int) -> str:
    """Return the webhook's address with the signature of that moment (milliseconds since 1970)."""
    key = secret.get_secret_value()
    digest = hmac.new(key.encode(), f"{timestamp}\n{key}".encode(), hashlib.sha256).digest()
    words = urlencode({"timestamp": timestamp, "sign": base64.b64encode(digest).decode()})
    address = webhook.get_secret_value()
    return f"{address}{'&' if '?' in address else '?'}{words}"
