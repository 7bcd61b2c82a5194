"""The vault: what is sealed here can be opened only with a person's own data key, and that key can be destroyed (T35).

Each person has one random 256-bit key per compartment. The key lies in the database wrapped by a key-encryption key
that comes from the environment (`settings.FIELD_KEYS`), so a stolen database opens nothing, and deleting the wrapped
key makes every sealed column and file of that compartment unreadable for good; backups follow as they age out.

Owners use `privacy.fields` for columns and `privacy.actions.files` for files, and `unlock(rows)` before they list rows.
"""

from privacy.vault.errors import GONE, Damaged, KeyDestroyed, VaultError, WrongKey, is_gone
from privacy.vault.people import KeyChest, data_key, destroy_keys, prepare, seal, unlock, unseal
from privacy.vault.rotation import check_keys, require_keys, rotate_keys
from privacy.vault.sealing import meter
from privacy.vault.service import blind_index, index_key, normalise, open_for_service, seal_for_service, service_key
from privacy.vault.streams import PlainReader, open_stream, seal_stream

__all__ = [
    "GONE",
    "Damaged",
    "KeyChest",
    "KeyDestroyed",
    "PlainReader",
    "VaultError",
    "WrongKey",
    "blind_index",
    "check_keys",
    "data_key",
    "destroy_keys",
    "index_key",
    "is_gone",
    "meter",
    "normalise",
    "open_for_service",
    "open_stream",
    "prepare",
    "require_keys",
    "rotate_keys",
    "seal",
    "seal_for_service",
    "seal_stream",
    "service_key",
    "unlock",
    "unseal",
]
