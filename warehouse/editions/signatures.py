"""What proves an edition from outside: its manifest's signature, and the hash that is kept on paper."""

from __future__ import annotations

from pathlib import Path

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.published import MANIFEST, Edition
from warehouse.settings import Settings
from warehouse.signing import SignatureFault, check, public_key_of, read_private_key, sign

NAMESPACE = "minsheng-edition"
SIGNATURE = f"{MANIFEST}.sig"
_LEAST_DIGITS = 16


def sign_manifest(settings: Settings, folder: Path) -> None:
    """Sign the manifest in a folder where the settings name a key; raises MinshengError for a bad key."""
    if settings.signing_key:
        key = read_private_key(settings.signing_key)
        content = (folder / MANIFEST).read_bytes()
        (folder / SIGNATURE).write_text(sign(content, NAMESPACE, key), encoding="utf-8")


def require_signed(walked: list[Edition], key_file: Path | None) -> int:
    """Return how many editions are signed, of those from the newest publication to the first.

    With a public key the newest must be signed by it, and so must all before it down to the first that was
    signed. Raises MinshengError with the first that is not, or whose signature does not hold.
    """
    key = public_key_of(key_file) if key_file else None
    signed = [(edition.path / SIGNATURE).is_file() for edition in walked]
    count = max((place + 1 for place, is_signed in enumerate(signed) if is_signed), default=0)
    if key and not count:
        raise MinshengError("No edition is signed: they may have been forged, or no key was ever set")
    for edition, is_signed in list(zip(walked, signed, strict=True))[:count]:
        if not is_signed:
            raise MinshengError(
                f"{edition.name}: its signature is missing, and earlier editions have theirs: it was forged; "
                "else restore the edition from a backup"
            )
        try:
            signature = (edition.path / SIGNATURE).read_text(encoding="utf-8")
            check(signature, (edition.path / MANIFEST).read_bytes(), NAMESPACE, key)
        except (SignatureFault, UnicodeDecodeError) as fault:
            raise MinshengError(
                f"{edition.name}: its signature does not hold ({fault}): it was forged; else restore the "
                "edition from a backup"
            ) from fault
    return count


def require_head(walked: list[Edition], expected: str) -> str:
    """Return the edition whose manifest has a hash from a printed page; raises MinshengError for none.

    The hash may be given in short groups, and by its first 16 digits or more.
    """
    digits = "".join(expected.split()).lower()
    if len(digits) < _LEAST_DIGITS or set(digits) - set("0123456789abcdef"):
        raise MinshengError(f"{expected} is no hash: give at least {_LEAST_DIGITS} of its digits")
    for edition in walked:
        if durable.sha256_of(edition.path / MANIFEST).startswith(digits):
            return edition.name
    raise MinshengError(
        f"No edition has the hash {digits[:_LEAST_DIGITS]}…: the chain was forged, or the edition taken away"
    )
