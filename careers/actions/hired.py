"""Who was hired: the first day at work, and the file's way to the personnel system (notice map 4).

From the day HR says the file was moved the application is kept for 30 days more, so that somebody can check the move;
without that word it goes six months after the decision, like every other.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.actions.errors import NotPossible
from careers.models import Application, State
from careers.pool_mails import send_file_moved
from privacy import actions as engine


@transaction.atomic
def record_start(application, *, starts_on, by) -> Application:
    """Write down the first day at work. Raises NotPossible with a sentence unless the person was hired before it."""
    row = _hired(application, by)
    if starts_on < row.decided_on:
        raise NotPossible(_("The first day at work is before the decision. Nothing was saved: choose a later day."))
    if starts_on != row.starts_on:
        row.starts_on = starts_on
        row.save(update_fields=["starts_on"])
        engine.note("application.start_recorded", subject=row.subject, record=row, fields=["starts_on"], by=by)
    return row


@transaction.atomic
def mark_moved(application, *, by) -> Application:
    """HR has put the file into the personnel system: here it is deleted 30 days later, and the person is told.

    The portal moves nothing itself and keeps no address of that system. Saying it twice changes nothing more.
    """
    row = _hired(application, by)
    if row.moved_on is None:
        row.moved_on = timezone.localdate()
        row.save(update_fields=["moved_on"])
        engine.note("application.moved_to_personnel", subject=row.subject, record=row, fields=["moved_on"], by=by)
        send_file_moved(row)
    return row


@transaction.atomic
def take_move_back(application, *, by) -> Application:
    """The file was not moved after all: the six months count again."""
    row = _hired(application, by)
    if row.moved_on is not None:
        row.moved_on = None
        row.save(update_fields=["moved_on"])
        engine.note("application.move_taken_back", subject=row.subject, record=row, fields=["moved_on"], by=by)
    return row


def _hired(application, by) -> Application:
    if by is None:
        raise NotPossible(_("Only a person can say this. Nothing was changed."))
    row = Application.objects.select_for_update().select_related("subject").get(pk=application.pk)
    if row.state != State.HIRED:
        raise NotPossible(_("Only somebody who was hired has a first day and a personnel file. Nothing was changed."))
    return row
