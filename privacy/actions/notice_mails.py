"""Telling people of a new version of the notice: each person once, in batches, in their language (N66).

It is a duty and no marketing, so only those who follow the notice of their own accord can leave it. Who is paused,
being erased or erased is left alone. A worker that dies is followed by one that carries on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import vault
from privacy.actions.consent_reminders import _address_of
from privacy.actions.jobs import enqueue, extend_lease
from privacy.actions.mail import queue_mail
from privacy.actions.trail import note
from privacy.models import DataSubject, NoticeFollower, NoticeMail, NoticeVersion, OutgoingMail, SubjectIdentifier

JOB = "privacy.notice-mails"
TEMPLATE, FOLLOWER_TEMPLATE = "privacy/mail/notice_changed", "privacy/mail/notice_followed"
BATCH = 100
ACCOUNTS = "accounts"
AUDIENCES = {
    ACCOUNTS: _("everybody with an account"),
    "customer": _("contacts at customers"),
    "applicant": _("applicants"),
}
_State, _Sent = NoticeMail.State, OutgoingMail.State
_OUTCOMES = {
    _Sent.SENT: _State.SENT,
    _Sent.FAILED: _State.FAILED,
    _Sent.DROPPED: _State.LEFT_OUT,
    _Sent.CANCELLED: _State.LEFT_OUT,
}


def begin_telling(version: NoticeVersion) -> None:
    """Put the telling of a version in line: those it concerns, and those who follow the notice."""
    enqueue(JOB, ref=version.pk)


# Of a change that is not significant only followers are told, by the same job.
tell_followers = begin_telling


def tell(ref) -> None:
    """The job: queue a mail to everybody who has none yet about this version, batch by batch."""
    version = NoticeVersion.objects.filter(pk=ref, number__isnull=False).first()
    if version is None:
        return
    people, followers = _untold(version), _untold_followers(version)
    while batch := list(islice(people, BATCH)):
        _queue_batch(version, batch)
        extend_lease(ref)
    while group := list(islice(followers, BATCH)):
        _queue_followers(version, group)
        extend_lease(ref)


@transaction.atomic
def _queue_batch(version: NoticeVersion, keys: list[UUID]) -> None:
    known = DataSubject.objects.filter(pk__in=keys, state=DataSubject.State.ACTIVE)
    accounts = {
        user.subject_id: user.email for user in get_user_model()._base_manager.filter(subject__in=keys, is_active=True)
    }
    for person in known.order_by("pk"):
        address = accounts.get(person.pk) or _address_of(person)
        _queue(version, person, address=address, template=TEMPLATE, language=person.language)


@transaction.atomic
def _queue_followers(version: NoticeVersion, keys: list[UUID]) -> None:
    for follower in vault.unlock(NoticeFollower.objects.filter(pk__in=keys).select_related("subject").order_by("pk")):
        leave = settings.BASE_URL + reverse("privacy:notice-leave", args=[follower.pk])
        _queue(
            version,
            follower.subject,
            address="" if _has_heard(version, follower) else str(follower.email),
            template=FOLLOWER_TEMPLATE,
            language=follower.language,
            leave=leave,
        )


def _queue(version, person, *, address, template, language, leave="") -> None:
    row = NoticeMail(version=version, subject=person)
    if address:
        context = {
            "number": version.number,
            "changes": version.changes(language),
            "from_day": (version.effective_from or version.wanted_from).isoformat(),
            "material": version.material,
            "url": settings.BASE_URL + reverse("privacy:notice-version", args=[language, version.number]),
            "rights_url": settings.BASE_URL + reverse("privacy:my-data"),
            "leave_url": leave,
        }
        row.mail = queue_mail(to=address, template=template, context=context, language=language, subject=person).pk
    else:
        row.state, row.settled_at = _State.LEFT_OUT, timezone.now()
    row.save(force_insert=True)
    note("notice.mail_queued" if address else "notice.not_reached", subject=person, record=row, by=None)


def _untold(version: NoticeVersion) -> Iterator[UUID]:
    """Keys of the persons this version concerns who have not been written to, in a fixed order.

    Whoever came after the approval came under the banner and is not written to, so the telling has an end.
    """
    if not version.material or version.approved_at is None:
        return
    told = set(version.mails.values_list("subject", flat=True))
    concerned = _heads_with(version.audiences)
    people = DataSubject.objects.filter(
        state=DataSubject.State.ACTIVE, proved_as__isnull=True, created_at__lte=version.approved_at
    )
    for key in people.order_by("pk").values_list("pk", flat=True):
        if key in concerned and key not in told:
            yield key


def _heads_with(audiences) -> set[UUID]:
    """The persons in any of these groups, each by the one key that stands for them."""
    head = Coalesce("proved_as", "pk")
    rows = DataSubject.objects.annotate(head=head).values_list("head", "roles")
    found = {key for key, roles in rows if set(roles) & set(audiences)}
    if ACCOUNTS in audiences:
        accounts = get_user_model()._base_manager.filter(is_active=True)
        found |= set(accounts.annotate(head=Coalesce("subject__proved_as", "subject")).values_list("head", flat=True))
    return found


def _untold_followers(version: NoticeVersion) -> Iterator[UUID]:
    told = version.mails.values("subject")
    follow = NoticeFollower.objects.exclude(subject__in=told).filter(subject__state=DataSubject.State.ACTIVE)
    yield from list(follow.order_by("pk").values_list("pk", flat=True))


def _has_heard(version: NoticeVersion, follower: NoticeFollower) -> bool:
    """Whether the same mailbox was written to as somebody's with an account: nobody hears of it twice."""
    told = version.mails.exclude(state=_State.LEFT_OUT).values("subject")
    return SubjectIdentifier.objects.filter(index=follower.email_index, subject__in=told).exists()


def told_at(version: NoticeVersion) -> datetime | None:
    """The moment the last message of this version was settled; None while somebody waits. Writes what it finds."""
    follow_mails(version)
    if not is_told(version):
        return None
    last = version.mails.exclude(settled_at=None).order_by("-settled_at").values_list("settled_at", flat=True).first()
    return last or timezone.now()


def is_told(version: NoticeVersion) -> bool:
    """Whether everybody it concerns has been written to and no message waits. Changes nothing."""
    waiting = version.mails.filter(state=_State.QUEUED).values_list("mail", flat=True)
    open_ones = OutgoingMail.objects.filter(pk__in=list(waiting)).exclude(state__in=_OUTCOMES)
    return not open_ones.exists() and next(_untold(version), None) is None


def follow_mails(version: NoticeVersion | None = None) -> int:
    """Write down what became of the mails that were queued, of one version or of all; returns how many are settled."""
    rows = NoticeMail.objects.filter(state=_State.QUEUED)
    rows = rows if version is None else rows.filter(version=version)
    waiting = dict(rows.values_list("mail", "pk"))
    keys = list(waiting)
    settled = 0
    for start in range(0, len(keys), BATCH):
        settled += _settle(keys[start : start + BATCH], waiting)
    return settled


def _settle(mails, waiting) -> int:
    known = {mail.pk: mail for mail in OutgoingMail.objects.filter(pk__in=mails)}
    settled = 0
    for key in mails:
        mail = known.get(key)
        # A mail that is gone went with its person before it was sent.
        outcome = _State.LEFT_OUT if mail is None else _OUTCOMES.get(mail.state)
        if outcome is not None:
            at = (mail and mail.settled_at) or timezone.now()
            settled += NoticeMail.objects.filter(pk=waiting[key], state=_State.QUEUED).update(
                state=outcome, settled_at=at
            )
    return settled
