"""The last publication, which each receipt names: departments then hold proofs of the editions."""

from __future__ import annotations

from warehouse.logs import logger
from warehouse.published import Head, head_of
from warehouse.settings import Settings


def chain_head(settings: Settings) -> Head | None:
    """Return the head of the chain of editions; None before the first, and where it cannot be read.

    A damaged edition holds back no receipt: `minsheng verify` names it, and the log has the error.
    """
    try:
        return head_of(settings)
    except (OSError, ValueError, KeyError, TypeError):
        logger(__name__).exception("the head of the chain of editions cannot be read")
        return None
