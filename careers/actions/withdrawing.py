"""Taking an application back, and leaving the talent pool: in one step, at once, without a reason (N32, N38, L20)."""

from django.db import transaction

from careers import mails
from careers.actions.stages import record_move
from careers.actions.wordings import POOL, RECRUITMENT
from careers.models import Application, State, TalentPoolEntry
from privacy import actions as engine
from privacy.actions.mail import cancel_mail

STANDING = ("given", "renewed")


@transaction.atomic
def withdraw_application(application, *, by, leave_pool: bool = False) -> None:
    """Withdraw, and order the erasure of everything that was sent. Withdrawing twice changes nothing more.

    One consent carries all applications of a person: it ends with the last of them, and the others stay untouched.
    """
    row = Application.objects.select_for_update().filter(pk=application.pk).first()
    if row is None or row.state == State.WITHDRAWN:
        return
    subject = row.subject
    record_move(row, to=State.WITHDRAWN, by=by)
    if not _others(row).exists():
        end_consent(subject, RECRUITMENT, by=by)
        _stop_mail(subject)
    engine.note("application.withdrawn", subject=subject, record=row, by=by)
    engine.erase_rows(Application, subject=subject, pks=[row.pk], cause="withdrawal", by=by)
    mails.send_withdrawn(row)
    if leave_pool:
        for entry in TalentPoolEntry.objects.filter(subject=subject):
            leave_talent_pool(entry, by=by)


@transaction.atomic
def leave_talent_pool(entry, *, by) -> None:
    """Take the yes to the talent pool back; name and address are erased."""
    end_consent(entry.subject, POOL, by=by)
    engine.note("talent_pool.left", subject=entry.subject, record=entry, by=by)
    engine.erase_rows(TalentPoolEntry, subject=entry.subject, pks=[entry.pk], cause="withdrawal", by=by)


def end_consent(subject, purpose: str, *, by) -> None:
    """Withdraw the consent if it stands; it may have been withdrawn on the person's own page before."""
    if subject.consents.filter(purpose=purpose, state__in=STANDING).exists():
        engine.withdraw_consent(subject, purpose=purpose, method="form", by=by)


def _others(row):
    return Application.objects.filter(subject=row.subject).exclude(state=State.WITHDRAWN).exclude(pk=row.pk)


def _stop_mail(subject) -> None:
    # Whoever has a page of their own may be waiting for a sign-in code, which must still arrive.
    if not hasattr(subject, "account"):
        cancel_mail(subjects=[subject.pk])
