"""The steps of an erasure, in the order they run. Each commits by itself and may run twice (security F01 to F04)."""

from __future__ import annotations

import uuid

from django.apps import apps
from django.db import models, transaction

from privacy import registry, vault
from privacy.actions.disclosure_notices import make_notices
from privacy.actions.files import erase_objects
from privacy.actions.jobs import enqueue
from privacy.actions.mail import JOB as MAIL_JOB
from privacy.actions.mail import cancel_mail, write_mail
from privacy.actions.trail import note
from privacy.declare import BLANK, KEEP, Category, Field
from privacy.models import DataSubject, ErasureLedger, OutgoingMail, StoredFile, SubjectIdentifier
from privacy.planning import acted_rows, actor_columns
from privacy.reach import rows_of, sealed_fields
from privacy.rules.erasure import ErasurePlan

BATCH = 1000
CANCELLED_BY_ERASURE = ("request", "withdrawal", "staff", "replay")


def ledger(erasure, plan: ErasurePlan) -> None:
    """Written outside the main database before anything goes, so that no restore can forget it."""
    ErasureLedger.objects.get_or_create(
        pk=erasure.ledger,
        defaults={"subject": erasure.subject_id, "cause": erasure.cause, "scope": erasure.scope},
    )


@transaction.atomic
def freeze(erasure, plan: ErasurePlan) -> None:
    """Nobody meets this person any more: state, queued mail; stores outside the database; the last mail is written."""
    if not erasure.whole:
        return
    ids = erasure.subject.group()
    addresses = addresses_of(ids)
    DataSubject.objects.filter(pk__in=ids).update(state=DataSubject.State.ERASING)
    indexes = SubjectIdentifier.objects.filter(subject__in=ids).values_list("index", flat=True)
    cancel_mail(subjects=ids, indexes=list(indexes))
    if erasure.cause in ("request", "staff"):
        _write_last_mails(erasure, addresses)
    for store in registry.stores().values():
        store.forget(addresses)


def addresses_of(ids) -> list[str]:
    """Every readable e-mail address the declared rows of this person hold."""
    found: set[str] = set()
    for declaration in registry.declarations():
        for name, what in declaration.fields_of(Field).items():
            if what.category is Category.EMAIL and not what.third_person and not what.secret:
                found |= {value for value in rows_of(declaration, ids).values_list(name, flat=True) if value}
    return sorted(found)


def _write_last_mails(erasure, addresses) -> None:
    # The address is about to go: the mail is written now, sealed, and put in line when everything is done.
    for number, address in enumerate(addresses[:3]):
        key = last_mail_key(erasure, number)
        if not OutgoingMail.objects.filter(pk=key).exists():
            write_mail(
                to=address,
                template="privacy/mail/erased",
                context={"number": str(erasure.pk)[:8]},
                language=erasure.subject.language,
                final=True,
                key=key,
            )


def last_mail_key(erasure, number: int) -> uuid.UUID:
    return uuid.uuid5(erasure.pk, f"last-mail-{number}")


def objects(erasure, plan: ErasurePlan) -> None:
    """Files go first and are verified gone by listing; a storage that fails stops it here, with rows intact."""
    files = list(StoredFile.objects.filter(pk__in=plan.files))
    if files:
        erase_objects(files)
        erasure.files += len(files)


def keys(erasure, plan: ErasurePlan) -> None:
    """Destroy the data keys: what was sealed is unreadable from here on, in backups and object versions too."""
    if not erasure.whole:
        return
    kept = [item.model for item in plan.held]
    needed = {compartment for compartment in ("main", "kept") if _still_needed(kept, compartment)}
    gone = [compartment for compartment in ("main", "kept") if compartment not in needed]
    vault.destroy_keys(erasure.subject.group(), gone)


def _still_needed(kept_models, compartment: str) -> bool:
    for label in kept_models:
        declaration = registry.declaration_of(label)
        for column in sealed_fields(declaration.model, compartment):
            what = declaration.fields.get(column.name)
            if not declaration.statutory or (isinstance(what, Field) and what.on_erase is KEEP):
                return True
    return False


def rows(erasure, plan: ErasurePlan) -> None:
    """Rows go, class by class, children first, in batches that re-check holds; held rows keep the smallest part."""
    for item in plan.items:
        declaration = registry.declaration_of(item.model)
        if item.action == "restrict":
            _minimise(declaration, item)
        elif item.keys:
            _remove(erasure, declaration, item)
    if erasure.whole:
        _blank_actors(erasure)
    StoredFile.objects.filter(pk__in=plan.files).delete()


def _remove(erasure, declaration, item) -> None:
    for start in range(0, len(item.keys), BATCH):
        batch = item.keys[start : start + BATCH]
        with transaction.atomic():
            done = remove_rows(declaration, batch)
            erasure.counts[item.model] = erasure.counts.get(item.model, 0) + done
            erasure.save(update_fields=["counts"])


def remove_rows(declaration, keys) -> int:
    """Delete or blank these rows as the declaration says; returns how many there were."""
    there = declaration.model._base_manager.filter(pk__in=keys)
    if declaration.on_erase is BLANK:
        return there.update(**blank_values(declaration, everything=True))
    count = there.count()
    there.delete()
    return count


def blank_values(declaration, *, everything: bool) -> dict:
    """What an erased row's columns become. Without ``everything`` columns marked KEEP stay (a statutory hold)."""
    values = {}
    for name, what in declaration.fields_of(Field).items():
        if what.on_erase is BLANK or everything:
            column = declaration.model._meta.get_field(name)
            if is_blankable(column, what):
                values[name] = what.blank_with if what.blank_with is not None else empty_value(column)
    if everything:
        values[declaration.subject.split("__")[0]] = None
    return values


def is_blankable(column, what: Field) -> bool:
    return what.blank_with is not None or column.null or isinstance(column, _EMPTYABLE)


_EMPTYABLE = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def empty_value(column):
    """The column's own empty value: NULL where it may be, else the empty text, list, object or bytes."""
    if column.null:
        return None
    if isinstance(column, models.JSONField):
        return column.get_default() if column.has_default() else {}
    return b"" if isinstance(column, models.BinaryField) else ""


def _minimise(declaration, item) -> None:
    # Only a statutory hold trims the row: an open dispute or delivery needs what it is about.
    if declaration.statutory and item.law in declaration.statutory:
        values = blank_values(declaration, everything=False)
        if values:
            declaration.model._base_manager.filter(pk__in=item.keys).update(**values)


def _blank_actors(erasure) -> None:
    ids = erasure.subject.group()
    for model, name, actor in actor_columns():
        if actor.on_erase is BLANK:
            acted_rows(model, name, actor, ids).update(**{name: None})


def leftovers(erasure, plan: ErasurePlan) -> None:
    """Bytes that outlive rows: SQLite's write-ahead log."""
    from privacy.actions.erasure import truncate_wal

    if apps.ready:
        truncate_wal()


@transaction.atomic
def told(erasure, plan: ErasurePlan) -> None:
    """One task per actual recipient (L14), and the last mail is put in line."""
    make_notices(erasure)
    for number in range(3):
        key = last_mail_key(erasure, number)
        if OutgoingMail.objects.filter(pk=key, state=OutgoingMail.State.QUEUED).exists():
            enqueue(MAIL_JOB, ref=key)
    note("erasure.carried_out", subject=erasure.subject, record=erasure, by=None, reason=erasure.cause)
