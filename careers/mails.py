"""Mails to applicants: what goes into them, in the applicant's language."""

from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from careers import draft_links, links
from careers.kept import deleted_on
from careers.rules.drafts import draft_kept_until
from privacy import actions as engine


@dataclass(frozen=True)
class Letter:
    """One mail, exactly as it will be delivered: this title and this text are what the mail server gets.

    `to` is empty for somebody who applied on paper and gave no address: then nothing can be mailed.
    """

    to: str
    language: str
    title: str
    text: str


def send_receipt(application) -> None:
    """What happens next, the link that confirms the mailbox, and the link that withdraws."""
    _send(
        application,
        "confirm",
        confirm_url=links.confirm_url(application),
        withdraw_url=links.withdraw_url(application),
        deleted_on=_day(deleted_on(application.clock_from), application.language),
        closes_on=_day(timezone.localdate(application.vacancy.closes_at), application.language),
        contact_role=application.vacancy.contact_role,
        contact_phone=application.vacancy.contact_phone,
    )


def stage_letter(application, *, state: str, day, words: str = "") -> Letter:
    """What the applicant would be told about reaching this state on this day, with HR's own paragraph in it.

    It holds no link that does anything without signing in: the staff see this text before it is sent.
    """
    said = {
        "title": application.vacancy_title,
        "reference": application.vacancy_reference,
        "state": state,
        "words": words,
        "status_url": settings.BASE_URL + reverse("careers:application", args=[application.pk]),
        "deleted_on": _day(deleted_on(day), application.language),
    }
    name = "refused" if state == "rejected" else "moved"
    with translation.override(application.language):
        title = " ".join(_render("careers/mail/moved_title.txt", said).split())
        text = _render(f"careers/mail/{name}_words.txt", said).strip() + "\n"
    return Letter(to=application.email, language=application.language, title=title, text=text)


def send_stage(application, letter: Letter) -> None:
    """Put a letter in line as it is; one without an address is for a stamp, not for us."""
    if letter.to:
        engine.queue_mail(
            to=letter.to,
            template="careers/mail/moved",
            context={"title": letter.title, "text": letter.text},
            language=letter.language,
            subject=application.subject,
        )


def send_draft_link(draft) -> None:
    """The link that opens an application that is being written, on another day or another device."""
    kept = draft_kept_until(timezone.localdate(draft.edited_at))
    engine.queue_mail(
        to=draft.email,
        template="careers/mail/draft",
        context={
            "title": draft.vacancy_title,
            "reference": draft.vacancy_reference,
            "draft_url": draft_links.draft_url(draft),
            "kept_until": _day(kept, draft.language),
        },
        language=draft.language,
        subject=draft.subject,
    )


def send_reopened(application) -> None:
    """HR lets the applicant change it once more."""
    _send(
        application,
        "draft_reopened",
        change_url=settings.BASE_URL + reverse("careers:change", args=[application.pk]),
        until=_day(application.reopened_until, application.language),
    )


def send_withdrawn(application) -> None:
    """Withdrawn and being erased. Not tied to the person, so that the erasure it tells of does not cancel it."""
    _send(application, "withdrawn", tied=False)


def send_file_removed(application) -> None:
    """The virus scanner found something in a file that had waited for it; the file is gone."""
    url = settings.BASE_URL + reverse("careers:application", args=[application.pk])
    _send(application, "file_removed", status_url=url)


def send_hire_answer(application) -> None:
    """The applicant had asked who was hired; the answer stands on their own page."""
    url = settings.BASE_URL + reverse("careers:application", args=[application.pk])
    _send(application, "hire_answer", status_url=url)


def send_shared(share, *, title: str) -> None:
    """A hiring leader may read the applications for one vacancy; nobody who applied is named."""
    language = share.user.language
    engine.queue_mail(
        to=share.user.email,
        template="careers/mail/shared",
        context={
            "title": title,
            "reference": share.vacancy.reference,
            "until": _day(share.until, language),
            "board_url": settings.BASE_URL + reverse("careers_board", args=[share.vacancy.reference]),
        },
        language=language,
        subject=share.user.subject,
    )


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


def _render(name: str, said: dict) -> str:
    # Plain text: escaping would put "&#x27;" into names.
    return get_template(name).template.render(Context(said, autoescape=False))
