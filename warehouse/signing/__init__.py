"""Signatures that `ssh-keygen` makes and checks, and time stamps that `openssl ts` checks."""

from warehouse.signing.keys import KeyPair, make_keys, public_key_of, read_private_key, require_name
from warehouse.signing.sshsig import SignatureFault, check, sign
from warehouse.signing.timestamps import Stamp, StampFault, checked, request_for, root_certificate

__all__ = [
    "KeyPair",
    "SignatureFault",
    "Stamp",
    "StampFault",
    "check",
    "checked",
    "make_keys",
    "public_key_of",
    "read_private_key",
    "request_for",
    "require_name",
    "root_certificate",
    "sign",
]
