"""Telling the persons a breach touched, where the risk to them is high: once each, and killed at no cost (Art 34).

Every person's mark and mail are written in one transaction, so that whoever takes the job up again after a kill goes on
with those who have none.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.breach_case import BreachRefused, happened, locked, move
from privacy.actions.erasure_steps import addresses_of
from privacy.actions.jobs import enqueue, extend_lease
from privacy.actions.mail import queue_mail
from privacy.actions.request_mail import in_words
from privacy.actions.trail import note
from privacy.failpoints import failpoint
from privacy.models import Breach, BreachPerson, DataSubject
from privacy.queries.breaches import NOT_DELIVERED, progress, touched
from privacy.queries.register import controller
from privacy.rules import breaches as rules
from privacy.rules.deadlines import oslo_date

JOB = "privacy.breach-messages"
TEMPLATE = "privacy/mail/breach_person"
BATCH = 50
GONE = (DataSubject.State.ERASING, DataSubject.State.ERASED)


@transaction.atomic
def tell_persons(breach: Breach, *, by) -> Breach:
    """Put messages to everybody touched in line; the background work sends them.

    Refused before the authority's part is decided, and without consequences and measures to tell (Art 34(2)).
    """
    breach = locked(breach)
    if breach.state not in (rules.AUTHORITY_NOTIFIED, rules.NOT_NOTIFIABLE):
        raise BreachRefused(_("Decide first whether the authority is notified. Nobody was written to."))
    if not breach.consequences or not breach.measures:
        raise BreachRefused(
            _("A person must read what may follow and what is done about it: write both. Nobody was written to.")
        )
    if not touched(breach).exists():
        raise BreachRefused(_("Nobody is known to be touched, so there is nobody to write to. Check the scope."))
    happened(breach, rules.TELLING, by=by)
    note("breach.telling", record=breach, by=by)
    enqueue(JOB, ref=breach.pk)
    return breach


def send_messages(ref) -> None:
    """The job: everybody who has not been told, a few at a time, and the end when nobody is left."""
    breach = Breach.objects.get(pk=ref)
    while _tell_some(breach):
        extend_lease(ref)
        failpoint("breach.after_batch")
    settle_if_told(breach, by=None)


@transaction.atomic
def _tell_some(breach: Breach) -> int:
    waiting = touched(breach).filter(told_at__isnull=True, unreachable=False)
    rows = list(waiting.select_related("subject__proved_as").select_for_update(of=("self",))[:BATCH])
    for row in rows:
        _tell(breach, row)
    return len(rows)


def _tell(breach: Breach, row: BreachPerson) -> None:
    person = row.subject.person
    address = next(iter(_addresses(person)), "")
    if not address:
        row.unreachable = True
        row.save(update_fields=["unreachable"])
        return
    row.mail = queue_mail(
        to=address, template=TEMPLATE, context=message(breach, person), language=person.language, subject=person
    )
    row.told_at, row.told_how = timezone.now(), BreachPerson.How.MAIL
    row.save(update_fields=["mail", "told_at", "told_how"])
    note("breach.person_told", subject=person, record=row, by=None)


def _addresses(person: DataSubject) -> list[str]:
    # Somebody who is being erased has no mail any more, and is written to no more.
    return [] if person.state in GONE else addresses_of(person.group())


def message(breach: Breach, person: DataSubject) -> dict:
    """What the mail is made of: what happened, what may follow, what is done, whom to ask; nothing about the person."""
    contact = controller()
    return {
        "number": breach.number,
        "on": in_words(oslo_date(breach.detected_at), person.language),
        "what": breach.description,
        "consequences": breach.consequences,
        "measures": breach.measures,
        "contact": {name: contact[name] for name in ("name", "email", "phone")},
        "url": settings.BASE_URL + reverse("privacy:my-data"),
    }


@transaction.atomic
def note_told_by_hand(row: BreachPerson, *, by) -> None:
    """Somebody wrote or rang to one whom no mail reached. Refused for who has been told already."""
    row = BreachPerson.objects.select_for_update().select_related("breach").get(pk=row.pk)
    is_missed = row.mail is not None and row.mail.state in NOT_DELIVERED
    if row.told_at is not None and not is_missed:
        raise BreachRefused(_("This person has been told already. Nothing was changed."))
    row.told_at, row.told_how, row.unreachable = timezone.now(), BreachPerson.How.LETTER, False
    row.save(update_fields=["told_at", "told_how", "unreachable"])
    note("breach.person_told", subject=row.subject_id, record=row, by=by)
    settle_if_told(row.breach, by=by)


@transaction.atomic
def settle_if_told(breach: Breach, *, by) -> None:
    """The breach has told its persons when nobody is left to tell; calling it again changes nothing."""
    breach = locked(breach)
    ordered = breach.events.filter(kind=rules.TELLING).exists()
    if ordered and rules.may_move(breach.state, rules.SUBJECTS_NOTIFIED) and progress(breach).is_complete:
        move(breach, rules.SUBJECTS_NOTIFIED, by=by)
