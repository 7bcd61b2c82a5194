"""Signatures over the heads of the trail: Ed25519, its seed derived from a service key outside plain reach."""

import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from privacy import vault


def _private_key() -> Ed25519PrivateKey:
    seed = hmac.new(vault.index_key(), b"trail-checkpoint", hashlib.sha256).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def sign(message: bytes) -> tuple[str, str]:
    """(signature, public key), both hexadecimal: anyone with the public key can verify without our keys."""
    key = _private_key()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return key.sign(message).hex(), public.hex()


def is_signed(message: bytes, *, signature: str, public_key: str) -> bool:
    """Whether this signature over this message was made by the holder of that key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def own_public_key() -> str:
    """The public key we sign with now; a checkpoint by another key is not ours."""
    return sign(b"")[1]


def sign_row(row, message: bytes) -> None:
    """Put our signature over this message into a row's ``signature`` and ``public_key``; the caller saves it."""
    row.signature, row.public_key = sign(message)


def is_ours(row, message: bytes) -> bool:
    """Whether a row's signature over this message was made with the key we sign with now."""
    return row.public_key == own_public_key() and is_signed(message, signature=row.signature, public_key=row.public_key)
