"""The steps of an erasure, in the order they run. Each commits by itself and may run twice (security F01 to F04)."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connections, models, transaction
from django.urls import reverse

from privacy import registry, vault
from privacy.actions.disclosure_notices import make_notices
from privacy.actions.files import erase_objects
from privacy.actions.jobs import enqueue, extend_lease
from privacy.actions.mail import JOB as MAIL_JOB
from privacy.actions.mail import cancel_mail, write_mail
from privacy.actions.trail import note
from privacy.declare import BLANK, Category, Field
from privacy.failpoints import failpoint
from privacy.fields import read_sealed
from privacy.models import DataSubject, ErasureLedger, OutgoingMail, StoredFile, SubjectIdentifier
from privacy.planning import actor_columns, kept_now
from privacy.presence import acting, present
from privacy.reach import acted_rows, rows_of, sealed_fields
from privacy.rules.erasure import ErasurePlan
from privacy.trimming import trimmed_keys
from privacy.vault.people import COMPARTMENTS

BATCH = 1000
MOST_LAST_MAILS = 3


def ledger(erasure, plan: ErasurePlan | None) -> None:
    """Written outside the main database, when it is ordered and again before anything goes: no restore forgets it."""
    ErasureLedger.objects.get_or_create(
        pk=erasure.ledger,
        defaults={"subject": erasure.subject_id, "cause": erasure.cause, "scope": erasure.scope},
    )


@transaction.atomic
def freeze(erasure, plan: ErasurePlan) -> None:
    """Nobody meets this person any more: whom to tell (L14), state, sessions, queued mail, stores; the last mail."""
    make_notices(erasure, plan)
    if not erasure.whole:
        return
    ids = erasure.subject.group()
    addresses = addresses_of(ids)
    people = DataSubject.objects.filter(pk__in=ids)
    first = people.exclude(state__in=[DataSubject.State.ERASING, DataSubject.State.ERASED]).exists()
    people.update(state=DataSubject.State.ERASING)
    _end_sessions(ids, plan)
    cancel_mail(subjects=ids, indexes=_indexes_of(ids, addresses))
    if first and erasure.cause in ("request", "staff"):
        _write_last_mails(erasure, addresses)
    failpoint("erase.before_stores")
    for store in registry.stores().values():
        store.forget(addresses)


def _end_sessions(ids, plan: ErasurePlan) -> None:
    # The account's own row goes later, with the others; until then nobody signs in to it. An account that the plan
    # holds stays as it is: closing it could end the very reason it was held for, and with it what the plan promised.
    accounts = get_user_model()
    held = [key for item in plan.held if item.model == accounts._meta.label for key in item.keys]
    accounts._base_manager.filter(subject__in=ids).exclude(pk__in=held).update(is_active=False)
    for declaration in registry.declarations():
        if issubclass(declaration.model, AbstractBaseSession):
            rows_of(declaration, ids).delete()


def addresses_of(ids) -> list[str]:
    """Every readable e-mail address this person's rows hold, but for those somebody else has proved (T31)."""
    found: set[str] = set()
    for declaration in present(registry.declarations(), ids):
        for name, what in declaration.fields_of(Field).items():
            if what.category in (Category.EMAIL, Category.LOGIN) and not what.third_person and not what.secret:
                found |= {value for value in _readings(declaration, name, ids) if _is_address(value)}
    return sorted(address for address in found if not _is_proved_by_another(address, ids))


def _readings(declaration, name: str, ids):
    return [read_sealed(row, name).value for row in vault.unlock(rows_of(declaration, ids))]


def _is_address(value) -> bool:
    return isinstance(value, str) and "@" in value


def _indexes_of(ids, addresses) -> set[str]:
    own = SubjectIdentifier.objects.filter(subject__in=ids).exclude(index__in=_proved_by_others(ids).values("index"))
    return {*own.values_list("index", flat=True), *(vault.blind_index("email", address) for address in addresses)}


def _is_proved_by_another(address: str, ids) -> bool:
    return _proved_by_others(ids).filter(index=vault.blind_index("email", address)).exists()


def _proved_by_others(ids):
    return SubjectIdentifier.objects.filter(verified_at__isnull=False).exclude(subject__in=ids)


def _write_last_mails(erasure, addresses) -> None:
    # The address is about to go: the mail is written now, sealed, and put in line when everything is done.
    for number, address in enumerate(addresses[:MOST_LAST_MAILS]):
        write_mail(
            to=address,
            template="privacy/mail/erased",
            context={"number": str(erasure.pk)[:8], "url": certificate_page(erasure)},
            language=erasure.subject.language,
            final=True,
            key=last_mail_key(erasure, number),
        )


def certificate_page(erasure) -> str:
    """The full address of the page that says what was erased and what stays: no one but who was told can know it."""
    return settings.BASE_URL + reverse("privacy:certificate", args=[erasure.pk])


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
    needed = {compartment for item in plan.held for compartment in _compartments(item, plan.day)}
    vault.destroy_keys(erasure.subject.group(), [each for each in COMPARTMENTS if each not in needed])


def _compartments(item, day: date) -> set[str]:
    """The compartments that seal what stays of these held rows."""
    declaration, found = registry.declaration_of(item.model), set()
    columns = sealed_fields(declaration.model)
    all_trimmed = bool(columns) and trimmed_keys(declaration, item, day) == set(item.keys)
    for column in columns:
        if all_trimmed and column.name in blank_values(declaration, everything=False):
            continue
        if column.compartment_from:
            rows = declaration.model._base_manager.filter(pk__in=item.keys)
            found |= set(rows.values_list(column.compartment_from, flat=True))
        else:
            found.add(column.compartment)
    return found


def rows(erasure, plan: ErasurePlan) -> None:
    """Rows go, class by class, children first, in batches that re-check holds; held rows keep the smallest part."""
    if erasure.whole:
        # Before the account goes: afterwards nothing leads from the column to the person.
        _blank_actors(erasure)
    failpoint("erase.after_actors")
    for item in plan.items:
        declaration = registry.declaration_of(item.model)
        if item.action == "restrict":
            _minimise(declaration, item, plan.day)
        elif item.keys:
            _remove(erasure, declaration, item, plan)
    failpoint("erase.before_file_rows")
    _forget_files(plan.files, plan.day)


@transaction.atomic
def _forget_files(files, day: date) -> None:
    if not files:
        return
    free = set(_still_free(registry.declaration_of(StoredFile), files, day))
    named = {key for declaration in registry.declarations() for key in _files_of(declaration, free)}
    StoredFile.objects.filter(pk__in=free - named).delete()


def _files_of(declaration, files) -> set:
    """Which of these files a row of this class still names."""
    rows = declaration.model._base_manager
    return {
        key for name in declaration.files for key in rows.filter(**{f"{name}__in": files}).values_list(name, flat=True)
    }


def _remove(erasure, declaration, item, plan: ErasurePlan) -> None:
    for start in range(0, len(item.keys), BATCH):
        with transaction.atomic():
            free = _still_free(declaration, item.keys[start : start + BATCH], plan.day)
            done = remove_rows(declaration, free)
            erasure.counts[item.model] = erasure.counts.get(item.model, 0) + done
            erasure.save(update_fields=["counts"])
            if declaration.files and not erasure.whole:
                # Nothing leads from a part to its files once these rows are gone; after a kill none would be found.
                _forget_files(plan.files, plan.day)
        failpoint("erase.after_batch")
        extend_lease(erasure.pk)


def _still_free(declaration, keys, day: date) -> list:
    """Of these rows, locked now, those that nothing holds: a hold may have been placed since the plan was read."""
    locked = set(declaration.model._base_manager.filter(pk__in=keys).select_for_update().values_list("pk", flat=True))
    return sorted(locked - kept_now(declaration, locked, day=day).keys(), key=str)


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
            # The gate has made sure that each of them can be blanked.
            column = declaration.model._meta.get_field(name)
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


def _minimise(declaration, item, day: date) -> None:
    trimmed = trimmed_keys(declaration, item, day)
    if trimmed:
        rows = declaration.model._base_manager.filter(pk__in=trimmed)
        rows.update(**blank_values(declaration, everything=False))


def _blank_actors(erasure) -> None:
    ids = erasure.subject.group()
    blanked = (each for each in actor_columns() if each[2].on_erase is BLANK)
    for model, name, actor in acting(blanked, ids):
        acted_rows(model, name, actor, ids).update(**{name: None})


def leftovers(erasure, plan: ErasurePlan) -> None:
    """Bytes that outlive rows: SQLite's write-ahead log."""
    truncate_wal()


def truncate_wal() -> None:
    """SQLite keeps deleted bytes in its write-ahead log until it is cut; PostgreSQL has nothing to do here (F13)."""
    for connection in connections.all():
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@transaction.atomic
def told(erasure, plan: ErasurePlan) -> None:
    """The last mail is put in line; the mail's own state tells whether it has gone already."""
    for number in range(MOST_LAST_MAILS):
        key = last_mail_key(erasure, number)
        if OutgoingMail.objects.filter(pk=key, state=OutgoingMail.State.QUEUED).exists():
            enqueue(MAIL_JOB, ref=key)
    note("erasure.carried_out", subject=erasure.subject, record=erasure, by=None, reason=erasure.cause)
