"""Changing the key-encryption key (T35, F26)."""

from privacy import vault
from privacy.actions.trail import note


def rotate_field_keys(*, by, batch: int = 500) -> dict:
    """Wrap every stored key under the newest of FIELD_KEYS: {"rewrapped", "unreadable", "remaining"}.

    Commits batch by batch and may be run again after a kill at any point. The older key may leave FIELD_KEYS only when
    `remaining` is 0.
    """
    result = vault.rotate_keys(batch=batch)
    if result["rewrapped"]:
        note("keys.rotated", by=by)
    return result
