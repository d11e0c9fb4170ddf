"""Disclosure: a public variant withholds small counts of persons, and all that would tell them."""

from warehouse.snapshot.disclosure.marts import withheld_in, write_public_marts

__all__ = ["withheld_in", "write_public_marts"]
