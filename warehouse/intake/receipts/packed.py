"""A ZIP container put together from parts that are packed already.

Ten thousand receipts have nearly all their parts alike: each such part is packed once, and what changes is
small enough to be stored as it is. The standard library's writer would read the container again for each.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_STORED, _DEFLATED = 0, 8
_VERSION = 20
_TEXT_IS_UTF8 = 1 << 11
_DATE = 1 << 5 | 1
"""The first of January 1980, so that the same parts give the same bytes."""
_WORTH_DEFLATING = 1 << 14
"""A smaller part takes a block or two of a disk, packed or not."""
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True)
class Part:
    """A file of the container, with what its two entries say of it."""

    name: bytes
    described: tuple[int, ...]
    content: bytes


def part(name: str, text: str) -> Part:
    """Pack one file; a large one is deflated."""
    content = text.encode()
    method, packed = _STORED, content
    if len(content) >= _WORTH_DEFLATING:
        method, packed = _DEFLATED, _deflated(content)
    described = (_VERSION, _TEXT_IS_UTF8, method, 0, _DATE, zlib.crc32(content), len(packed), len(content))
    return Part(name.encode(), described, packed)


def container(parts: Iterable[Part]) -> bytes:
    """Return a ZIP file of the parts, in their order."""
    files: list[bytes] = []
    entries: list[bytes] = []
    offset = 0
    for one in parts:
        head = _LOCAL.pack(b"PK\x03\x04", *one.described, len(one.name), 0) + one.name
        entry = _CENTRAL.pack(b"PK\x01\x02", _VERSION, *one.described, len(one.name), 0, 0, 0, 0, 0, offset)
        files += (head, one.content)
        entries.append(entry + one.name)
        offset += len(head) + len(one.content)
    index = b"".join(entries)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), len(index), offset, 0)
    return b"".join((*files, index, end))


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
