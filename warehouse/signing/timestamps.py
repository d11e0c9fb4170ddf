"""Time stamps of an authority (RFC 3161): a request and its response are files, carried over an air gap."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.x509 import Certificate, load_pem_x509_certificate
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from warehouse.clock import TIMEZONE
from warehouse.errors import MinshengError


class StampFault(Exception):  # noqa: N818 - a reason, which its reader puts into a sentence
    """Why a time stamp does not hold."""


@dataclass(frozen=True)
class Stamp:
    """What an authority said: that it saw some bytes, and when."""

    stamped_at: datetime
    """In the district's time."""


def request_for(content: bytes) -> bytes:
    """Return the request (`.tsq`) for a time stamp of some bytes: their SHA-256, a nonce, nothing else."""
    builder = TimestampRequestBuilder(data=content, hash_algorithm=HashAlgorithm.SHA256)
    return bytes(builder.cert_request(cert_request=True).build().as_bytes())


def checked(response: bytes, content: bytes, root: Certificate) -> Stamp:
    """Return what a response (`.tsr`) says of these bytes, signed under this root certificate.

    Raises StampFault where it was refused, is of other bytes, or is not signed by that authority.
    """
    try:
        stamped = decode_timestamp_response(response)
        VerifierBuilder(roots=[root]).build().verify(stamped, hashlib.sha256(content).digest())
        moment = stamped.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise StampFault(str(error) or type(error).__name__) from error
    return Stamp(moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(ZoneInfo(TIMEZONE)))


def root_certificate(file: Path) -> Certificate:
    """Return the authority's root certificate (PEM); raises MinshengError where the file is none."""
    try:
        return load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError) as error:
        raise MinshengError(
            f"{file} is no certificate in PEM ({error}): name the authority's root certificate"
        ) from error
