"""Files of office programs that strangers made: looked at before a library opens them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from warehouse.errors import MinshengError
from warehouse.zip_container import UNREADABLE, part_with_document_type

MOST_BYTES = 20 * 1024 * 1024
"""What is larger is no plan."""
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_PARTS = 2_000


def refuse_hostile(path: Path, main_part: str, kind: str) -> None:
    """Raise MinshengError unless the file is a ZIP of bounded size with a main part and plain XML.

    `kind` names what was expected, as an error says it.
    """
    try:
        _refuse(path, main_part, kind)
    except UNREADABLE as error:
        raise MinshengError(f"{path} is no readable {kind} ({error}): save it again as {kind}") from error


def _refuse(path: Path, main_part: str, kind: str) -> None:
    with zipfile.ZipFile(path) as container:
        parts = container.infolist()
        size = sum(part.file_size for part in parts)
        if path.stat().st_size > MOST_BYTES or size > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
            raise MinshengError(
                f"{path} holds {len(parts)} parts of {size} bytes, more than a {kind} of a plan has: "
                "take pictures and attachments out of it"
            )
        if main_part not in {part.filename for part in parts}:
            raise MinshengError(f"{path} is no {kind}: it holds no {main_part}")
        if hostile := part_with_document_type(container):
            raise MinshengError(
                f"{path} declares a document type in {hostile}, which no {kind} needs: it was made to attack "
                "its reader, so do not use it"
            )
