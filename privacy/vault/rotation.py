"""Changing the key-encryption key: every wrapped key is wrapped anew, a batch at a time; nothing sealed is touched."""

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from privacy.failpoints import failpoint
from privacy.vault.errors import VaultError
from privacy.vault.keyring import KeyRing, ring
from privacy.vault.people import wrap_aad
from privacy.vault.service import service_aad


def rotate_keys(*, batch: int = 500) -> dict:
    """Wrap every key under the newest of FIELD_KEYS. Returns {"rewrapped", "unreadable", "remaining"}.

    Each batch is its own transaction and only rows of an older key are taken up, so a run that was killed is continued
    by the next one. Rows that cannot be opened are counted and left as they are.
    """
    keys, totals = ring(), {"rewrapped": 0, "unreadable": 0, "remaining": 0}
    for model, aad_of in _kinds():
        _rotate_model(model, aad_of, keys, batch, totals)
        totals["remaining"] += model.objects.exclude(kek_id=keys.newest).count()
    return totals


def check_keys() -> list[str]:
    """Sentences that say why stored keys cannot be opened with FIELD_KEYS; empty when they can."""
    try:
        keys = ring()
    except ImproperlyConfigured as problem:
        return [str(problem)]
    return [sentence for model, aad_of in _kinds() for sentence in _complaints(model, aad_of, keys)]


def require_keys() -> None:
    """Refuse a start that could read nothing: ImproperlyConfigured names each key that is missing or wrong (F26).

    A database that is not set up yet has no keys to miss.
    """
    try:
        complaints = check_keys()
    except DatabaseError:
        return
    if complaints:
        raise ImproperlyConfigured(" ".join(complaints))


def _kinds() -> list:
    return [
        (apps.get_model("privacy", "PersonKey"), lambda row: wrap_aad(row.subject_id, row.compartment)),
        (apps.get_model("privacy", "ServiceKey"), lambda row: service_aad(row.name)),
    ]


def _rotate_model(model, aad_of, keys: KeyRing, batch: int, totals: dict) -> None:
    last = None
    while True:
        with transaction.atomic():
            old = model.objects.select_for_update().exclude(kek_id=keys.newest).order_by("pk")
            rows = list((old if last is None else old.filter(pk__gt=last))[:batch])
            opened = [row for row in rows if _rewrap(row, aad_of(row), keys)]
            # An UPDATE: a key that erasure destroys meanwhile does not come back.
            model.objects.bulk_update(opened, ["wrapped", "kek_id"])
        totals["rewrapped"] += len(opened)
        totals["unreadable"] += len(rows) - len(opened)
        failpoint("rotate.after_batch")
        if len(rows) < batch:
            return
        last = rows[-1].pk


def _rewrap(row, aad: bytes, keys: KeyRing) -> bool:
    try:
        key = keys.unwrap(row.wrapped, row.kek_id, aad=aad)
    except VaultError:
        return False
    row.wrapped, row.kek_id = keys.wrap(key, aad=aad)
    return True


def _complaints(model, aad_of, keys: KeyRing):
    stored = set(model.objects.order_by().values_list("kek_id", flat=True).distinct())
    name = model._meta.verbose_name_plural
    for kek_id in sorted(stored - set(keys.ids)):
        yield (
            f"FIELD_KEYS does not hold the key-encryption key {kek_id}, which some of the {name} need. "
            "Put that key back at the end of FIELD_KEYS, then run privacy_rotate_keys."
        )
    for kek_id in sorted(stored & set(keys.ids)):
        row = model.objects.filter(kek_id=kek_id).first()
        if row is not None and not _opens(row, aad_of(row), keys):
            yield f"One of the {name} is damaged: it cannot be opened with its key-encryption key {kek_id}."


def _opens(row, aad: bytes, keys: KeyRing) -> bool:
    try:
        return bool(keys.unwrap(row.wrapped, row.kek_id, aad=aad))
    except VaultError:
        return False
