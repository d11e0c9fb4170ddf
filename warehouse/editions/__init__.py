"""Editions: what was published, whole, for ever; a folder for each month and revision, chained by hash."""

from warehouse.difference import Difference, difference, side_of
from warehouse.editions.accounts import Accounts
from warehouse.editions.artefacts import write_parquet
from warehouse.editions.manifest import FORMAT, sealed
from warehouse.editions.placing import make_current, placed
from warehouse.editions.public import PublicVariant, publish_public
from warehouse.editions.publish import publish
from warehouse.editions.query import Answer, query
from warehouse.editions.signatures import sign_manifest
from warehouse.editions.verify import verify, verify_edition
from warehouse.published import Edition, editions_of, find

__all__ = [
    "FORMAT",
    "Accounts",
    "Answer",
    "Difference",
    "Edition",
    "PublicVariant",
    "difference",
    "editions_of",
    "find",
    "make_current",
    "placed",
    "publish",
    "publish_public",
    "query",
    "sealed",
    "side_of",
    "sign_manifest",
    "verify",
    "verify_edition",
    "write_parquet",
]
