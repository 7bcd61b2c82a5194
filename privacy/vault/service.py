"""Keys of the house itself: the blind index, queued mail, signatures. They outlive every person."""

import hashlib
import hmac
import unicodedata
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps

from privacy.vault.keyring import KeyRing, ring
from privacy.vault.sealing import new_key, open_with, seal_with

_INDEX = "blind-index"


def index_key() -> bytes:
    """32 bytes, the same for the life of the database: the key behind the blind index and the digests of evidence."""
    return service_key(_INDEX)


def blind_index(kind: str, value: str) -> str:
    """64 hexadecimal characters, equal for equal values of a kind, that tell nothing without the key (L16, L43)."""
    message = kind.encode() + b"\x1f" + normalise(value).encode()
    return hmac.new(index_key(), message, hashlib.sha256).hexdigest()


def normalise(value: str) -> str:
    """One spelling of an address: compatibility forms folded, no space around it, no difference of case."""
    folded = unicodedata.normalize("NFKC", value).strip().casefold()
    return unicodedata.normalize("NFKC", folded)


def seal_for_service(name: str, plaintext: bytes, *, aad: bytes) -> bytes:
    """Seal with the service's own key; used where a person's key would be too early or too late, as for queued mail."""
    return seal_with(AESGCM(service_key(name)), plaintext, aad)


def open_for_service(name: str, sealed: bytes, *, aad: bytes) -> bytes:
    """Open what `seal_for_service` made for the same name and place. Damaged, WrongKey."""
    return open_with(AESGCM(service_key(name)), bytes(sealed), aad)


def service_aad(name: str) -> bytes:
    return f"service-key/{name}".encode()


def service_key(name: str) -> bytes:
    """The 32 bytes of the house's own key of this name; made when it is first asked for."""
    keys = apps.get_model("privacy", "ServiceKey").objects
    row = keys.filter(name=name).values_list("wrapped", "kek_id").first()
    if row is None:
        wrapped, kek_id = ring().wrap(new_key(), aad=service_aad(name))
        keys.bulk_create([keys.model(name=name, wrapped=wrapped, kek_id=kek_id)], ignore_conflicts=True)
        row = keys.values_list("wrapped", "kek_id").get(name=name)
    return _unwrapped(ring(), name, bytes(row[0]), row[1])


@lru_cache(maxsize=32)
def _unwrapped(keys: KeyRing, name: str, wrapped: bytes, kek_id: str) -> bytes:
    # Remembered by wrapped bytes and ring: another database, a rotation or other settings never meet an old key.
    return keys.unwrap(wrapped, kek_id, aad=service_aad(name))
