"""Proofs that are added after publication, beside the edition: further signatures, and time stamps.

The edition's own folder never changes; its proofs lie in `r2.proofs/` next to `r2/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse import durable
from warehouse.editions.signatures import NAMESPACE, SIGNATURE_SUFFIX, proofs_of
from warehouse.errors import MinshengError
from warehouse.logs import logger
from warehouse.published import MANIFEST, Edition, publishing
from warehouse.settings import Settings
from warehouse.signing import (
    Stamp,
    StampFault,
    checked,
    read_private_key,
    request_for,
    require_name,
    root_certificate,
    sign,
)

_STAMP, _ROOT = ".tsr", ".pem"
_KINDS = {SIGNATURE_SUFFIX, _STAMP, _ROOT}


@dataclass(frozen=True)
class Proof:
    """A proof that was added to an edition."""

    edition: str
    file: str


@dataclass(frozen=True)
class Stamped(Proof):
    """A time stamp that was added."""

    stamped_at: str


def add_signature(settings: Settings, edition: Edition, key_file: Path, name: str) -> Proof:
    """Sign a published edition, as its approver or any other person does; the same again changes nothing.

    Raises UsageError for a name that `allowed_signers` cannot have, and MinshengError for a bad key, and
    where somebody of that name signed already with another key.
    """
    require_name(name)
    signature = sign((edition.path / MANIFEST).read_bytes(), NAMESPACE, read_private_key(key_file))
    return _added(settings, edition, f"{name}{SIGNATURE_SUFFIX}", signature.encode())


def stamp_request(edition: Edition, file: Path) -> Proof:
    """Write the request for a time stamp of the edition's manifest to a new file."""
    if file.exists():
        raise MinshengError(f"There is a file {file} already: name one that does not exist yet")
    durable.write(file, request_for((edition.path / MANIFEST).read_bytes()))
    return Proof(edition.name, str(file))


def accept_stamp(settings: Settings, edition: Edition, response: Path, root: Path) -> Stamped:
    """Keep an authority's response with the edition, and the root certificate that proves it.

    Raises MinshengError for a response that is not of this edition, or not signed under that certificate.
    """
    try:
        stamp = _stamp(edition, response, root)
    except StampFault as fault:
        raise MinshengError(
            f"{response} is no time stamp of {edition.name} under {root} ({fault}): ask the authority again "
            f"with `minsheng editions stamp-request {edition.name} FILE`"
        ) from fault
    name = f"{stamp.stamped_at:%Y%m%dT%H%M%S}"
    _added(settings, edition, f"{name}{_ROOT}", root.read_bytes())
    proof = _added(settings, edition, f"{name}{_STAMP}", response.read_bytes())
    return Stamped(proof.edition, proof.file, stamp.stamped_at.isoformat())


def require_proofs(edition: Edition) -> Iterator[Stamp]:
    """Yield the edition's time stamps; raises MinshengError for one that does not hold, and for strays.

    Signatures are checked with the edition's own (`signatures.require_signed`).
    """
    for path in sorted(proofs_of(edition).glob("[!.]*")):
        if path.suffix not in _KINDS or not path.is_file():
            raise MinshengError(f"{edition.name}: {path} is no proof of an edition: remove it")
        if path.suffix == _STAMP:
            try:
                yield _stamp(edition, path, path.with_suffix(_ROOT))
            except StampFault as fault:
                raise MinshengError(
                    f"{edition.name}: its time stamp {path} does not hold ({fault}): restore it from a backup"
                ) from fault
        if path.suffix == _ROOT and not path.with_suffix(_STAMP).exists():
            raise MinshengError(
                f"{edition.name}: {path.with_suffix(_STAMP)} is missing: accept the authority's response "
                "again, or restore it from a backup"
            )


def _stamp(edition: Edition, response: Path, root: Path) -> Stamp:
    try:
        content = response.read_bytes()
    except OSError as error:
        raise StampFault(error.strerror or str(error)) from error
    return checked(content, (edition.path / MANIFEST).read_bytes(), root_certificate(root))


def _added(settings: Settings, edition: Edition, name: str, content: bytes) -> Proof:
    path = proofs_of(edition) / name
    with publishing(settings):
        if path.exists() and path.read_bytes() != content:
            raise MinshengError(f"{edition.name} has another proof {path} already: give it another name")
        durable.write(path, content)
    logger(__name__).info("proof added", edition=edition.name, file=name)
    return Proof(edition.name, str(path))
