"""What the hiring team does with an application. Every decision is taken by a named person (N31, L17)."""

from django.db import transaction
from django.utils.translation import gettext as _

from careers import mails
from careers.actions.errors import NotPossible
from careers.actions.stages import record_move
from careers.models import Application, Note, State
from careers.rules.stages import moves_from
from privacy import actions as engine

# That somebody has begun to read is shown on the applicant's page and is not worth a mail.
WITHOUT_MAIL = (State.SCREENING,)


@transaction.atomic
def move_application(application, *, to: str, by, reason: str) -> Application:
    """Move on to the next stage, refuse, or hire; the applicant is told by mail. Raises NotPossible with a sentence.

    `by` is the person who decides: nothing moves an application by itself. A refusal needs its reason in words, which
    the applicant can read.
    """
    if by is None:
        raise NotPossible(_("Only a person can move an application. Nothing was changed."))
    row = Application.objects.select_for_update().get(pk=application.pk)
    if to not in moves_from(row.state):
        raise NotPossible(_("The application is in another stage by now. Nothing was changed: look at it again."))
    reason = reason.strip()
    if to == State.REJECTED and not reason:
        raise NotPossible(_("Write why the applicant was not selected; they can read it. Nothing was changed."))
    record_move(row, to=to, by=by, reason=reason)
    engine.note("application.moved", subject=row.subject, record=row, by=by, reason=to)
    if to not in WITHOUT_MAIL:
        mails.send_moved(row)
    return row


@transaction.atomic
def add_note(application, *, text: str, by) -> Note:
    """Write something down about an application; the applicant gets it in their copy. Raises NotPossible when empty."""
    text = text.strip()
    if not text:
        raise NotPossible(_("The note is empty. Write something and save again."))
    written = Note.objects.create(application=application, author_id=by.pk, text=text)
    engine.note("application.note_added", subject=application.subject, record=written, by=by)
    return written
