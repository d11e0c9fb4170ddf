"""What proves an edition from outside: its manifest's signature, and the hash that is kept on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.published import MANIFEST, Edition
from warehouse.settings import Settings
from warehouse.signing import SignatureFault, check, public_key_of, read_private_key, sign

NAMESPACE = "minsheng-edition"
SIGNATURE_SUFFIX = ".sig"
SIGNATURE = f"{MANIFEST}{SIGNATURE_SUFFIX}"
_LEAST_DIGITS = 16


def sign_manifest(settings: Settings, folder: Path) -> None:
    """Sign the manifest in a folder where the settings name a key; raises MinshengError for a bad key."""
    if settings.signing_key:
        key = read_private_key(settings.signing_key)
        content = (folder / MANIFEST).read_bytes()
        (folder / SIGNATURE).write_text(sign(content, NAMESPACE, key), encoding="utf-8")


def proofs_of(edition: Edition) -> Path:
    """Return the folder with the proofs that were added after publication; it need not be there."""
    return edition.path.with_name(f"{edition.path.name}.proofs")


def require_signed(walked: list[Edition], key_files: Sequence[Path]) -> int:
    """Return how many editions are signed, of those from the newest publication to the first.

    An edition is signed at publication, and by others afterwards. By each public key the newest must be
    signed, and so must all before it down to the first that this key signed. Raises MinshengError with the
    first that is not, or whose signature does not hold.
    """
    if key_files and not any(_signatures(edition) for edition in walked):
        raise MinshengError("No edition is signed: they may have been forged, or no key was ever set")
    for edition in walked:
        for signature in _signatures(edition):
            if fault := _fault_of(signature, edition, None):
                raise MinshengError(_unsound(edition.name, signature, fault))
    if gap := _newest_gap(walked, [(edition.path / SIGNATURE).is_file() for edition in walked]):
        raise MinshengError(
            f"{gap.name}: its signature is missing, and earlier editions have theirs: it was forged; else "
            "restore the edition from a backup"
        )
    for key_file in key_files:
        _require_signed_by(walked, key_file)
    return sum(bool(_signatures(edition)) for edition in walked)


def _require_signed_by(walked: list[Edition], key_file: Path) -> None:
    key = public_key_of(key_file)
    signed = [
        any(_fault_of(signature, edition, key) is None for signature in _signatures(edition))
        for edition in walked
    ]
    if not any(signed):
        raise MinshengError(
            f"No edition is signed with {key_file}: they were forged, or it is not the key of those who sign"
        )
    if gap := _newest_gap(walked, signed):
        raise MinshengError(
            f"{gap.name} is not signed with {key_file}, and earlier editions are: it was forged, or its "
            "signature was made with another key"
        )


def _newest_gap(walked: list[Edition], signed: list[bool]) -> Edition | None:
    """Return the newest edition that is not signed although an earlier one is; `signed` follows `walked`."""
    return next(
        (edition for place, edition in enumerate(walked) if not signed[place] and any(signed[place:])), None
    )


def _signatures(edition: Edition) -> list[Path]:
    own = edition.path / SIGNATURE
    return [*([own] if own.is_file() else []), *sorted(proofs_of(edition).glob(f"[!.]*{SIGNATURE_SUFFIX}"))]


def _fault_of(signature: Path, edition: Edition, key: Ed25519PublicKey | None) -> str | None:
    """Return why a signature of the edition's manifest does not hold, with the key or by itself."""
    try:
        content = (edition.path / MANIFEST).read_bytes()
        check(signature.read_text(encoding="utf-8"), content, NAMESPACE, key)
    except (SignatureFault, UnicodeDecodeError) as fault:
        return str(fault)
    return None


def _unsound(called: str, signature: Path, fault: str) -> str:
    return (
        f"{called}: its signature {signature.name} does not hold ({fault}): it was forged; else restore the "
        "edition from a backup"
    )


def require_signed_variants(
    variants: dict[str, Edition], editions: dict[str, Edition], key_files: Sequence[Path]
) -> int:
    """Return how many public variants are signed; raises MinshengError for a signature that does not hold.

    With public keys the variant of a signed edition must be signed with one of them.
    """
    keys: list[Ed25519PublicKey | None] = [public_key_of(file) for file in key_files]
    signed = 0
    for name, variant in variants.items():
        called, signature = f"the public variant of {name}", variant.path / SIGNATURE
        if signature.is_file():
            faults = [_fault_of(signature, variant, key) for key in keys or [None]]
            if all(faults):
                raise MinshengError(_unsound(called, signature, str(faults[0])))
            signed += 1
        elif keys and (editions[name].path / SIGNATURE).is_file():
            raise MinshengError(
                f"{called} is not signed, and its edition is: it was forged, or made where no key was set"
            )
    return signed


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
