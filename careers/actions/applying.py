"""Applying: person, consent, application, file and mail in one transaction (N32, T31)."""

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import mails
from careers.actions.errors import AlreadyApplied, NotPossible
from careers.actions.wordings import POOL, RECRUITMENT
from careers.models import Application, ApplicationFile, TalentPoolEntry
from careers.models.application import LIVE
from careers.rules.stages import clock_start
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
    _refuse_unless_possible(vacancy, cv=cv, consent_text=consent_text, user=user)
    said = {"full_name": name, "email": email, "phone": phone, "message": message, "language": language}
    try:
        with engine.files_follow_transaction(), transaction.atomic():
            return _take_in(
                vacancy, said, token, cv=cv, consent_text=consent_text, pool_text=talent_pool_text, user=user, by=by
            )
    except IntegrityError:
        # Two copies of one form at the same moment, or two forms of one person: one of each pair was first.
        return _the_first_one(token)


def _the_first_one(token) -> Application:
    first = Application.objects.filter(form_token=token).first()
    if first is None:
        raise AlreadyApplied(_already())
    return first


def _refuse_unless_possible(vacancy, *, cv, consent_text, user) -> None:
    try:
        engine.require_active(RECRUITMENT)
    except engine.NotActive as refusal:
        raise NotPossible(str(refusal)) from refusal
    if not vacancy.is_open(timezone.now()):
        raise NotPossible(_("The deadline has passed, so nothing was sent or stored."))
    if consent_text is None or consent_text.purpose != RECRUITMENT:
        raise NotPossible(_("Without your consent we cannot receive the application. Nothing was stored."))
    if cv is None and vacancy.cv_required:
        raise NotPossible(_("A CV is required for this vacancy. Choose a file and send again."))
    if user is not None and has_live_application(user, vacancy):
        raise AlreadyApplied(_already())


def has_live_application(user, vacancy) -> bool:
    """Whether the signed-in person is in this vacancy's process already, in whichever language they applied."""
    own = Application.objects.filter(subject__in=user.subject.group(), vacancy_reference=vacancy.reference)
    return own.filter(state__in=LIVE).exists()


def _already() -> str:
    return _("You have already applied for this vacancy. Your application is kept as it is; see “My applications”.")


def _take_in(vacancy, said, token, *, cv, consent_text, pool_text, user, by) -> Application:
    subject = _person(said, user, by)
    key = uuid.uuid4()
    consent = _agree(subject, consent_text, vacancy, by, about=str(key))
    today = timezone.localdate()
    application = Application.objects.create(
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
    if cv is not None:
        _store_cv(application, cv, by)
    if pool_text is not None:
        _join_pool(application, pool_text, vacancy, by, today)
    engine.note("application.submitted", subject=subject, record=application, by=by, reason=vacancy.reference)
    mails.send_receipt(application)
    return application


def _person(said, user, by):
    if user is not None:
        return user.subject
    return engine.register_subject(role="applicant", language=said["language"], email=said["email"], by=by)


def _agree(subject, text, vacancy, by, *, about=""):
    evidence = {"form": "application", "vacancy": vacancy.reference}
    return engine.give_consent(subject, text=text, method="form", by=by, about=about, evidence=evidence)


def _store_cv(application, cv, by) -> None:
    stored = engine.store_file(
        application.subject, stream=cv.stream, display_name=cv.display_name, media_type=cv.media_type, by=by
    )
    ApplicationFile.objects.create(application=application, file=stored, kind=ApplicationFile.Kind.CV)


def _join_pool(application, text, vacancy, by, today) -> None:
    """Enter the talent pool; a second yes renews the entry and its 12 months."""
    if text.purpose != POOL:
        raise ValueError("The talent pool has a question of its own.")
    entry = TalentPoolEntry.objects.filter(subject=application.subject).first()
    entry = entry or TalentPoolEntry(subject=application.subject, interest=application.vacancy_title)
    entry.consent = _agree(application.subject, text, vacancy, by)
    entry.full_name, entry.email, entry.agreed_on = application.full_name, application.email, today
    entry.save()
    engine.note("talent_pool.joined", subject=application.subject, record=entry, by=by)
