"""AES-256-GCM with a random nonce: version byte, 12 bytes of nonce, ciphertext with its 16-byte tag."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.vault.errors import Damaged

KEY_BYTES = 32
VERSION = b"\x01"
NONCE_BYTES = 12
_HEAD = len(VERSION) + NONCE_BYTES


class Meter:
    """Counts what this process has opened, so that a test can demand that a list opened nothing."""

    def __init__(self):
        self.opened = 0


meter = Meter()


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def seal_with(cipher: AESGCM, plaintext: bytes, aad: bytes) -> bytes:
    """Sealed bytes, 29 longer than the plaintext and different each time. `aad` is where they belong."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + cipher.encrypt(nonce, plaintext, VERSION + aad)


def open_with(cipher: AESGCM, sealed: bytes, aad: bytes) -> bytes:
    """The plaintext, or Damaged when these bytes were not sealed with this key for this place."""
    if sealed[:1] != VERSION:
        raise Damaged
    try:
        return cipher.decrypt(sealed[1:_HEAD], sealed[_HEAD:], VERSION + aad)
    except (InvalidTag, ValueError):
        # ValueError: a nonce cut short. Neither message may travel on, so the cause is dropped.
        raise Damaged from None
