"""An application that came by e-mail, post or phone, or was handed in: the same process, the same clocks (T6).

Nobody is worse off for not using the form: it counts as sent on the day it arrived, whenever it was registered, the
applicant gets the same receipt and may withdraw in the same way.
"""

import uuid
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import meeting_mails as mails
from careers.actions.errors import NotPossible
from careers.actions.files import attach_file
from careers.actions.wordings import RECRUITMENT
from careers.models import Application, ApplicationFile, HandRegistration
from careers.rules.clocks import clock_start
from careers.rules.interviews import OSLO
from privacy import actions as engine


def register_application(
    vacancy,
    *,
    name: str,
    email: str,
    phone: str,
    message: str,
    cv,
    received_by: str,
    arrived_on,
    how: str,
    agreed_on,
    evidence,
    consent_text,
    language: str,
    minor: bool,
    by,
) -> Application:
    """Take in what a member of staff has received, whole or not at all. `cv`, `evidence`: checked files or None.

    `consent_text` is the wording the applicant saw or heard, `how` (a `HandRegistration.How`) and `agreed_on` say how
    and when they agreed, `evidence` is the scan that shows it; only a yes that was spoken needs none. Raises
    NotPossible with a sentence.
    """
    _refuse_unless_possible(vacancy, cv, consent_text, how, evidence, arrived_on, agreed_on)
    said = {"full_name": name, "email": email, "phone": phone, "message": message, "language": language}
    with engine.files_follow_transaction(), transaction.atomic():
        subject = engine.register_subject(role="applicant", language=language, email=email or None, by=by)
        key = uuid.uuid4()
        consent = engine.give_consent(
            subject,
            text=consent_text,
            method=how,
            by=by,
            about=str(key),
            evidence={"form": "by hand", "vacancy": vacancy.reference, "agreed_on": agreed_on.isoformat()},
        )
        application = Application.objects.create(
            pk=key,
            subject=subject,
            consent=consent,
            vacancy=vacancy,
            vacancy_reference=vacancy.reference,
            vacancy_title=vacancy.title,
            form_token=uuid.uuid4(),
            received_by=received_by,
            minor=minor,
            submitted_at=datetime.combine(arrived_on, time(12), OSLO),
            clock_from=clock_start(closing_day=timezone.localdate(vacancy.closes_at), submitted_on=arrived_on),
            **said,
        )
        if cv is not None:
            attach_file(application, kind=ApplicationFile.Kind.CV, checked=cv, by=by)
        registration = HandRegistration.objects.create(
            application=application,
            how=how,
            agreed_on=agreed_on,
            arrived_on=arrived_on,
            evidence=_stored(application, evidence, by) if evidence is not None else None,
            registered_by_id=by.pk,
        )
        engine.note("application.registered", subject=subject, record=registration, by=by, reason=received_by)
        mails.send_registered(application, how=how)
    return application


def _refuse_unless_possible(vacancy, cv, consent_text, how, evidence, arrived_on, agreed_on) -> None:
    today = timezone.localdate()
    try:
        engine.require_active(RECRUITMENT)
    except engine.NotActive as refusal:
        raise NotPossible(str(refusal)) from refusal
    if consent_text is None or consent_text.purpose != RECRUITMENT:
        raise NotPossible(_("Without the applicant's consent it cannot be registered. Nothing was stored."))
    if max(arrived_on, agreed_on) > today:
        raise NotPossible(_("A day lies in the future. Nothing was stored: correct it and save again."))
    if arrived_on > timezone.localdate(vacancy.closes_at):
        raise NotPossible(_("It arrived after the deadline of this vacancy. Nothing was stored."))
    if evidence is None and how in (HandRegistration.How.PAPER, HandRegistration.How.MAIL):
        raise NotPossible(_("Add the scan or the e-mail in which the applicant agrees. Nothing was stored."))
    if cv is None and vacancy.cv_required:
        raise NotPossible(_("A CV is required for this vacancy. Add it and save again; nothing was stored."))


def _stored(application, evidence, by):
    return engine.store_file(
        application.subject,
        stream=evidence.stream,
        display_name=evidence.display_name,
        media_type=evidence.media_type,
        by=by,
    )
