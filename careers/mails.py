"""Mails to applicants: what goes into them, in the applicant's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from careers import links
from careers.rules.stages import deleted_on
from privacy import actions as engine


def send_receipt(application) -> None:
    """What happens next, the link that confirms the mailbox, and the link that withdraws."""
    _send(
        application,
        "confirm",
        confirm_url=links.confirm_url(application),
        withdraw_url=links.withdraw_url(application),
        deleted_on=_day(deleted_on(application.clock_from), application.language),
    )


def send_moved(application) -> None:
    """There is news: the new stage in public words."""
    _send(
        application,
        "moved",
        state=application.state,
        status_url=settings.BASE_URL + reverse("careers:application", args=[application.pk]),
        withdraw_url=links.withdraw_url(application),
        deleted_on=_day(deleted_on(application.clock_from), application.language),
    )


def send_withdrawn(application) -> None:
    """Withdrawn and being erased. Not tied to the person, so that the erasure it tells of does not cancel it."""
    _send(application, "withdrawn", tied=False)


def _send(application, name, *, tied=True, **context) -> None:
    engine.queue_mail(
        to=application.email,
        template=f"careers/mail/{name}",
        context={"title": application.vacancy_title, "reference": application.vacancy_reference, **context},
        language=application.language,
        subject=application.subject if tied else None,
    )


def _day(day, language: str) -> str:
    with translation.override(language):
        return date_format(day, "j. F Y" if language == "nb" else "j F Y")
