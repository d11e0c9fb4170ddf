"""OpenSSH's signatures of files (PROTOCOL.sshsig): the envelope around an Ed25519 signature.

`ssh-keygen -Y verify` checks what `sign` makes, and `check` accepts what `ssh-keygen -Y sign` makes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import textwrap

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_MAGIC, _VERSION = b"SSHSIG", 1
_KEY_TYPE, _HASHES = b"ssh-ed25519", {b"sha512": hashlib.sha512, b"sha256": hashlib.sha256}
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_COLUMNS = 70


class SignatureFault(Exception):  # noqa: N818 - a reason, which its reader puts into a sentence
    """Why a signature does not hold."""


def sign(content: bytes, namespace: str, key: Ed25519PrivateKey) -> str:
    """Return the armored signature of some bytes; the same bytes and key give the same signature."""
    space = namespace.encode()
    raw = key.sign(_signed(space, b"sha512", content))
    blob = b"".join(
        (
            _MAGIC,
            _VERSION.to_bytes(4, "big"),
            _string(_key_blob(key.public_key())),
            _string(space),
            _string(b""),
            _string(b"sha512"),
            _string(_string(_KEY_TYPE) + _string(raw)),
        )
    )
    lines = textwrap.wrap(base64.b64encode(blob).decode(), _COLUMNS)
    return "\n".join([_BEGIN, *lines, _END, ""])


def check(signature: str, content: bytes, namespace: str, key: Ed25519PublicKey | None = None) -> None:
    """Raise SignatureFault unless the signature is of these bytes and this namespace, by this key.

    Without a key it is held against the key that it names itself, which proves that nothing was altered
    since, and not who signed.
    """
    blob = _unarmored(signature)
    if blob[: len(_MAGIC) + 4] != _MAGIC + _VERSION.to_bytes(4, "big"):
        raise SignatureFault("it is no signature of ssh-keygen")
    key_blob, space, reserved, hash_name, signed = _parts(blob[len(_MAGIC) + 4 :], 5)
    named = _public_key(key_blob)
    if key is not None and _key_blob(key) != key_blob:
        raise SignatureFault("it was made by another key")
    kind, raw = _parts(signed, 2)
    if (space, reserved, kind) != (namespace.encode(), b"", _KEY_TYPE) or hash_name not in _HASHES:
        raise SignatureFault("it was made for something else")
    try:
        named.verify(raw, _signed(space, hash_name, content))
    except InvalidSignature:
        raise SignatureFault("it is not of this content") from None


def _signed(space: bytes, hash_name: bytes, content: bytes) -> bytes:
    digest = _HASHES[hash_name](content).digest()
    return _MAGIC + _string(space) + _string(b"") + _string(hash_name) + _string(digest)


def _unarmored(signature: str) -> bytes:
    text = signature.strip()
    if not (text.startswith(_BEGIN) and text.endswith(_END)):
        raise SignatureFault("it is no signature of ssh-keygen")
    inner = text.removeprefix(_BEGIN).removesuffix(_END)
    try:
        return base64.b64decode("".join(inner.split()), validate=True)
    except binascii.Error:
        raise SignatureFault("it is damaged") from None


def _public_key(blob: bytes) -> Ed25519PublicKey:
    kind, raw = _parts(blob, 2)
    if kind != _KEY_TYPE:
        raise SignatureFault("its key is not an Ed25519 key")
    try:
        return Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        raise SignatureFault("it is damaged") from None


def _key_blob(key: Ed25519PublicKey) -> bytes:
    return _string(_KEY_TYPE) + _string(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def _parts(blob: bytes, count: int) -> list[bytes]:
    """Return so many strings that follow one another in a blob; raises SignatureFault for anything else."""
    parts = []
    while blob:
        length = int.from_bytes(blob[:4], "big")
        if len(blob) < 4 + length:
            raise SignatureFault("it is damaged")
        parts.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    if len(parts) != count:
        raise SignatureFault("it is damaged")
    return parts
