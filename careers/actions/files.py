"""Files of applications: kept, scanned, shown in pictures, and destroyed when a scanner finds something (F15, T18).

A file that `uploads.check_upload` let through is already cleaned. What may still be open is whether the virus scanner
has looked: `StoredFile.scan_state` says it, and `uploads.scanning.may_be_seen` says what follows for staff.
"""

import base64
import shutil
import tempfile

from django.conf import settings
from django.db import transaction

from careers import mails
from careers.models import ApplicationFile, ApplicationFilePreview, DraftFile
from careers.uploads import KINDS, Refused, parsing, scanning
from privacy import actions as engine

SCAN, PREVIEW = "careers.scan-file", "careers.preview-file"
# Letters of a text document that are shown; whoever wants to read on downloads it.
MOST_SHOWN = 100_000
_IN_MEMORY = 1024 * 1024


class NotScanned(Exception):
    """The scanner did not answer; the job is tried again."""


def keep_checked(subject, *, checked, by):
    """Seal what `check_upload` let through, with what the scanner said of it. Returns the stored file.

    In the caller's transaction; wrap it in `engine.files_follow_transaction` when that may still fail. A file the
    scanner did not answer for is kept unseen, and asked about again in the background.
    """

    def say(stored) -> None:
        stored.scan_state = checked.scan
        stored.save(update_fields=["scan_state"])
        if checked.scan == scanning.FAILED:
            engine.enqueue(SCAN, ref=stored.pk)

    return engine.store_file(
        subject,
        stream=checked.stream,
        display_name=checked.display_name,
        media_type=checked.media_type,
        by=by,
        then=say,
    )


def attach_file(application, *, kind: str, checked, by) -> ApplicationFile:
    """Keep a checked file with an application, in the caller's transaction."""
    return attach_stored(application, kind=kind, stored=keep_checked(application.subject, checked=checked, by=by))


@transaction.atomic
def attach_stored(application, *, kind: str, stored) -> ApplicationFile:
    """Make a file that is kept already part of an application, as it is sealed; its pictures are drawn afterwards."""
    attached = ApplicationFile.objects.create(application=application, file=stored, kind=kind)
    if scanning.may_be_seen(stored.scan_state):
        engine.enqueue(PREVIEW, ref=attached.pk)
    return attached


def scan_stored(stored) -> str:
    """Ask the scanner about a kept file, write down what it said, and act on it. Returns the state.

    Infected: nobody gets to see the file from now on, it is erased with all its versions, and the applicant is told.
    """
    try:
        with engine.open_file(stored) as source, tempfile.SpooledTemporaryFile(_IN_MEMORY) as plain:
            shutil.copyfileobj(source, plain)
            state = scanning.scan(plain)
    except scanning.Infected:
        state = scanning.INFECTED
    with transaction.atomic():
        stored.scan_state = state
        stored.save(update_fields=["scan_state"])
        if state == scanning.INFECTED:
            _destroy(stored)
        else:
            _draw_what_waits(stored)
    return state


def rescan(ref) -> None:
    """The job of one stored file. Raises NotScanned while the scanner does not answer."""
    stored = _stored(ref)
    if stored is not None and scan_stored(stored) == scanning.FAILED:
        raise NotScanned


def make_preview(ref) -> None:
    """The job of one file of an application: its pages in pictures, or its words. Done once; twice is once."""
    attached = ApplicationFile.objects.select_related("file", "application__subject").filter(pk=ref).first()
    if attached is None or attached.preview != ApplicationFile.Preview.WAITING:
        return
    if not scanning.may_be_seen(attached.file.scan_state):
        # Drawn when the scanner has looked.
        return
    try:
        with engine.open_file(attached.file) as source:
            drawn = parsing.preview(source, KINDS[attached.file.media_type])
    except (Refused, KeyError):
        no_preview(ref)
        return
    with transaction.atomic():
        _keep_preview(attached, drawn)


def no_preview(ref) -> None:
    """It cannot be drawn; staff are told to download it."""
    waiting = ApplicationFile.objects.filter(pk=ref, preview=ApplicationFile.Preview.WAITING)
    waiting.update(preview=ApplicationFile.Preview.NONE)


def check_files(*, as_of, dry_run: bool = False) -> dict:
    """Every night: files no scanner has looked at yet, and files without pictures, are put in line again.

    With a scanner configured that means also what came before there was one. Returns {"scans", "previews"}.
    """
    scans = list(_unscanned()) if settings.CLAMD_URL else []
    waiting = ApplicationFile.objects.filter(preview=ApplicationFile.Preview.WAITING).select_related("file")
    previews = [each.pk for each in waiting if scanning.may_be_seen(each.file.scan_state)]
    if not dry_run:
        for kind, refs in ((SCAN, scans), (PREVIEW, previews)):
            for ref in refs:
                engine.enqueue(kind, ref=ref)
    return {"scans": len(scans), "previews": len(previews)}


def _unscanned():
    for model in (ApplicationFile, DraftFile):
        rows = model.objects.filter(file__scan_state__in=[scanning.FAILED, scanning.NOT_SCANNED])
        yield from rows.values_list("file", flat=True)


def _stored(ref):
    for model in (ApplicationFile, DraftFile):
        attached = model.objects.filter(file=ref).select_related("file__subject").first()
        if attached is not None:
            return attached.file
    return None


def _draw_what_waits(stored) -> None:
    if scanning.may_be_seen(stored.scan_state):
        for attached in ApplicationFile.objects.filter(file=stored, preview=ApplicationFile.Preview.WAITING):
            engine.enqueue(PREVIEW, ref=attached.pk)


def _destroy(stored) -> None:
    engine.note("application.file_infected", subject=stored.subject, record=stored, by=None)
    for attached in ApplicationFile.objects.filter(file=stored).select_related("application__subject"):
        mails.send_file_removed(attached.application)
        engine.erase_rows(ApplicationFile, subject=stored.subject, pks=[attached.pk], cause="staff", by=None)
    for attached in DraftFile.objects.filter(file=stored):
        engine.erase_rows(DraftFile, subject=stored.subject, pks=[attached.pk], cause="staff", by=None)


def _keep_preview(attached, drawn) -> None:
    row = ApplicationFile.objects.select_for_update().get(pk=attached.pk)
    if row.preview != ApplicationFile.Preview.WAITING:
        return
    for number, picture in enumerate(drawn.pictures, start=1):
        ApplicationFilePreview.objects.create(file=row, number=number, image=base64.b64encode(picture).decode())
    if not drawn.pictures and drawn.text:
        ApplicationFilePreview.objects.create(file=row, number=1, text=drawn.text[:MOST_SHOWN])
    found = drawn.pictures or drawn.text
    row.preview = ApplicationFile.Preview.MADE if found else ApplicationFile.Preview.NONE
    row.pages = drawn.pages
    row.save(update_fields=["preview", "pages"])
