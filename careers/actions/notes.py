"""Notes of the hiring team. The applicant gets them; what they say about other people is covered first (N31, L10)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.actions.errors import NotPossible
from careers.models import Note
from careers.rules.assessments import COVERED, cover, may_correct_note, missing_passages
from careers.rules.numbers import holds_card_number, holds_national_number
from privacy import actions as engine


@transaction.atomic
def add_note(application, *, text: str, by, about_others: str = "") -> Note:
    """Write something down about an application; the applicant gets it in their copy.

    `about_others` holds passages of the text that name somebody else, one per line: they are covered in what the
    applicant gets. Raises NotPossible when it is empty, holds a national number, or a passage does not stand in it.
    """
    row = Note(application=application, author_id=by.pk)
    _say(row, text, about_others)
    engine.note("application.note_added", subject=application.subject, record=row, by=by)
    return row


@transaction.atomic
def correct_note(note, *, text: str, by, about_others: str = "") -> Note:
    """Say it in other words: the author, within 24 hours. Later a new note says what has changed."""
    row = _own_and_new(note, by)
    row.changed_at = timezone.now()
    _say(row, text, about_others)
    engine.note("application.note_corrected", subject=row.application.subject, record=row, by=by)
    return row


@transaction.atomic
def remove_note(note, *, by) -> None:
    """Take it back: the author, within 24 hours. It is erased like everything else about a person."""
    row = _own_and_new(note, by)
    subject = row.application.subject
    engine.note("application.note_removed", subject=subject, record=row, by=by)
    engine.erase_rows(Note, subject=subject, pks=[row.pk], cause="staff", by=by)


@transaction.atomic
def cover_note(note, *, passages: str, whole: bool, by) -> Note:
    """Mark passages of a note, one per line, or all of it, as being about somebody else. Nothing of it is lost.

    The applicant gets the rest, and their copy lists what is withheld with the reason (L10). Without any passage the
    note is uncovered again.
    """
    row = Note.objects.select_for_update(of=("self",)).select_related("application__subject").get(pk=note.pk)
    row.text, row.in_full = covered_words(row.in_full or row.text, passages, whole=whole)
    row.save(update_fields=["text", "in_full"])
    engine.note("application.note_covered", subject=row.application.subject, record=row, by=by)
    return row


def covered_words(text: str, passages: str, *, whole: bool = False) -> tuple[str, str]:
    """(what the applicant gets, the text in full or nothing) with the passages, one per line, or all of it covered.

    Raises NotPossible for a passage that does not stand in the text.
    """
    if whole:
        return COVERED, text
    found = [line.strip() for line in passages.splitlines() if line.strip()]
    if missing := missing_passages(text, found):
        raise NotPossible(
            _("“%(passage)s” does not stand in the text. Copy the words exactly; nothing was saved.")
            % {"passage": missing[0]}
        )
    return cover(text, found), text if found else ""


def checked_words(text: str) -> str:
    """The text as it is stored. Raises NotPossible where a national identity number or a card number stands in it."""
    text = text.replace("\r\n", "\n").strip()
    if holds_national_number(text) or holds_card_number(text):
        raise NotPossible(
            _("There is a national identity number or a card number in the text. Take it out; nothing was changed.")
        )
    return text


def _say(row, text: str, about_others: str) -> None:
    text = checked_words(text)
    if not text:
        raise NotPossible(_("The note is empty. Write something and save again."))
    row.text, row.in_full = covered_words(text, about_others)
    row.save()


def _own_and_new(note, by) -> Note:
    row = Note.objects.select_for_update(of=("self",)).select_related("application__subject").get(pk=note.pk)
    if row.author_id != by.pk:
        raise NotPossible(_("Only who wrote the note can change it. Nothing was changed."))
    if not may_correct_note(written_at=row.written_at, now=timezone.now()):
        raise NotPossible(
            _("The note is more than 24 hours old, so it stays. Write a new one that says what has changed.")
        )
    return row
