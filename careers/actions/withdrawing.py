"""Taking an application back, and leaving the talent pool: in one step, at once, without a reason (N32, N38, L20).

The person says in the same step whether only this application goes or everything careers holds about them. What another
part of the house holds (they may be a customer as well) is not touched by either choice (T31).
"""

from django.db import transaction

from careers import mails
from careers.actions.drafting import discard_draft
from careers.actions.endings import end_what_hangs_on
from careers.actions.stages import record_move
from careers.actions.wordings import POOL, RECRUITMENT
from careers.models import Application, ApplicationDraft, State, TalentPoolEntry
from privacy import actions as engine

_STANDING = ("given", "renewed", "unknown")


@transaction.atomic
def withdraw_application(application, *, by) -> None:
    """Withdraw, and order the erasure of everything that was sent with it. Withdrawing twice changes nothing more.

    Each application has a consent of its own; the person's other applications and the talent pool stay untouched.
    """
    row = Application.objects.filter(pk=application.pk).exclude(state=State.WITHDRAWN).first()
    if row is not None:
        _withdraw(row, by)


@transaction.atomic
def withdraw_everything(application, *, by) -> None:
    """Withdraw this application and all others of its person, their drafts and the talent pool, and erase them.

    When nothing else is held about the person and no consent of theirs stands, their page goes as well, sign-in
    included. Whoever is not signed in reaches by a mailed link only what was sent under the same record, never what
    the person has joined to it since. Doing it twice changes nothing more.
    """
    own = application.subject
    ids = own.group() if by is not None and by.subject.group() == own.group() else {own.pk}
    for row in Application.objects.filter(subject__in=ids).exclude(state=State.WITHDRAWN).select_related("subject"):
        _withdraw(row, by)
    for draft in ApplicationDraft.objects.filter(subject__in=ids, ended_at__isnull=True).select_related("subject"):
        discard_draft(draft, by=by)
    for entry in TalentPoolEntry.objects.filter(subject__in=ids).select_related("subject"):
        leave_talent_pool(entry, by=by)
    engine.erase_with_account_if_empty(own, by=by)


def leave_talent_pool(entry, *, by) -> None:
    """Take the yes to the talent pool back; name and address are erased. Leaving twice changes nothing more.

    Whoever lets the yes run out and leaves in the week after it is erased at once too.
    """
    consents = entry.subject.consents.filter(purpose=POOL)
    if consents.filter(state__in=_STANDING).exists():
        engine.withdraw_consent(entry.subject, purpose=POOL, method="form", by=by)
    elif consents.filter(state="expired").exists():
        _erase_entry(entry, by)


def end_application(subject, *, about: str, by) -> None:
    """The consent to one application is over, wherever it was taken back: it stops now and is erased (N32, N38)."""
    row = (
        Application.objects.select_for_update().filter(pk=about, subject=subject).exclude(state=State.WITHDRAWN).first()
    )
    if row is None:
        return
    record_move(row, to=State.WITHDRAWN, by=by)
    _stop_mail(subject)
    end_what_hangs_on(row, by=by)
    engine.note("application.withdrawn", subject=subject, record=row, by=by)
    engine.erase_rows(Application, subject=subject, pks=[row.pk], cause="withdrawal", by=by)
    mails.send_withdrawn(row)


def end_pool_entry(subject, *, about: str, by) -> None:
    """The consent to the talent pool is over. Taken back, the entry is erased; run out, it stays unused for a late yes
    until its clock takes it a week later (L21)."""
    ran_out = subject.consents.filter(purpose=POOL, state="expired").exists()
    for entry in TalentPoolEntry.objects.filter(subject=subject):
        if ran_out:
            engine.note("talent_pool.ended", subject=subject, record=entry, by=by)
        else:
            _erase_entry(entry, by)


def _withdraw(row, by) -> None:
    if row.subject.consents.filter(purpose=RECRUITMENT, about=str(row.pk), state__in=_STANDING).exists():
        engine.withdraw_consent(row.subject, purpose=RECRUITMENT, about=str(row.pk), method="form", by=by)
    else:
        end_application(row.subject, about=str(row.pk), by=by)


def _erase_entry(entry, by) -> None:
    engine.note("talent_pool.left", subject=entry.subject, record=entry, by=by)
    engine.erase_rows(TalentPoolEntry, subject=entry.subject, pks=[entry.pk], cause="withdrawal", by=by)


def _stop_mail(subject) -> None:
    # Whoever has a page of their own may be waiting for a sign-in code, which must still arrive.
    if not hasattr(subject, "account"):
        engine.cancel_mail(subjects=[subject.pk])
