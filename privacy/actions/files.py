"""People's files: stored sealed, opened piece by piece, erased with proof (N9, T22 to T24, T35)."""

import hashlib
import logging
import os
import tempfile
import unicodedata
import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from privacy import vault
from privacy.actions.trail import note
from privacy.failpoints import failpoint
from privacy.models import OfficeDocument, StoredFile

logger = logging.getLogger(__name__)

NAME_LENGTH = 120
MEMORY_BYTES = 1024 * 1024
# An upload whose transaction is still open has an object and no row yet: it is no orphan.
ORPHAN_AGE = timedelta(hours=1)

_stored_here: ContextVar[list | None] = ContextVar("files stored inside files_follow_transaction", default=None)


class EmptyFile(Exception):
    """There was nothing in the upload. The message is a sentence for the person who sent it."""


class FilesRemain(Exception):
    """`count` objects could not be shown to be gone. Their rows are kept, so that erasing again finds them."""

    def __init__(self, count: int, total: int):
        self.count, self.total = count, total
        sentence = ngettext(
            "%(count)d of %(total)d file could not be shown to be gone. Nothing was forgotten; erase again.",
            "%(count)d of %(total)d files could not be shown to be gone. Nothing was forgotten; erase again.",
            total,
        )
        super().__init__(sentence % {"count": count, "total": total})


def store_file(
    subject, *, stream, display_name: str, media_type: str, by, compartment: str = "main", then=None
) -> StoredFile:
    """Seal a stream into the storage `people` and write its row, in the caller's transaction.

    `stream` is anything with `read`, taken from its start where it can be rewound; memory stays bounded whatever its
    size. `media_type` is what the content was found to be, not what the sender claimed. Raises EmptyFile. When this
    fails nothing is left; a caller whose own transaction may fail later wraps it in `files_follow_transaction`.
    `then(stored)` is called in the same transaction as the row is written in.
    """
    stored = StoredFile(
        subject=subject,
        compartment=compartment,
        storage_name=new_object_name(),
        display_name=tidy_name(display_name),
        media_type=media_type,
    )
    with _undone_on_error(stored), tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES) as sealed:
        _seal_into(sealed, stream, stored)
        stored.storage_name = storages["people"].save(stored.storage_name, File(sealed, name=stored.storage_name))
        failpoint("file.object_stored")
        with transaction.atomic():
            stored.save(force_insert=True)
            note("file.stored", subject=subject, record=stored, by=by)
            if then is not None:
                then(stored)
    if (names := _stored_here.get()) is not None:
        names.append(stored.storage_name)
    return stored


def open_file(stored: StoredFile) -> vault.PlainReader:
    """The plaintext to iterate over or `read`, each piece checked before it is given out; close it when done.

    Raises vault.KeyDestroyed when the person's key is gone, vault.Damaged when the object is missing or was changed.
    """
    key = vault.data_key(subject_id=stored.subject_id, compartment=stored.compartment)
    try:
        source = storages["people"].open(stored.storage_name)
    except FileNotFoundError:
        raise vault.Damaged(_("The stored file is missing. What we know about it is kept.")) from None
    return vault.PlainReader(source, key=key, aad=_aad(stored))


def erase_files(stored_files, *, by=None) -> int:
    """Delete the objects with all their versions, show by listing that they are gone, then delete the rows.

    Returns how many. Raises FilesRemain, and keeps every row, when an object is still there or the storage is silent.
    """
    files = list(stored_files)
    erase_objects(files)
    failpoint("file.before_rows")
    with transaction.atomic():
        for stored in files:
            note("file.erased", subject=stored.subject_id, record=stored, by=by)
        StoredFile.objects.filter(pk__in=[stored.pk for stored in files]).delete()
    return len(files)


def erase_objects(stored_files) -> int:
    """Delete the objects with all their versions and show by listing that they are gone; the rows stay for the caller.

    Returns how many. Raises FilesRemain when an object is still there or the storage does not answer. Erasing what is
    gone already succeeds, so a caller that was killed may come again.
    """
    files = list(stored_files)
    remaining = [stored for stored in files if not erase_object(stored.storage_name)]
    if remaining:
        raise FilesRemain(len(remaining), len(files))
    return len(files)


def reconcile_files(*, now=None) -> dict:
    """{"rows_without_object": [ids], "objects_without_row": [names]}; objects younger than an hour are left out."""
    rows = dict(StoredFile.objects.values_list("storage_name", "pk"))
    rows |= OfficeDocument.objects.values_list("storage_name", "pk")
    names = set(_names_in(storages["people"], ""))
    latest = (now or timezone.now()) - ORPHAN_AGE
    return {
        "rows_without_object": sorted(str(pk) for name, pk in rows.items() if name not in names),
        "objects_without_row": sorted(name for name in names - rows.keys() if _is_older(name, latest)),
    }


def delete_orphans(names, *, by) -> int:
    """Erase objects that no row names; a name that has got a row meanwhile is left alone. Raises FilesRemain."""
    known = {
        name
        for model in (StoredFile, OfficeDocument)
        for name in model.objects.filter(storage_name__in=names).values_list("storage_name", flat=True)
    }
    names = sorted(set(names) - known)
    remaining = [name for name in names if not erase_object(name)]
    if remaining:
        raise FilesRemain(len(remaining), len(names))
    if names:
        note("file.orphans_erased", by=by)
    return len(names)


@contextmanager
def files_follow_transaction():
    """Put this around `transaction.atomic()`: when the block fails, the objects `store_file` made in it are erased."""
    token = _stored_here.set([])
    try:
        yield
    except BaseException:
        for name in _stored_here.get():
            erase_object(name)
        raise
    finally:
        _stored_here.reset(token)


def tidy_name(name: str) -> str:
    """A name to show: composed (NFC), at most 120 characters, without folders or invisible characters (T23)."""
    composed = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(char if char.isspace() or unicodedata.category(char)[0] != "C" else "" for char in composed)
    return _shortened(" ".join(visible.split()) or "file")


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        return name[:NAME_LENGTH]
    return stem[: NAME_LENGTH - len(ending) - 1] + dot + ending


def new_object_name() -> str:
    """A name for an object: nothing of the person or of the file's own name; two characters keep folders small."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name[2:]}"


def _seal_into(target, stream, stored: StoredFile) -> None:
    """Writes the sealed stream and fills in the row's size and digest; leaves `target` at its start."""
    if getattr(stream, "seekable", lambda: False)():
        stream.seek(0)
    measured, digest = _Measured(stream), hashlib.sha256()
    key = vault.data_key(subject_id=stored.subject_id, compartment=stored.compartment, to_seal=True)
    for piece in vault.seal_stream(measured, key=key, aad=_aad(stored)):
        digest.update(piece)
        target.write(piece)
    if not measured.size:
        raise EmptyFile(_("The file is empty, so nothing was stored. Choose the file again."))
    stored.size, stored.sealed_sha256 = measured.size, digest.hexdigest()
    target.seek(0, os.SEEK_SET)


class _Measured:
    """Counts what is read through it."""

    def __init__(self, stream):
        self._stream, self.size = stream, 0

    def read(self, size: int) -> bytes:
        part = self._stream.read(size)
        self.size += len(part)
        return part


@contextmanager
def _undone_on_error(stored: StoredFile):
    try:
        yield
    except BaseException:
        erase_object(stored.storage_name)
        raise


def _aad(stored: StoredFile) -> bytes:
    return f"{StoredFile._meta.db_table}/{stored.pk}/object".encode()


def erase_object(name: str) -> bool:
    """Erase one object with all its versions and look for what is left of it; whether it is shown to be gone."""
    storage = storages["people"]
    failpoint("file.before_object")
    try:
        storage.erase(name)
        gone = not storage.versions(name)
    except Exception as problem:
        # Storages raise errors of many libraries; whichever it was, the object may still be there.
        logger.warning("An object could not be erased: %s", type(problem).__name__)
        return False
    failpoint("file.after_object")
    return gone


def _names_in(storage, folder: str):
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in names if name)
    for inner in folders:
        yield from _names_in(storage, f"{folder}{inner}/")


def _is_older(name: str, moment) -> bool:
    try:
        return storages["people"].get_modified_time(name) < moment
    except FileNotFoundError:
        # Erased since it was listed.
        return False
