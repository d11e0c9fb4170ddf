"""Editions: what was published, whole, for ever; a folder for each month and revision, chained by hash."""

from warehouse.editions.accounts import Accounts
from warehouse.editions.difference import Difference, difference, side_of
from warehouse.editions.public import PublicVariant, publish_public
from warehouse.editions.publish import publish
from warehouse.editions.query import Answer, query
from warehouse.editions.verify import verify
from warehouse.published import Edition, editions_of, find

__all__ = [
    "Accounts",
    "Answer",
    "Difference",
    "Edition",
    "PublicVariant",
    "difference",
    "editions_of",
    "find",
    "publish",
    "publish_public",
    "query",
    "side_of",
    "verify",
]
