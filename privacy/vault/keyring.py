"""The key-encryption keys, which live in the environment and never in the database, newest first."""

import base64
import binascii
import hashlib
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from privacy.vault.errors import WrongKey
from privacy.vault.sealing import KEY_BYTES, open_with, seal_with


class KeyRing:
    """The keys of one setting. `newest` is the id of the key that wraps; any of them opens."""

    def __init__(self, encoded: tuple[str, ...]):
        keys = [_decoded(place, text) for place, text in enumerate(encoded, start=1)]
        if not keys:
            raise ImproperlyConfigured("FIELD_KEYS is empty: give one key of 32 random bytes in base64.")
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self.newest = _key_id(keys[0])

    @property
    def ids(self) -> list[str]:
        return list(self._ciphers)

    def wrap(self, key: bytes, *, aad: bytes) -> tuple[bytes, str]:
        """The wrapped key and the id of the key-encryption key, for the two columns of a key row."""
        return seal_with(self._ciphers[self.newest], key, aad), self.newest

    def unwrap(self, wrapped: bytes, kek_id: str, *, aad: bytes) -> bytes:
        """The data key. WrongKey when FIELD_KEYS does not hold that key, Damaged when the row was changed."""
        cipher = self._ciphers.get(kek_id)
        if cipher is None:
            raise WrongKey
        return open_with(cipher, bytes(wrapped), aad)


def ring() -> KeyRing:
    """The ring of the current settings; ImproperlyConfigured names the place of an unusable key, never its value."""
    return _ring_of(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=8)
def _ring_of(encoded: tuple[str, ...]) -> KeyRing:
    return KeyRing(encoded)


def _decoded(place: int, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"FIELD_KEYS: key number {place} is not {KEY_BYTES} bytes in base64.")
    return key


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"cn key-encryption key id" + key).hexdigest()[:16]
