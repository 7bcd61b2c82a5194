"""The applicant changes what they sent, until the deadline; HR may let them in once more, until a day."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import mails
from careers.actions.errors import NotPossible
from careers.actions.files import attach_file
from careers.models import Answer, Application, Question
from careers.rules.answers import in_words, is_answer
from privacy import actions as engine

# Whole weeks would make the others wait; HR may open it for as long as this.
MOST_DAYS = 31
CHANGES = ("phone", "links", "message")


def may_change(application, *, now) -> bool:
    """Whether the applicant may change it now: undecided, and before the deadline or in the time HR has given."""
    if not application.is_live:
        return False
    if application.reopened_until is not None and timezone.localdate(now) <= application.reopened_until:
        return True
    return application.vacancy is not None and application.vacancy.is_open(now)


def change_application(application, *, changes: dict, answers: dict, files: dict, by) -> Application:
    """Change one's own application, whole or not at all.

    `changes` holds what differs of `CHANGES`, `answers` raw answers by the key of their question, `files` checked files
    by kind: a new one takes the place of the old one, which is erased with its object. Raises NotPossible with a
    sentence when the time is over; nothing is changed then.
    """
    with engine.files_follow_transaction(), transaction.atomic():
        row = Application.objects.select_for_update().get(pk=application.pk)
        if not may_change(row, now=timezone.now()):
            raise NotPossible(
                _("The time for changes is over, so your application stays as you sent it. Nothing was changed.")
            )
        changed = sorted(name for name in CHANGES if name in changes and getattr(row, name) != changes[name])
        for name in changed:
            setattr(row, name, changes[name])
        changed += _change_answers(row, answers)
        old = list(row.files.filter(kind__in=files).select_related("file"))
        for attached in old:
            attached.delete()
        for kind, checked in files.items():
            attach_file(row, kind=kind, checked=checked, by=by)
        if changed or files:
            row.changed_at = timezone.now()
            row.save()
            engine.note("application.changed", subject=row.subject, record=row, fields=changed, by=by)
        # Last, because an object that is gone does not come back with a transaction.
        engine.erase_files([attached.file for attached in old], by=by)
        return row


@transaction.atomic
def reopen_for_changes(application, *, until, by) -> Application:
    """Let the applicant change it once more, through a day, and tell them by mail. Raises NotPossible."""
    row = Application.objects.select_for_update().get(pk=application.pk)
    today = timezone.localdate()
    if not row.is_live:
        raise NotPossible(_("The application is decided, so it stays as it was sent. Nothing was changed."))
    if row.reopened_until is not None:
        raise NotPossible(_("It has been opened for changes once already. Nothing was changed."))
    if row.vacancy is not None and row.vacancy.is_open(timezone.now()):
        raise NotPossible(_("The deadline has not passed: the applicant can still change it. Nothing was changed."))
    if not today <= until or (until - today).days > MOST_DAYS:
        raise NotPossible(_("Choose a day from today on, at most a month ahead. Nothing was changed."))
    row.reopened_until = until
    row.save(update_fields=["reopened_until"])
    engine.note("application.reopened", subject=row.subject, record=row, by=by)
    mails.send_reopened(row)
    return row


def _change_answers(row, answers: dict) -> list[str]:
    questions = {str(each.pk): each for each in Question.objects.filter(pk__in=answers)}
    given = {str(each.question_id): each for each in row.answers.all()}
    changed = False
    for key, question in questions.items():
        raw = answers[key]
        words = in_words(question, raw, row.language) if raw and is_answer(question, raw) else ""
        answer = given.get(key) or Answer(
            application=row, question=question, order=question.order, question_text=question.text(row.language)
        )
        if words != answer.text:
            answer.text = words
            answer.save()
            changed = True
    return ["answers"] if changed else []
