"""Taking an application back, and leaving the talent pool: in one step, at once, without a reason (N32, N38, L20)."""

from django.db import transaction

from careers import mails
from careers.actions.stages import record_move
from careers.actions.wordings import POOL, RECRUITMENT
from careers.models import Application, State, TalentPoolEntry
from privacy import actions as engine


@transaction.atomic
def withdraw_application(application, *, by, leave_pool: bool = False) -> None:
    """Withdraw, and order the erasure of everything that was sent. Withdrawing twice changes nothing more.

    Each application has a consent of its own; the person's other applications stay untouched.
    """
    row = Application.objects.filter(pk=application.pk).exclude(state=State.WITHDRAWN).first()
    if row is None:
        return
    engine.withdraw_consent(row.subject, purpose=RECRUITMENT, about=str(row.pk), method="form", by=by)
    for entry in TalentPoolEntry.objects.filter(subject=row.subject) if leave_pool else ():
        leave_talent_pool(entry, by=by)


def leave_talent_pool(entry, *, by) -> None:
    """Take the yes to the talent pool back; name and address are erased. Leaving twice changes nothing more."""
    if entry.subject.consents.filter(purpose=POOL, state__in=("given", "renewed")).exists():
        engine.withdraw_consent(entry.subject, purpose=POOL, method="form", by=by)


def end_application(subject, *, about: str, by) -> None:
    """The consent to one application is over, wherever it was taken back: it stops now and is erased (N32, N38)."""
    row = (
        Application.objects.select_for_update().filter(pk=about, subject=subject).exclude(state=State.WITHDRAWN).first()
    )
    if row is None:
        return
    record_move(row, to=State.WITHDRAWN, by=by)
    _stop_mail(subject)
    engine.note("application.withdrawn", subject=subject, record=row, by=by)
    engine.erase_rows(Application, subject=subject, pks=[row.pk], cause="withdrawal", by=by)
    mails.send_withdrawn(row)


def end_pool_entry(subject, *, about: str, by) -> None:
    """The consent to the talent pool is over: the entry is erased."""
    for entry in TalentPoolEntry.objects.filter(subject=subject):
        engine.note("talent_pool.left", subject=subject, record=entry, by=by)
        engine.erase_rows(TalentPoolEntry, subject=subject, pks=[entry.pk], cause="withdrawal", by=by)


def _stop_mail(subject) -> None:
    # Whoever has a page of their own may be waiting for a sign-in code, which must still arrive.
    if not hasattr(subject, "account"):
        engine.cancel_mail(subjects=[subject.pk])
