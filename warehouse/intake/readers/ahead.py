"""Reading ahead: a thread makes what comes next while what came is worked on.

Worth its while where both sides spend their time outside Python: Arrow parses as DuckDB sorts out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
_END = object()


def ahead(items: Iterator[Item], most: int) -> Iterator[Item]:
    """Yield the items in their order, up to `most` of them made ahead; raises what making one raises."""
    beside = ThreadPoolExecutor(1)
    try:
        coming = deque(beside.submit(next, items, _END) for _ in range(most))
        while (item := coming.popleft().result()) is not _END:
            coming.append(beside.submit(next, items, _END))
            yield item  # type: ignore[misc]
    finally:
        beside.shutdown(cancel_futures=True)
