"""The applicant followed the mailed link and pressed the button."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from careers.models import Application
from privacy import actions as engine


@transaction.atomic
def confirm_application(application, *, by) -> Application:
    """The mailbox is proved; whoever has no page of their own yet gets one. Confirming twice changes nothing more.

    An address that has an account keeps it as it is: the person who owns it can claim this record on their own page,
    and nothing is joined by an address alone (T31).
    """
    row = Application.objects.select_for_update().get(pk=application.pk)
    if row.confirmed_at is not None:
        return row
    engine.prove_mailbox(row.subject, email=row.email, by=by)
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    engine.note("application.confirmed", subject=row.subject, record=row, by=by)
    if not _has_account(row):
        engine.open_account(row.subject, email=row.email, by=by)
    return row


def _has_account(row) -> bool:
    users = get_user_model().objects
    return users.filter(email__iexact=row.email).exists() or users.filter(subject__in=row.subject.group()).exists()
