"""Posting JSON to a webhook. The address holds a token: it is in no message and no log of ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from warehouse.notifications.channels.errors import DeliveryError

_SERVER_ERRORS = 500
_TOO_MANY = 429
_LARGEST_ANSWER = 1 << 16


class _NoRedirect(HTTPRedirectHandler):
    """A redirected message would end as a GET without it, and could take the token elsewhere."""

    def redirect_request(self, *_: Any) -> None:
        return None


def post(url: str, body: dict[str, Any], timeout_seconds: float) -> None:
    """Post the message; raises DeliveryError unless the answer's `errcode` is 0.

    The standard library's client, because it is one that never logs an address.
    """
    if not url.startswith(("https://", "http://")):
        raise DeliveryError("the webhook's address does not begin with https://", may_pass=False)
    content = json.dumps(body, ensure_ascii=False).encode()
    request = Request(url, content, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310
    try:
        with build_opener(_NoRedirect).open(request, timeout=timeout_seconds) as response:
            answer = response.read(_LARGEST_ANSWER)
    except HTTPError as error:
        may_pass = error.code >= _SERVER_ERRORS or error.code == _TOO_MANY
        raise DeliveryError(f"it answered HTTP {error.code}", may_pass=may_pass) from None
    except (URLError, OSError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise DeliveryError(f"it cannot be reached ({reason})", may_pass=True) from None
    _require_success(answer)


def _require_success(answer: bytes) -> None:
    try:
        said = json.loads(answer)
        code = said["errcode"]
    except (ValueError, KeyError, TypeError):
        raise DeliveryError("its answer is not that of a webhook", may_pass=False) from None
    if code != 0:
        raise DeliveryError(f"it refused the message: errcode {code}, {said.get('errmsg')}", may_pass=False)
