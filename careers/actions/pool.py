"""The talent pool: a yes of its own, renewed once, ended by silence (N32, L21). HR can put nobody into it.

A yes lasts twelve months. A month before its end we ask, once; one press renews it, and 24 months after the first it is
over for good. Without an answer the consent ends on its last day: from then on nothing is sent. For seven days more
the entry stays, so that a late yes still counts as the renewal, and then the clock takes it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.actions.errors import NotPossible
from careers.actions.wordings import POOL
from careers.models import TalentPoolEntry
from careers.pool_mails import send_renewal_question
from careers.rules import clocks
from privacy import actions as engine
from privacy.queries import active, may_use


@transaction.atomic
def join_pool(application, *, text, by, method: str = "form") -> TalentPoolEntry:
    """A yes beside an application: name and address are kept for twelve months. A second yes is the one renewal.

    Whoever has renewed already keeps their days; only name and address are brought up to date. Raises NotPossible for
    an application that is withdrawn, and what `give_consent` raises.
    """
    if text.purpose != POOL:
        raise ValueError("The talent pool has a question of its own.")
    today = timezone.localdate()
    entry = TalentPoolEntry.objects.select_for_update().filter(subject=application.subject).first()
    if entry is None or entry.renewed_on is None:
        consent = engine.give_consent(
            application.subject,
            text=text,
            method=method,
            by=by,
            evidence={"form": "application", "vacancy": application.vacancy_reference},
        )
        entry = _agreed(entry, application, consent, today)
    entry.full_name, entry.email = application.full_name, application.email
    entry.save()
    engine.note("talent_pool.joined", subject=application.subject, record=entry, by=by)
    return entry


def _agreed(entry, application, consent, today) -> TalentPoolEntry:
    if entry is None:
        entry = TalentPoolEntry(subject=application.subject, interest=application.vacancy_title, first_agreed_on=today)
    else:
        entry.renewed_on = today
    return _counted_from(entry, consent, today)


def _counted_from(entry, consent, today) -> TalentPoolEntry:
    entry.consent, entry.agreed_on = consent, today
    entry.ends_on = clocks.pool_ends_on(today, first_agreed_on=entry.first_agreed_on)
    return entry


@transaction.atomic
def renew_pool_entry(entry, *, text, method: str, by) -> TalentPoolEntry:
    """Stay for twelve months more, once. Saying yes twice changes nothing more.

    Raises NotPossible with a sentence when it is too early, too late, or the person is no longer in the pool.
    """
    if text.purpose != POOL:
        raise ValueError("The talent pool has a question of its own.")
    row = TalentPoolEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if row is None or not is_in_pool(row):
        raise NotPossible(_("You are no longer in the talent pool. Nothing was stored."))
    if row.renewed_on is not None:
        return row
    today = timezone.localdate()
    if not clocks.renewal_is_possible(row.ends_on, row.renewed_on, today):
        raise NotPossible(_("It is not time to renew yet, or too late by now. Nothing was changed."))
    consent = engine.give_consent(row.subject, text=text, method=method, by=by, evidence={"form": "renewal"})
    row.renewed_on = today
    _counted_from(row, consent, today).save()
    engine.note("talent_pool.renewed", subject=row.subject, record=row, by=by)
    return row


def is_in_pool(entry) -> bool:
    """Whether the entry is there to stay: its yes stands, or has ended by silence and may still be given late."""
    standing = ("given", "renewed", "expired")
    return entry.subject.consents.filter(purpose=POOL, state__in=standing).exists()


def ask_for_renewals(*, as_of, dry_run: bool = False) -> dict:
    """Ask everybody whose yes ends within a month whether they want to stay, once. Returns {"asked": count}.

    Whoever is restricted or being erased, or has taken the yes back, is left alone.
    """
    day = timezone.localdate(as_of)
    soon = TalentPoolEntry.objects.filter(asked_on__isnull=True, renewed_on__isnull=True, ends_on__gte=day)
    due = [
        entry
        for entry in active(soon).select_related("subject")
        if clocks.renewal_must_be_asked(entry.ends_on, entry.renewed_on, entry.asked_on, day)
        and may_use(entry.subject, purpose=POOL, day=day)
    ]
    return {"asked": len(due) if dry_run else sum(_ask(entry, day) for entry in due)}


@transaction.atomic
def _ask(entry, day) -> bool:
    # Check and mark are one UPDATE: of two runs at the same moment one writes.
    if not TalentPoolEntry.objects.filter(pk=entry.pk, asked_on__isnull=True).update(asked_on=day):
        return False
    send_renewal_question(entry)
    engine.note("talent_pool.renewal_asked", subject=entry.subject, record=entry, by=None)
    return True


def end_overdue_yeses(*, as_of, dry_run: bool = False) -> dict:
    """A yes given late would outlive the 24 months: it ends with the entry's own last day. Returns {"ended": count}."""
    day = timezone.localdate(as_of)
    over = TalentPoolEntry.objects.filter(
        ends_on__lt=day, subject__consents__purpose=POOL, subject__consents__state__in=("given", "renewed")
    )
    found = list(over.select_related("subject").distinct())
    for entry in [] if dry_run else found:
        engine.expire_consent(entry.subject, purpose=POOL)
    return {"ended": len(found)}
