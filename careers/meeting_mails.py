"""Mails about interviews, referees and content that was closed off, in the language of whoever gets them."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from careers import interview_links, links
from careers.invitations import CANCEL, REQUEST, calendar_text
from careers.kept import deleted_on
from careers.rules.interviews import OSLO, ends_at
from privacy import actions as engine
from privacy import queries as held


def send_offer(interview, times) -> None:
    """Times to choose from; nothing is in anybody's calendar yet."""
    words = [_when(each, interview.minutes, interview.application.language) for each in sorted(times)]
    _about_interview(interview, "interview_offer", times=words)


def send_agreed(interview) -> None:
    """The meeting has a time: it goes into the applicant's calendar."""
    _about_interview(interview, "interview_agreed", method=REQUEST)


def send_changed(interview) -> None:
    """Time, place or people are other ones: the same entry, one version on."""
    _about_interview(interview, "interview_changed", method=REQUEST)


def send_called_off(interview, *, by_applicant: bool, tied: bool = True) -> None:
    """The meeting does not take place: the entry is taken out of the calendar.

    Untied from the person when the application itself is going, so that its erasure does not cancel the mail.
    """
    _about_interview(interview, "interview_cancelled", method=CANCEL, tied=tied, by_applicant=by_applicant)


def send_offer_withdrawn(interview) -> None:
    """The times that were offered are no more; there was no entry in a calendar."""
    _about_interview(interview, "interview_cancelled", by_applicant=False)


def send_referee_told(referee) -> None:
    """First contact with a referee: who named them, what we hold, why and how long (GDPR Art 14)."""
    application, controller = referee.application, held.controller()
    engine.queue_mail(
        to=referee.email,
        template="careers/mail/referee_told",
        context={
            "applicant": application.full_name,
            "title": application.vacancy_title,
            "reference": application.vacancy_reference,
            "controller": controller["name"],
            "contact": controller["email"],
            "phone": controller["phone"],
            "has_phone": bool(referee.phone),
            "request_url": f"{settings.BASE_URL}/privacy/request/",
        },
        language=application.language,
        subject=application.subject,
    )


def send_referee_question(referee) -> None:
    """HR has noted a referee: nobody is asked before the applicant has said yes to this one."""
    _to_applicant(referee.application, "referee_question", page_url=_own_page(referee.application))


def send_finding(finding) -> None:
    """Something was closed off: what the applicant may do, and until when."""
    application = finding.application
    _to_applicant(
        application,
        "finding_told",
        kind=finding.kind,
        page_url=_own_page(application),
        due_on=_day(finding.due_on, application.language),
    )


def send_finding_settled(finding) -> None:
    """What became of it."""
    application = finding.application
    _to_applicant(
        application, "finding_settled", kind=finding.kind, state=finding.state, page_url=_own_page(application)
    )


def send_registered(application, *, how: str) -> None:
    """The receipt for an application HR has entered: the same facts, rights and way out as after the form."""
    controller = held.controller()
    _to_applicant(
        application,
        "registered",
        how=how,
        controller=controller["name"],
        contact=controller["email"],
        confirm_url=links.confirm_url(application),
        withdraw_url=links.withdraw_url(application),
        notice_url=held.notice_reference(application.language)["url"] or controller["url"],
        deleted_on=_day(deleted_on(application.clock_from), application.language),
    )


def when(moment, language: str) -> str:
    """A moment in Oslo as one says it: torsdag 3. desember 2026 kl. 14.00 / Thursday 3 December 2026 at 14:00."""
    local = timezone.localtime(moment, OSLO)
    with translation.override(language):
        if language == "nb":
            return date_format(local, "l j. F Y \\k\\l. H.i")
        return date_format(local, "l j F Y \\a\\t H:i")


def _when(moment, minutes: int, language: str) -> str:
    end = ends_at(moment, minutes)
    return f"{when(moment, language)}–{end:%H.%M}" if language == "nb" else f"{when(moment, language)}–{end:%H:%M}"


def _about_interview(interview, name: str, *, method: str = "", **context) -> None:
    application = interview.application
    starts = interview.starts_at
    _to_applicant(
        application,
        name,
        calendar=calendar_text(interview, method=method) if method else "",
        kind=interview.kind,
        time=_when(starts, interview.minutes, application.language) if starts else "",
        place=interview.place,
        who=interview.with_whom,
        message=interview.message,
        answer_url=interview_links.interview_url(interview),
        **context,
    )


def _to_applicant(application, name: str, *, calendar: str = "", tied: bool = True, **context) -> None:
    if not application.email:
        # It came by post or phone without an address: HR tells the applicant the way they came.
        return
    engine.queue_mail(
        to=application.email,
        template=f"careers/mail/{name}",
        context={"title": application.vacancy_title, "reference": application.vacancy_reference, **context},
        language=application.language,
        subject=application.subject if tied else None,
        calendar=calendar,
    )


def _own_page(application) -> str:
    return settings.BASE_URL + reverse("careers:application", args=[application.pk])


def _day(day, language: str) -> str:
    with translation.override(language):
        return date_format(day, "j. F Y" if language == "nb" else "j F Y")
