"""What a channel says when it did not take a message."""

from __future__ import annotations

from warehouse.errors import MinshengError


class DeliveryError(MinshengError):
    """The message was not taken; `may_pass` says whether another attempt can help."""

    def __init__(self, reason: str, *, may_pass: bool) -> None:
        super().__init__(reason)
        self.may_pass = may_pass
