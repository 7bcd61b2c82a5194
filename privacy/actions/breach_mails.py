"""The 72 hours of a breach told to the office, and the end of what the register keeps (Art 33(1), L35)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from privacy.actions.breach_case import happened
from privacy.actions.documents import destroy_document
from privacy.actions.mail import queue_mail
from privacy.actions.roles import MANAGERS, OFFICE
from privacy.actions.trail import note, purging
from privacy.models import Breach, BreachEvent, BreachPerson
from privacy.rules import breaches as rules
from privacy.rules.deadlines import oslo_date

TEMPLATE = "privacy/mail/breach_clock"
EMPTIED = (
    "description",
    "consequences",
    "measures",
    "authority_reason",
    "delay_reason",
    "subjects_reason",
    "closing_reason",
)


def look_at_clocks(ref) -> None:
    """The job of one moment of one breach: whatever is owed of any is sent."""
    remind_of_breaches(as_of=timezone.now())


def remind_of_breaches(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Tell the office and the managers 24 and 6 hours before the end of the 72, and once when it has passed.

    Returns {"reminded", "late"}: how many breaches. A breach about which the authority's part is decided is left alone.
    """
    sent = {"reminded": 0, "late": 0}
    with transaction.atomic():
        running = Breach.objects.filter(state__in=rules.CLOCK_RUNS).order_by("due_at", "number")
        for breach in running.select_for_update():
            told = set(breach.events.values_list("kind", flat=True))
            owed = rules.reminder_owed(breach.due_at, as_of, told=told)
            if owed is None:
                continue
            sent["late" if owed == rules.LATE else "reminded"] += 1
            if not dry_run:
                happened(breach, owed, by=None)
                note(f"breach.{owed}", record=breach, by=None)
                _send(breach, owed, as_of)
    return sent


def office_and_managers():
    """Everybody active who keeps these promises, each once."""
    who = Q(groups__name__in=[OFFICE, MANAGERS])
    return get_user_model()._base_manager.filter(who, is_active=True).distinct().order_by("pk")


def _send(breach: Breach, owed: str, as_of: datetime) -> None:
    for member in office_and_managers():
        queue_mail(
            to=member.email,
            template=TEMPLATE,
            context={
                "number": breach.number,
                "late": owed == rules.LATE,
                "hours": abs(rules.hours_left(breach.due_at, as_of)),
                "due": _in_words(breach.due_at, member.language),
                "url": settings.BASE_URL + reverse("privacy-breach", args=[breach.pk]),
            },
            language=member.language,
            subject=member.subject,
        )


def _in_words(moment: datetime, language: str) -> str:
    with override(language):
        return date_format(localtime(moment), "j. F Y H:i" if language.startswith("nb") else "j F Y H:i")


def empty_old_breaches(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Make breaches anonymous five years after they were closed: words, papers, events and keys of people go.

    Number, moments, kinds, decisions in codes and counts stay. The rows of persons go by their own clock; a breach of
    which one is still held waits for it. Returns {"emptied"}.
    """
    day, emptied = oslo_date(as_of), 0
    closed = Breach.objects.filter(state=rules.CLOSED, emptied_on__isnull=True).order_by("closed_on", "number")
    for breach in closed:
        waits = BreachPerson.objects.filter(breach=breach).exists()
        if rules.words_end_on(breach.closed_on) >= day or waits:
            continue
        emptied += 1
        if not dry_run:
            _empty(breach, day)
    return {"emptied": emptied}


def _empty(breach: Breach, day) -> None:
    with transaction.atomic():
        events = BreachEvent.objects.filter(breach=breach)
        papers = [event.paper for event in events.filter(paper__isnull=False).select_related("paper")]
        with purging(BreachEvent):
            events.delete()
        Breach.objects.filter(pk=breach.pk).update(
            **dict.fromkeys(EMPTIED, ""), scope_actor=None, registered_by=None, emptied_on=day
        )
        note("breach.emptied", record=breach, by=None)
        for paper in papers:
            destroy_document(paper, by=None)
