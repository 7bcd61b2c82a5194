"""An application that is being written: kept at the applicant's request until it is sent or deleted (Art 6(1)(b))."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import mails
from careers.actions.errors import NotPossible
from careers.actions.files import keep_checked
from careers.models import ApplicationDraft, DraftFile
from careers.rules.answers import in_words, is_answer
from careers.uploads.scanning import INFECTED
from privacy import actions as engine

DRAFTS = "application-drafts"
SAYS = ("full_name", "email", "phone", "links", "message")


@transaction.atomic
def start_draft(vacancy, *, said: dict, user, by) -> ApplicationDraft:
    """Keep what somebody filled in first. `said` holds `full_name`, `email` and what else of `SAYS` there is.

    `user` is who is signed in, or None: then a new, unproved person is made, whatever address was typed (T31). Raises
    NotPossible when one cannot apply now.
    """
    _refuse_unless_open(vacancy)
    language = vacancy.locale.language_code
    subject = (
        user.subject
        if user is not None
        else engine.register_subject(role="applicant", language=language, email=said["email"], by=by)
    )
    draft = ApplicationDraft(subject=subject, **said, **_about(vacancy))
    draft.save(force_insert=True)
    engine.note("application.draft_started", subject=subject, record=draft, by=by, reason=vacancy.reference)
    return draft


@transaction.atomic
def save_draft(draft, *, vacancy, said: dict, by) -> ApplicationDraft:
    """Keep what was filled in on one page, and begin the 30 days anew. `vacancy` is the page it was filled in on."""
    row = _live(draft)
    changed = sorted(name for name, value in said.items() if getattr(row, name) != value)
    for name, value in {**said, **_about(vacancy), "edited_at": timezone.now()}.items():
        setattr(row, name, value)
    row.save()
    if "email" in changed and not hasattr(row.subject, "account"):
        engine.add_identifier(row.subject, email=row.email, by=by)
        engine.drop_identifiers(row.subject, except_email=row.email, by=by)
    if changed:
        engine.note("application.draft_saved", subject=row.subject, record=row, fields=changed, by=by)
    return row


def answers_to_keep(questions, said: dict, language: str) -> dict:
    """What a draft keeps of the answers in `said` ({key of a question: raw answer}): the words asked and answered."""
    return {
        str(question.pk): {
            "question": question.text(language),
            "answer": in_words(question, raw, language),
            "value": raw,
        }
        for question in questions
        if (raw := said.get(str(question.pk), "")) and is_answer(question, raw)
    }


def answered(draft, question) -> str:
    """The raw answer a draft holds to a question; empty where there is none, or none that the question still takes."""
    raw = draft.answers.get(str(question.pk), {}).get("value", "")
    return raw if raw and is_answer(question, raw) else ""


def attach_to_draft(draft, *, kind: str, checked, by) -> DraftFile:
    """Keep a checked file with the draft; one of the same kind goes first, with its object."""
    remove_draft_file(draft, kind=kind, by=by)
    with engine.files_follow_transaction(), transaction.atomic():
        row = _live(draft)
        stored = keep_checked(row.subject, checked=checked, by=by)
        attached = DraftFile.objects.create(draft=row, file=stored, kind=kind)
        _touch(row)
        engine.note("application.draft_saved", subject=row.subject, record=row, by=by)
        return attached


@transaction.atomic
def remove_draft_file(draft, *, kind: str, by) -> None:
    """The file of this kind goes, with its object; without one nothing happens."""
    row = _live(draft)
    for attached in row.files.filter(kind=kind).select_related("file"):
        attached.delete()
        engine.erase_files([attached.file], by=by)
        _touch(row)


def files_of(draft) -> dict:
    """The stored files of a draft by kind, without one in which a scanner has found something."""
    rows = draft.files.select_related("file").exclude(file__scan_state=INFECTED)
    return {each.kind: each.file for each in rows}


@transaction.atomic
def discard_draft(draft, *, by) -> None:
    """The applicant deletes it: nobody meets it from now on, and everything in it is erased. Twice is once."""
    row = ApplicationDraft.objects.select_for_update().filter(pk=draft.pk, ended_at=None).first()
    if row is None:
        return
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    if not hasattr(row.subject, "account"):
        engine.cancel_mail(subjects=[row.subject_id])
    engine.note("application.draft_deleted", subject=row.subject, record=row, by=by)
    engine.erase_rows(ApplicationDraft, subject=row.subject, pks=[row.pk], cause="withdrawal", by=by)


@transaction.atomic
def mail_draft_link(draft, *, by) -> None:
    """Mail the link that opens the draft again, to the address in it; it works as long as the draft is kept."""
    row = _live(draft)
    _touch(row)
    engine.note("application.draft_link_mailed", subject=row.subject, record=row, by=by)
    mails.send_draft_link(row)


def _live(draft) -> ApplicationDraft:
    row = ApplicationDraft.objects.select_for_update().filter(pk=draft.pk, ended_at=None).first()
    if row is None:
        raise NotPossible(_("This draft has been sent or deleted. Nothing was saved."))
    return row


def _touch(row) -> None:
    row.edited_at = timezone.now()
    row.save(update_fields=["edited_at"])


def _about(vacancy) -> dict:
    return {
        "vacancy": vacancy,
        "vacancy_reference": vacancy.reference,
        "vacancy_title": vacancy.title,
        "language": vacancy.locale.language_code,
    }


def _refuse_unless_open(vacancy) -> None:
    try:
        engine.require_active(DRAFTS)
    except engine.NotActive as refusal:
        raise NotPossible(str(refusal)) from refusal
    if not vacancy.is_open(timezone.now()):
        raise NotPossible(_("One cannot apply for this vacancy now, so nothing was sent or stored."))
