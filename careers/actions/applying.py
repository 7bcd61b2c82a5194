"""Applying: person, consent, application, answers, files and mail in one transaction (N32, T31)."""

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import mails
from careers.actions.drafting import answered, files_of
from careers.actions.errors import AlreadyApplied, NotPossible
from careers.actions.files import attach_file, attach_stored
from careers.actions.pool import join_pool
from careers.actions.wordings import RECRUITMENT
from careers.models import Answer, Application, ApplicationDraft, ApplicationFile, Question
from careers.models.application import LIVE
from careers.rules.answers import in_words
from careers.rules.clocks import clock_start
from careers.uploads.scanning import INFECTED
from privacy import actions as engine


def submit_application(
    vacancy, *, token, name, email, phone, message, cv, consent_text, talent_pool_text, language, user, by
) -> Application:
    """Take one application in, whole or not at all, and put the mail in line that confirms the address.

    `cv` is a `CheckedFile` or None. `consent_text` and `talent_pool_text` are the wordings the person said yes to;
    without the first there is no application, the second may be None. `token` names the form that was sent: the same
    form sent again is the same application. `user` is who is signed in, or None: then a new, unproved person is made,
    whatever address was typed. Raises NotPossible and AlreadyApplied with a sentence.
    """
    if (sent_before := Application.objects.filter(form_token=token).first()) is not None:
        return sent_before
    _refuse_unless_possible(vacancy, has_cv=cv is not None, consent_text=consent_text)
    _refuse_second(vacancy, user)
    said = {"full_name": name, "email": email, "phone": phone, "message": message, "language": language}
    try:
        with engine.files_follow_transaction(), transaction.atomic():
            subject = _person(said, user, by)
            application = _take_in(vacancy, said, token, subject=subject, consent_text=consent_text, by=by)
            if cv is not None:
                attach_file(application, kind=ApplicationFile.Kind.CV, checked=cv, by=by)
            _finish(application, talent_pool_text, by)
            return application
    except IntegrityError:
        # Two copies of one form at the same moment, or two forms of one person: one of each pair was first.
        return _the_first_one(token)


def submit_draft(draft, *, vacancy, consent_text, talent_pool_text, minor: bool, user, by) -> Application:
    """Send what was written: the draft becomes an application of the same person, files and all, and is gone.

    `vacancy` is the page it is sent from, `minor` the applicant's own statement that they are under 18 (L30), `user`
    who is signed in, or None. The same draft sent twice is one application. Raises NotPossible and AlreadyApplied with
    a sentence; the draft then stays as it is.
    """
    try:
        with transaction.atomic():
            row = ApplicationDraft.objects.select_for_update().filter(pk=draft.pk, ended_at=None).first()
            if row is None:
                return _sent_before(draft.pk)
            questions = list(Question.objects.filter(hiring__reference=vacancy.reference))
            _refuse_unless_possible(vacancy, has_cv="cv" in files_of(row), consent_text=consent_text)
            _refuse_unless_answered(row, questions)
            _refuse_second(vacancy, user)
            return _from_draft(row, vacancy, questions, consent_text, talent_pool_text, minor, by)
    except IntegrityError:
        raise AlreadyApplied(_already()) from None


def _from_draft(row, vacancy, questions, consent_text, pool_text, minor, by) -> Application:
    language = vacancy.locale.language_code
    said = {name: getattr(row, name) for name in ("full_name", "email", "phone", "links", "message")}
    said |= {"language": language, "minor": minor}
    application = _take_in(vacancy, said, row.pk, subject=row.subject, consent_text=consent_text, by=by)
    for question in questions:
        if raw := answered(row, question):
            Answer.objects.create(
                application=application,
                question=question,
                order=question.order,
                question_text=question.text(language),
                text=in_words(question, raw, language),
            )
    # The files stay sealed as they are, with the same person's key: only what they hang on changes.
    files = list(row.files.select_related("file"))
    row.delete()
    for attached in files:
        if attached.file.scan_state != INFECTED:
            attach_stored(application, kind=attached.kind, stored=attached.file)
    _finish(application, pool_text, by)
    # Last, because an object that is gone does not come back with a transaction.
    engine.erase_files([each.file for each in files if each.file.scan_state == INFECTED], by=by)
    return application


def _sent_before(token) -> Application:
    sent = Application.objects.filter(form_token=token).first()
    if sent is None:
        raise NotPossible(_("This draft has been deleted, so nothing was sent. Start again if you want to apply."))
    return sent


def _the_first_one(token) -> Application:
    first = Application.objects.filter(form_token=token).first()
    if first is None:
        raise AlreadyApplied(_already())
    return first


def _refuse_unless_possible(vacancy, *, has_cv: bool, consent_text) -> None:
    try:
        engine.require_active(RECRUITMENT)
    except engine.NotActive as refusal:
        raise NotPossible(str(refusal)) from refusal
    if not vacancy.is_open(timezone.now()):
        raise NotPossible(_("The deadline has passed, so nothing was sent or stored."))
    if consent_text is None or consent_text.purpose != RECRUITMENT:
        raise NotPossible(_("Without your consent we cannot receive the application. Nothing was stored."))
    if not has_cv and vacancy.cv_required:
        raise NotPossible(_("A CV is required for this vacancy. Choose a file and send again."))


def _refuse_unless_answered(row, questions) -> None:
    if not (row.full_name and row.email):
        raise NotPossible(_("Your name and e-mail address are missing. Fill them in and send again."))
    if any(question.required and not answered(row, question) for question in questions):
        raise NotPossible(_("A question that must be answered has no answer yet. Answer it and send again."))


def _refuse_second(vacancy, user) -> None:
    if user is not None and has_live_application(user, vacancy):
        raise AlreadyApplied(_already())


def has_live_application(user, vacancy) -> bool:
    """Whether the signed-in person is in this vacancy's process already, in whichever language they applied."""
    own = Application.objects.filter(subject__in=user.subject.group(), vacancy_reference=vacancy.reference)
    return own.filter(state__in=LIVE).exists()


def _already() -> str:
    return _("You have already applied for this vacancy. Your application is kept as it is; see “My applications”.")


def _take_in(vacancy, said, token, *, subject, consent_text, by) -> Application:
    key = uuid.uuid4()
    evidence = {"form": "application", "vacancy": vacancy.reference}
    consent = engine.give_consent(subject, text=consent_text, method="form", by=by, about=str(key), evidence=evidence)
    today = timezone.localdate()
    return Application.objects.create(
        pk=key,
        subject=subject,
        consent=consent,
        vacancy=vacancy,
        vacancy_reference=vacancy.reference,
        vacancy_title=vacancy.title,
        form_token=token,
        clock_from=clock_start(closing_day=timezone.localdate(vacancy.closes_at), submitted_on=today),
        **said,
    )


def _finish(application, pool_text, by) -> None:
    if pool_text is not None:
        join_pool(application, text=pool_text, by=by)
    engine.note(
        "application.submitted",
        subject=application.subject,
        record=application,
        by=by,
        reason=application.vacancy_reference,
    )
    mails.send_receipt(application)


def _person(said, user, by):
    if user is not None:
        return user.subject
    return engine.register_subject(role="applicant", language=said["language"], email=said["email"], by=by)
