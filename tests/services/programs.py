"""Programs of the system that some tests need: missing ones are a skip on a desk, and a failure in CI."""

from __future__ import annotations

import os
from typing import TypeVar

import pytest

_Found = TypeVar("_Found")


def required(found: _Found | None, package: str) -> _Found:
    """Return what was found; where it is missing, skip the test, or fail it where CI must have it."""
    if found is not None:
        return found
    reason = f"needs Debian's package {package}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
