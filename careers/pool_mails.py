"""Mails of the talent pool and of who was hired: what goes into them, in the person's language."""

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from careers import kept, links
from careers.actions.wordings import POOL
from careers.mails import Letter
from careers.models import VacancyPage
from privacy import actions as engine


def send_renewal_question(entry) -> None:
    """Do you want to stay, until when we ask, and one link that answers either way without signing in (L21)."""
    language = entry.subject.language
    _send(
        entry,
        "pool_renewal",
        interest=entry.interest,
        ends_on=_day(entry.ends_on, language),
        deleted_on=_day(kept.gone_on(entry), language),
        renew_url=links.pool_url(entry),
    )


def pool_letter(vacancy, *, language: str, leave_url: str) -> Letter:
    """What somebody in the talent pool reads about one vacancy. Only the link for leaving differs between people."""
    page = _in_language(vacancy, language)
    with translation.override(language):
        said = {
            "title": page.title,
            "place": page.town,
            "lead": page.lead,
            "closes_on": _day(timezone.localtime(page.closes_at), language),
            "vacancy_url": page.full_url,
            "leave_url": leave_url,
        }
        title = " ".join(_render("careers/mail/pool_vacancy_title.txt", said).split())
        text = _render("careers/mail/pool_vacancy_words.txt", said).strip() + "\n"
    return Letter(to="", language=language, title=title, text=text)


def send_pool_letter(entry, letter: Letter) -> None:
    """Put it in line; whether the yes still stands is asked again when it is delivered (N38)."""
    engine.queue_mail(
        to=entry.email,
        template="careers/mail/pool_vacancy",
        context={"title": letter.title, "text": letter.text},
        language=letter.language,
        subject=entry.subject,
        purpose=POOL,
    )


def send_file_moved(application) -> None:
    """The application lies in the personnel file now and is deleted here on a day. On paper came no address to tell."""
    if not application.email:
        return
    engine.queue_mail(
        to=application.email,
        template="careers/mail/hired_moved",
        context={
            "title": application.vacancy_title,
            "deleted_on": _day(kept.gone_on(application), application.language),
            "status_url": settings.BASE_URL + reverse("careers:application", args=[application.pk]),
        },
        language=application.language,
        subject=application.subject,
    )


def _send(entry, name, **context) -> None:
    engine.queue_mail(
        to=entry.email,
        template=f"careers/mail/{name}",
        context=context,
        language=entry.subject.language,
        subject=entry.subject,
        purpose=POOL,
    )


def _in_language(vacancy, language: str):
    pages = VacancyPage.objects.live().filter(reference=vacancy.reference, locale__language_code=language)
    return pages.first() or vacancy


def _day(day, language: str) -> str:
    with translation.override(language):
        return date_format(day, "j. F Y" if language == "nb" else "j F Y")


def _render(name: str, said: dict) -> str:
    # Plain text: escaping would put "&#x27;" into titles.
    return get_template(name).template.render(Context(said, autoescape=False))
