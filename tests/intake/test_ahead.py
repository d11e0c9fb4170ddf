"""What is made ahead comes in its order, fails where it failed, and is not made without end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from warehouse.intake.findings import FileRefused
from warehouse.intake.readers.ahead import ahead

MOST = 3


def test_items_come_in_their_order() -> None:
    assert list(ahead(iter(range(10)), MOST)) == list(range(10))


def test_an_error_comes_after_the_items_before_it() -> None:
    def broken() -> Iterator[int]:
        yield 1
        yield 2
        raise FileRefused("unreadable")

    items = ahead(broken(), MOST)

    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(FileRefused):
        next(items)


def test_no_more_is_made_ahead_than_was_asked() -> None:
    made = []
    endless = (made.append(number) or number for number in count())

    items = ahead(endless, MOST)
    first = next(items)
    items.close()

    assert first == 0
    assert len(made) <= 1 + MOST
