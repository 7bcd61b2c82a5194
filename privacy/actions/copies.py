"""A person's copy: built in the background, sealed, fetched by its owner three times within seven days, then gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from privacy import bag
from privacy.actions.copy_cases import copy_is_ready
from privacy.actions.files import erase_files, open_file, store_file
from privacy.actions.jobs import enqueue, extend_lease
from privacy.actions.mail import queue_mail
from privacy.actions.trail import note
from privacy.failpoints import failpoint
from privacy.models import Copy
from privacy.queries.held_stream import HeldStream
from privacy.rules.deadlines import oslo_date

JOB = "privacy.copy"
KEPT_FOR = timedelta(days=7)
MOST_DOWNLOADS = 3
# Seconds; the lease of a job lasts three times as long.
SAY_ALIVE_AFTER = 20


class CopyGone(Exception):
    """The copy is no longer there: its time is up, it was fetched three times, or it was never finished."""


def request_copy(subject, *, by, language: str | None = None) -> Copy:
    """Ask for a copy; the worker builds it. While one is under way that one is returned (T16)."""
    person = subject.person
    try:
        with transaction.atomic():
            copy = Copy.objects.create(subject=person, language=language or person.language)
            note("copy.requested", subject=person, record=copy, by=by)
            enqueue(JOB, ref=copy.pk)
            return copy
    except IntegrityError:
        copy = Copy.objects.get(subject=person, state__in=[Copy.State.QUEUED, Copy.State.BUILDING])
        # Had the worker given it up, asking again puts it back in line.
        enqueue(JOB, ref=copy.pk)
        return copy


def build_copy(subject, *, language: str, as_of: datetime, **more) -> bag.Bag:
    """The person's copy as a BagIt ZIP, produced piece by piece: iterate over it for bytes, then read its counts.

    ``more``: copy, on_part and alive, as `bag.Bag` takes them.
    """
    about = HeldStream(subject, day=oslo_date(as_of), language=language)
    return bag.Bag(about, as_of=as_of, **more)


def fill_copy(copy: Copy) -> Copy:
    """Build a queued copy into sealed storage. A kill leaves it building; the next worker starts it again."""
    if copy.state not in (Copy.State.QUEUED, Copy.State.BUILDING):
        return copy
    Copy.objects.filter(pk=copy.pk).update(state=Copy.State.BUILDING, done_parts=0)
    failpoint("copy.building")
    lease = _Lease(copy.pk)

    def progress(done: int, everything: int) -> None:
        Copy.objects.filter(pk=copy.pk).update(done_parts=done, all_parts=everything)
        lease.extend()

    moment = timezone.now()
    built = build_copy(
        copy.subject, language=copy.language, as_of=moment, copy=copy, on_part=progress, alive=lease.extend_at_times
    )
    # Outside a transaction: building takes its time, and nobody shall wait for it. The file's row and the state of the
    # copy are then written together.
    store_file(
        copy.subject,
        stream=bag.Readable(built),
        display_name="copy.zip",
        media_type="application/zip",
        by=None,
        then=lambda stored: _ready(copy, stored, built.records),
    )
    failpoint("copy.ready")
    return copy


class _Lease:
    """Says that the worker is alive, now or when it last did so a while ago."""

    def __init__(self, ref):
        self._ref, self._said = ref, monotonic()

    def extend(self) -> None:
        extend_lease(self._ref)
        self._said = monotonic()

    def extend_at_times(self) -> None:
        if monotonic() - self._said > SAY_ALIVE_AFTER:
            self.extend()


def _ready(copy: Copy, stored, records: int) -> None:
    failpoint("copy.stored")
    copy.refresh_from_db()
    copy.state, copy.file, copy.records = Copy.State.READY, stored, records
    copy.ready_at = timezone.now()
    copy.expires_at = copy.ready_at + KEPT_FOR
    copy.save()
    note("copy.ready", subject=copy.subject, record=copy, by=None)
    copy_is_ready(copy, url=page_of(copy), times=MOST_DOWNLOADS, days=KEPT_FOR.days)
    _tell(copy)


def _tell(copy: Copy) -> None:
    # A notice with an address and nothing else: without signing in it gives no data away (L7).
    account = get_user_model().objects.filter(subject=copy.subject).first()
    if account is not None:
        queue_mail(
            to=account.email,
            template="privacy/mail/copy_ready",
            context={"url": page_of(copy), "days": KEPT_FOR.days, "most": MOST_DOWNLOADS},
            language=copy.language,
            subject=copy.subject,
        )


def page_of(copy: Copy) -> str:
    """The full address of the page where its owner follows and fetches a copy."""
    return settings.BASE_URL + reverse("privacy:copy", args=[copy.pk])


def is_readable(copy: Copy, *, now: datetime) -> bool:
    """Whether the copy may be fetched now; decided on reading, never left to a nightly job (hyvor/blogs#614)."""
    return copy.state == Copy.State.READY and copy.expires_at > now and copy.downloads < MOST_DOWNLOADS


def open_copy(copy: Copy, *, by):
    """Count one download and return the plain ZIP to stream. Raises CopyGone."""
    with transaction.atomic():
        taken = Copy.objects.filter(
            Q(expires_at__gt=timezone.now()), pk=copy.pk, state=Copy.State.READY, downloads__lt=MOST_DOWNLOADS
        ).update(downloads=F("downloads") + 1)
        if not taken:
            raise CopyGone(str(copy.pk))
        note("copy.downloaded", subject=copy.subject_id, record=copy, by=by)
    return open_file(copy.file)


def expire_copies(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Copies whose seven days are over, or that were fetched three times, lose their object and say so."""
    over = Copy.objects.filter(
        Q(expires_at__lte=as_of) | Q(downloads__gte=MOST_DOWNLOADS), state=Copy.State.READY
    ).select_related("file")
    count = over.count()
    if not dry_run:
        for copy in over:
            _end(copy)
    return {"expired": count}


def _end(copy: Copy) -> None:
    if copy.file is not None:
        erase_files([copy.file])
    Copy.objects.filter(pk=copy.pk).update(state=Copy.State.GONE, file=None)
