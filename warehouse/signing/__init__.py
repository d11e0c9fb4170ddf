"""Signatures that `ssh-keygen` makes and checks: Ed25519 keys in OpenSSH's formats."""

from warehouse.signing.keys import KeyPair, make_keys, public_key_of, read_private_key
from warehouse.signing.sshsig import SignatureFault, check, sign

__all__ = ["KeyPair", "SignatureFault", "check", "make_keys", "public_key_of", "read_private_key", "sign"]
