"""Papers of the office: sealed in, opened for who may decide on them, destroyed with their case (N51, N53, L32)."""

import hashlib
import tempfile

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from privacy import vault
from privacy.actions.files import MEMORY_BYTES, EmptyFile, FilesRemain, erase_object, new_object_name, tidy_name
from privacy.actions.trail import actor_id, note
from privacy.models import OfficeDocument
from privacy.models.keys import ServiceKey


def file_document(stream, *, kind: str, display_name: str, media_type: str, by) -> OfficeDocument:
    """Seal a paper into the private storage and write its row, with the SHA-256 of the paper as it came.

    ``stream`` has ``read``; ``media_type`` is what the content was found to be (`privacy.scans.check_scan`). Raises
    EmptyFile; when it fails nothing is left.
    """
    paper = OfficeDocument(
        kind=kind, storage_name=new_object_name(), media_type=media_type, size=0, filed_by=actor_id(by)
    )
    paper.display_name_sealed = vault.seal_for_service(
        paper.key_name, tidy_name(display_name).encode(), aad=_aad(paper, "display_name")
    )
    measured = _Digested(stream)
    with tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES) as sealed:
        for piece in vault.seal_stream(measured, key=vault.service_key(paper.key_name), aad=_aad(paper, "object")):
            sealed.write(piece)
        if not measured.size:
            ServiceKey.objects.filter(name=paper.key_name).delete()
            raise EmptyFile(_("The file is empty, so nothing was stored. Choose the file again."))
        sealed.seek(0)
        paper.storage_name = storages["people"].save(paper.storage_name, File(sealed, name=paper.storage_name))
    paper.size, paper.sha256 = measured.size, measured.digest.hexdigest()
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
            note("paper.filed", record=paper, by=by, reason=kind)
    except BaseException:
        erase_object(paper.storage_name)
        raise
    return paper


def document_name(paper: OfficeDocument) -> str:
    """The name the paper was handed in under, for who may open it."""
    sealed = bytes(paper.display_name_sealed)
    return vault.open_for_service(paper.key_name, sealed, aad=_aad(paper, "display_name")).decode()


def open_document(paper: OfficeDocument, *, by) -> vault.PlainReader:
    """The paper to read piece by piece; the opening is noted. Raises vault.Damaged when it is missing or changed."""
    try:
        source = storages["people"].open(paper.storage_name)
    except FileNotFoundError:
        raise vault.Damaged(_("The stored file is missing. What we know about it is kept.")) from None
    note("paper.opened", record=paper, by=by)
    return vault.PlainReader(source, key=vault.service_key(paper.key_name), aad=_aad(paper, "object"))


@transaction.atomic
def destroy_document(paper: OfficeDocument, *, by) -> None:
    """Destroy the object with all its versions, the key and the row. Raises FilesRemain and keeps the row otherwise."""
    if not erase_object(paper.storage_name):
        raise FilesRemain(1, 1)
    ServiceKey.objects.filter(name=paper.key_name).delete()
    note("paper.destroyed", record=paper, by=by)
    paper.delete()


def _aad(paper: OfficeDocument, part: str) -> bytes:
    return f"{OfficeDocument._meta.db_table}/{paper.pk}/{part}".encode()


class _Digested:
    """Counts and digests what is read through it."""

    def __init__(self, stream):
        self._stream, self.size, self.digest = stream, 0, hashlib.sha256()

    def read(self, size: int) -> bytes:
        part = self._stream.read(size)
        self.size += len(part)
        self.digest.update(part)
        return part
